"""A message that was not understood, taken up again by a button under the answer."""

from bot.chat.call import Call, Incoming, Sent
from bot.chat.text import Mark
from bot.core.text import cleaned, cleaned_spans
from bot.features.inbox.said import text_said

_WORDS = "m."
_MOST_DIGITS = 18


def words_arg(call: Call) -> str:
    """Return what lets a `Begin` button take up the message that `call` brought."""
    return f"{_WORDS}{call.inbox_id}"


def words_of(call: Call, arg: str | None) -> Incoming | None:
    """Return the text that the actor sent, named by `words_arg`.

    None for any other `arg`, for what somebody else said, and where it is not kept any more.
    """
    number = (arg or "").removeprefix(_WORDS)
    if number == arg or not (number.isascii() and number.isdigit()) or len(number) > _MOST_DIGITS:
        return None
    said = text_said(call.work, int(number), telegram_id=call.actor.telegram_id)
    if said is None:
        return None
    spans = cleaned_spans(said.text, [(one["offset"], one["length"]) for one in said.entities])
    marks = [
        Mark(one["type"], offset, length, one.get("url"), one.get("language"))
        for one, (offset, length) in zip(said.entities, spans, strict=True)
        if length
    ]
    return Incoming(Sent.text, message_id=0, text=cleaned(said.text), marks=tuple(marks))
