"""Which files are read, and how much of them. Pure.

Name and type are the sender's: they only decide whether it is worth looking, what the file is its
contents say.
"""

from bot.features.archive.service import MOST_BYTES, Incoming
from bot.features.textfiles.errors import DocumentTooBig, NoList, NoText
from bot.features.textfiles.models import Purpose

MOST_CHARACTERS = 50_000
"""Of one file: about as much as the messages of one paste may hold."""
MOST_AT_ONCE = 10
"""Files of one person that wait to be read; an album has no more."""

_DOCUMENT = "document"
_ENDINGS = (".docx", ".docm", ".doc", ".wps", ".txt")
_TYPES = frozenset(
    {
        "application/msword",
        "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.ms-works",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/wps-office.docx",
        "application/wps-office.wps",
        "text/plain",
    }
)
_LIST_ENDINGS = (".xlsx", ".csv", ".txt", ".docx")
_WORDLESS_ENDINGS = (".pdf", ".rtf", ".odt")
_WORDLESS_TYPES = frozenset(
    {
        "application/pdf",
        "application/rtf",
        "application/vnd.oasis.opendocument.text",
        "text/rtf",
    }
)
_MEGABYTE = 1 << 20


def is_text_file(file: Incoming) -> bool:
    """Tell whether a file may hold a report in words, of a format that is read or of another."""
    return is_readable(file) or _is_wordless(file)


def is_readable(file: Incoming) -> bool:
    """Tell whether name or type promise a format that is read."""
    if file.kind != _DOCUMENT:
        return False
    return _name(file).endswith(_ENDINGS) or (_mime(file) in _TYPES and not _is_wordless(file))


def check_document(file: Incoming, purpose: Purpose = Purpose.activities) -> None:
    """Check that a text file can be read, as far as its announcement tells.

    Raises NoText, NoList or DocumentTooBig.
    """
    if purpose is Purpose.names and not _may_list(file):
        raise NoList
    if purpose is Purpose.activities and not is_readable(file):
        raise NoText
    if file.size_bytes is not None and file.size_bytes > MOST_BYTES:
        raise too_big()


def too_big() -> DocumentTooBig:
    """Return what is wrong with a file that Telegram does not hand out."""
    return DocumentTooBig(most=MOST_BYTES // _MEGABYTE)


def _may_list(file: Incoming) -> bool:
    """Tell whether a file may hold a list of names."""
    return file.kind == _DOCUMENT and _name(file).endswith(_LIST_ENDINGS)


def _is_wordless(file: Incoming) -> bool:
    name = _name(file)
    if file.kind != _DOCUMENT or name.endswith(_ENDINGS):
        return False
    return name.endswith(_WORDLESS_ENDINGS) or _mime(file) in _WORDLESS_TYPES


def _name(file: Incoming) -> str:
    # Windows opens "a.docx." and "a.docx " as a.docx.
    return (file.name or "").lower().rstrip(". ")


def _mime(file: Incoming) -> str:
    return (file.mime or "").lower()
