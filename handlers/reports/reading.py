"""What every step of a report takes: words, photos at any time, other files where asked."""

from bot.chat.call import Call, Incoming, Sent, SentFile
from bot.chat.conversation.model import Answers, Reply, Stay
from bot.chat.text import tn
from bot.core.errors import StaleButton
from bot.core.text import clipped, one_line, units
from bot.features.archive.formats import is_program_name
from bot.features.archive.service import MOST_BYTES
from bot.features.reports import rules
from bot.features.reports.content import Photo, photo_to_plain
from bot.features.reports.errors import (
    FileTooLarge,
    NoPhoto,
    PhotosFull,
    ProgramRefused,
    TextMissing,
    TextTooLong,
)

EARLY_PHOTOS = "_photos"
"""The note that holds all photos while some came at another step: the step of the photos is still
asked then, for the rest of an album that arrives behind its first photo."""
_MEGABYTE = 1 << 20
_SAID_UNITS = 60
_ATTACHABLE = frozenset({Sent.photo, Sent.document, Sent.video, Sent.voice, Sent.audio})


def is_photo(message: Incoming) -> bool:
    """Tell whether `message` brings a photo, or an image as a file."""
    file = message.file
    if file is None:
        return False
    image = (file.mime or "").lower().startswith("image/")
    return message.sent is Sent.photo or (message.sent is Sent.document and image)


def is_attachment(message: Incoming) -> bool:
    """Tell whether `message` brings a file that a report can have beside its text (ARC-02)."""
    return message.file is not None and message.sent in _ATTACHABLE


def words_of(reply: Reply, answers: Answers) -> str | Stay:
    """Return what was written, cleaned.

    A photo is never refused: it is kept for the report and the step asks again. Raises
    TextMissing, PhotosFull, FileTooLarge, or StaleButton for a button that the step does not have.
    """
    if reply.message is None:
        raise StaleButton
    if is_photo(reply.message):
        photos = with_photo(answers, reply.message)
        return Stay(tn("report.photo_kept", len(photos)), **{EARLY_PHOTOS: photos})
    if reply.message.sent is not Sent.text or not reply.message.text:
        raise TextMissing
    return reply.message.text


def line_of(reply: Reply, answers: Answers, *, most: int) -> str | Stay:
    """Return one line of at most `most` characters; else as `words_of`. Raises TextTooLong."""
    words = words_of(reply, answers)
    if isinstance(words, Stay):
        return words
    line = one_line(words)
    if len(line) > most:
        raise TextTooLong(length=len(line), most=most)
    return line


def as_text(words: str) -> str:
    """Return as much of `words` as one message of Telegram holds, cut without a mark."""
    if units(words) <= rules.MOST_TEXT_UNITS:
        return words
    return clipped(words, rules.MOST_TEXT_UNITS + 1)[:-1]


def photos_of(answers: Answers) -> list[dict[str, object]]:
    """Return the photos that were given so far, early ones as well, as JSON data."""
    return list(answers.get(EARLY_PHOTOS) or answers.get("photos") or [])


def with_photo(answers: Answers, message: Incoming) -> list[dict[str, object]]:
    """Return the photos with the file of `message` added, which is there only once.

    Raises PhotosFull, FileTooLarge, ProgramRefused, NoPhoto.
    """
    photos = photos_of(answers)
    file = message.file
    if file is None or not is_attachment(message):
        raise NoPhoto
    if is_program_name(file.name):
        raise ProgramRefused(name=clipped(one_line(file.name or ""), _SAID_UNITS))
    if file.size_bytes is not None and file.size_bytes > MOST_BYTES:
        raise FileTooLarge(megabytes=-(-file.size_bytes // _MEGABYTE))
    if any(one["unique_id"] == file.unique_id for one in photos):
        return photos
    if len(photos) >= rules.MOST_PHOTOS:
        raise PhotosFull(most=rules.MOST_PHOTOS)
    return [*photos, photo_to_plain(_photo(file))]


def _photo(file: SentFile) -> Photo:
    return Photo(
        kind=file.kind.value,
        file_id=file.file_id,
        unique_id=file.unique_id,
        name=file.name,
        size_bytes=file.size_bytes,
        mime=file.mime,
    )


def own_unit(call: Call, answers: Answers) -> int:
    """Return the unit that is reported for; raises StaleButton where none was chosen yet."""
    unit_id = answers.get("unit")
    if not isinstance(unit_id, int) or unit_id not in call.actor.unit_ids:
        raise StaleButton
    return unit_id
