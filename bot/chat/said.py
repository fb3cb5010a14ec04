"""A message that was not understood, taken up again by a button under the answer."""

from bot.chat.call import Call, Incoming, Sent
from bot.chat.text import Mark
from bot.core.text import cleaned, cleaned_spans
from bot.features.inbox.said import text_said


def said_before(call: Call, inbox_id: int) -> Incoming | None:
    """Return the text that the actor sent as `inbox_id`; None where it is not kept any more."""
    said = text_said(call.work, inbox_id, telegram_id=call.actor.telegram_id)
    if said is None:
        return None
    spans = cleaned_spans(said.text, [(one["offset"], one["length"]) for one in said.entities])
    marks = [
        Mark(one["type"], offset, length, one.get("url"), one.get("language"))
        for one, (offset, length) in zip(said.entities, spans, strict=True)
        if length
    ]
    return Incoming(Sent.text, message_id=0, text=cleaned(said.text), marks=tuple(marks))
