"""Decisions about filings that need no database."""

from bot.core.text import cleaned, units
from bot.features.archive.service import MOST_BYTES, Incoming
from bot.features.deadlines.errors import (
    FileNeeded,
    FileTooBig,
    WordsNeeded,
    WordsTooLong,
    WrongFile,
)

MOST_MAIN_UNITS = 1800
"""UTF-16 units of the month's news: with the other parts it still fits one message."""
MOST_PART_UNITS = 400
"""UTF-16 units of each further part of the month, of a reason and of an explanation."""

PHOTO = "photo"
"""The kind of a file that is a picture, not a document."""

_PLAN_ENDINGS = (".doc", ".docx", ".pdf", ".wps", ".txt", ".jpg", ".jpeg", ".png")
_PLAN_TYPES = frozenset(
    {
        "application/msword",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.ms-works",
        "application/wps-office.wps",
        "image/jpeg",
        "image/png",
        "text/plain",
    }
)
_MEGABYTE = 1 << 20


def check_plan_file(file: Incoming | None) -> Incoming:
    """Return a file that a plan can be (TIME-03).

    Raises FileNeeded, FileTooBig or WrongFile.
    """
    if file is None or file.kind not in {"document", PHOTO}:
        raise FileNeeded
    if file.size_bytes is not None and file.size_bytes > MOST_BYTES:
        raise FileTooBig(megabytes=-(-file.size_bytes // _MEGABYTE))
    if file.kind != PHOTO and not _is_document(file):
        raise WrongFile(name=file.name or "")
    return file


def check_words(text: str | None, *, most_units: int) -> str:
    """Return `text` without what cannot be shown. Raises WordsNeeded or WordsTooLong."""
    words = cleaned(text or "")
    if not words:
        raise WordsNeeded
    if units(words) > most_units:
        raise WordsTooLong(units=units(words), most=most_units)
    return words


def _is_document(file: Incoming) -> bool:
    name = (file.name or "").lower()
    return name.endswith(_PLAN_ENDINGS) or (file.mime or "").lower() in _PLAN_TYPES
