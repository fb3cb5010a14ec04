"""Decisions about filings that need no database."""

from datetime import date, timedelta

from bot.core.text import cleaned, units
from bot.features.archive.service import MOST_BYTES, Incoming
from bot.features.deadlines.errors import (
    EndNeeded,
    FileNeeded,
    FileTooBig,
    WordsNeeded,
    WordsTooLong,
    WrongFile,
)

MOST_PART_UNITS = 400
"""UTF-16 units of a reason and of an explanation."""
MOST_FILED_UNITS = 2000
"""UTF-16 units of words that are filed."""
MOST_EXCUSED_DAYS = 92
"""An explanation excuses for a quarter at the most; who needs longer explains again."""

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


def check_excuse(until: date, *, today: date) -> date:
    """Return a day until which an explanation can excuse. Raises EndNeeded."""
    if not today <= until <= today + timedelta(days=MOST_EXCUSED_DAYS):
        raise EndNeeded(days=MOST_EXCUSED_DAYS)
    return until


def _is_document(file: Incoming) -> bool:
    name = (file.name or "").lower()
    return name.endswith(_PLAN_ENDINGS) or (file.mime or "").lower() in _PLAN_TYPES
