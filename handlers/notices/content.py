"""What a notice says: its text, its files, a place; in one message or in several."""

from dataclasses import replace
from typing import Any

from bot.chat.call import Call, Incoming, Sent
from bot.chat.conversation.model import PREVIEW, Answers, Ask, Reply, Stay, Step
from bot.chat.text import Clipped, Listed, T, Text, plain_marks, tn
from bot.features.notices.content import Content, check_content, check_size
from bot.features.notices.errors import NotAFile, NothingToSay
from bot.features.outbox.payload import PIN, Attachment

STEP = "content"
_SENDABLE = frozenset({Sent.photo, Sent.document, Sent.video})
_CLIPPED_UNITS = 40
_JOINS_AT = frozenset({"audience", PREVIEW})
"""The steps at which a text, a file or a place still joins what was given."""


def content_given(answers: Answers) -> Content | None:
    """Return what was given so far; None for nothing."""
    found = answers.get(STEP)
    return Content.of(found) if isinstance(found, dict) else None


def content_of_words(message: Incoming) -> Content:
    """Return the content that a text makes; raises what it is refused for."""
    content = _with_text(Content(), message)
    check_content(content)
    return content


def add(call: Call, reply: Reply, answers: Answers, step: str) -> Stay | None:
    """Let what belongs to the content join it, whatever is being asked; None for anything else.

    That is the rest of an album, a file or a place for a text, a text for a file. Raises what a
    message is refused for.
    """
    del call
    content = content_given(answers)
    message = reply.message
    listing = step == "audience" and answers.get("_mode") == "list"
    if content is None or message is None or listing:
        return None
    joined = _joined(content, message, step)
    if joined is None:
        return None
    check_content(joined)
    note = Listed([T("notices.joined"), _summary(joined)], between="")
    return Stay(note, content=joined.plain())


def _joined(content: Content, message: Incoming, step: str) -> Content | None:
    if message.album_id is not None and message.album_id == content.album:
        more = content.with_file(_attachment(message))
        return more if content.text else _with_text(more, message)
    if step not in _JOINS_AT:
        return None
    if message.sent is Sent.text and not content.text:
        return _with_text(content, message)
    if message.sent is Sent.location:
        return content.with_place(_place(message))
    if message.sent in _SENDABLE and not content.has_file:
        more = replace(content.with_file(_attachment(message)), album=message.album_id)
        return more if content.text else _with_text(more, message)
    return None


def _ask(call: Call, answers: Answers) -> Ask:
    del call
    again = content_given(answers) is not None
    return Ask(T("notices.ask_content_again") if again else T("notices.ask_content"))


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    del call, answers
    message = reply.message
    if message is None:
        raise NothingToSay
    content = _with_text(Content(), message)
    if message.sent is Sent.location:
        content = content.with_place(_place(message))
    elif message.sent in _SENDABLE:
        content = replace(content.with_file(_attachment(message)), album=message.album_id)
    elif message.sent is not Sent.text:
        raise NotAFile
    check_content(content)
    return content.plain()


def _with_text(content: Content, message: Incoming) -> Content:
    return replace(content, text=message.text, entities=plain_marks(message.marks))


def _attachment(message: Incoming) -> Attachment:
    file = message.file
    if file is None or message.sent not in _SENDABLE:
        raise NotAFile
    check_size(file.size_bytes)
    return Attachment(kind=file.kind.value, file_id=file.file_id, name=file.name)


def _place(message: Incoming) -> Attachment:
    return Attachment(kind=PIN, latitude=message.latitude, longitude=message.longitude)


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    content = content_given(answers)
    return None if content is None else _summary(content)


def _summary(content: Content) -> Text:
    parts: list[Text] = []
    if content.text:
        parts.append(Clipped(" ".join(content.text.split()), _CLIPPED_UNITS))
    files = sum(file.kind != PIN for file in content.files)
    if files:
        parts.append(tn("notices.files", files))
    if content.has_place:
        parts.append(T("notices.place"))
    return Listed(parts, between=" · ")


CONTENT = Step(STEP, T("notices.label_content"), _ask, _read, _show)
