"""The text and the photos."""

from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards.reports.words import attachments_text
from bot.chat.conversation.model import PREVIEW, Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.screen import Style
from bot.chat.text import Clipped, Lines, T, Text, tn
from bot.core.errors import StaleButton
from bot.core.text import units
from bot.features.reports import rules
from bot.features.reports.errors import LinksFull, NoPhoto, TextFull
from bot.features.reports.rules import read_link
from handlers.reports.reading import (
    EARLY_PHOTOS,
    as_text,
    is_attachment,
    is_photo,
    photos_of,
    with_photo,
    words_of,
)

LINKS = "links"
"""The note that holds the links, beside the photos."""

_KEEP, _DONE, _LAST, _NO_LINKS = "keep", "ok", "last", "nolinks"
_SHOWN_UNITS = 60
_NEARLY_FULL_UNITS = 4000
"""A client cuts a longer paste into messages of about 4,096: what follows such a one belongs to
it."""


def _ask_text(call: Call, answers: Answers) -> Ask:
    del call
    given = answers.get("text")
    if not given:
        return Ask(T("report.ask_text"))
    shown = tn("report.text_so_far", len(given), begin=Clipped(given, _SHOWN_UNITS))
    keep = Pick(T("report.keep_text"), _KEEP, Style.primary)
    return Ask(Lines(shown, T("report.ask_text")), [[keep]])


def _read_text(call: Call, reply: Reply, answers: Answers) -> str | Stay:
    """Read the paragraph; the words under a photo are the text too."""
    del call
    if reply.choice == _KEEP and answers.get("text"):
        return str(answers["text"])
    message = reply.message
    if message is not None and is_photo(message) and message.text:
        answers[EARLY_PHOTOS] = with_photo(answers, message)
        return as_text(message.text)
    words = words_of(reply, answers)
    if isinstance(words, Stay) or (kept := as_text(words)) == words:
        return words
    return Stay(T("report.text_clipped", length=len(words), most=len(kept)), text=kept)


def _show_text(call: Call, answers: Answers) -> Text | None:
    del call
    given = answers.get("text")
    if not given:
        return None
    return tn("report.text_shown", len(given), begin=Clipped(given, _SHOWN_UNITS))


def _ask_photos(call: Call, answers: Answers) -> Ask:
    del call
    given = attachments_text(photos_of(answers), answers.get(LINKS) or ())
    if given is None:
        return Ask(
            T("report.ask_photos", most=rules.MOST_PHOTOS),
            [[Pick(T("report.no_photos"), _DONE, Style.primary)]],
        )
    rows = [[Pick(T("report.done"), _DONE, Style.primary)]]
    if photos_of(answers):
        rows.append([Pick(T("report.remove_last"), _LAST)])
    if answers.get(LINKS):
        rows.append([Pick(T("report.remove_links"), _NO_LINKS)])
    return Ask(T("report.photos_so_far", what=given, most=rules.MOST_PHOTOS), rows)


def _read_photos(call: Call, reply: Reply, answers: Answers) -> list[dict[str, object]] | Stay:
    del call
    photos = photos_of(answers)
    if reply.choice == _DONE:
        answers.pop(EARLY_PHOTOS, None)
        return photos
    if reply.choice == _LAST:
        return Stay(None, photos=photos[:-1], **{EARLY_PHOTOS: None})
    if reply.choice == _NO_LINKS:
        return Stay(None, **{LINKS: []})
    if reply.message is None:
        raise StaleButton
    if is_attachment(reply.message):
        return _photo(reply, answers)
    return _words(reply.message, answers)


def _words(message: Incoming, answers: Answers) -> Stay:
    """Take words where files are asked: a link stands for a file that is too large (ARC-02)."""
    link = read_link(message.text) if message.sent is Sent.text else None
    if link is not None:
        links = list(answers.get(LINKS) or ())
        if link not in links and len(links) >= rules.MOST_LINKS:
            raise LinksFull(most=rules.MOST_LINKS)
        return Stay(T("report.link_kept"), **{LINKS: list(dict.fromkeys([*links, link]))})
    if message.sent is Sent.text and units(answers.get("text") or "") >= _NEARLY_FULL_UNITS:
        raise TextFull(most=rules.MOST_TEXT_UNITS, left=units(message.text))
    raise NoPhoto


def _photo(reply: Reply, answers: Answers) -> Stay:
    message = reply.message
    if message is None:
        raise StaleButton
    photos = with_photo(answers, message)
    if message.text and not answers.get("text"):
        note, text = T("report.caption_is_text"), as_text(message.text)
        return Stay(note, photos=photos, text=text, **{EARLY_PHOTOS: None})
    return Stay(None, photos=photos, **{EARLY_PHOTOS: None})


def add_photo(call: Call, reply: Reply, answers: Answers, step: str) -> Stay | None:
    """Take a photo that comes while the card stands; None for anything else.

    Raises PhotosFull, FileTooLarge.
    """
    del call
    if step != PREVIEW or reply.message is None or not is_photo(reply.message):
        return None
    photos = with_photo(answers, reply.message)
    return Stay(tn("report.photo_added", len(photos)), photos=photos, **{EARLY_PHOTOS: None})


def _show_photos(call: Call, answers: Answers) -> Text | None:
    del call
    return attachments_text(photos_of(answers), answers.get(LINKS) or ())


TEXT = Step("text", T("report.label_text"), _ask_text, _read_text, _show_text, optional=True)
PHOTOS = Step("photos", T("report.label_photos"), _ask_photos, _read_photos, _show_photos)
