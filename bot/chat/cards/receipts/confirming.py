"""Confirming a notice: the button that tells when, and the message that asks again."""

from dataclasses import replace

from bot.chat.call import Call
from bot.chat.callback import pack
from bot.chat.cards.receipts.buttons import ConfirmReceipt, confirm_row
from bot.chat.render import to_plain
from bot.chat.screen import Screen, Toast
from bot.chat.text import Clipped, Lines, T, Text
from bot.features.notices.models import Notice
from bot.features.notices.service import topic_of
from bot.features.outbox.models import Lane
from bot.features.outbox.payload import Payload
from bot.features.outbox.queries import find_by_key
from bot.features.outbox.service import Outgoing, enqueue_edit
from bot.features.receipts.models import ReceiptChase
from bot.features.receipts.service import Confirmed

_FIRST_WORDS = 40


def first_words(notice: Notice) -> Text:
    """Return what a notice begins with, for those who are to know which one is meant."""
    return Clipped(notice.text, _FIRST_WORDS) if notice.text else T("notices.file")


def confirmed_word(done: Confirmed) -> Text:
    """Return what is shown over the chat to who pressed 收到."""
    if done.again:
        return T("receipts.confirmed_before", at=done.at)
    if done.closed_at is not None:
        return T("receipts.confirmed_late", closed=done.closed_at)
    return T("receipts.confirmed", at=done.at)


def mark_message(call: Call, notice_id: int, done: Confirmed) -> None:
    """Let the button under the person's copy of the notice tell when they confirmed.

    The words stay as they went out; only the buttons change.
    """
    row = find_by_key(call.work, f"{topic_of(notice_id)}:{call.actor.person_id}")
    if row is None:
        return
    label = to_plain(T("receipts.confirmed_button", at=done.at), call.voice(call.language))
    button = {"text": label, "data": pack(ConfirmReceipt(notice_id, asked=False))}
    marked = replace(Payload.of(row.payload), buttons=[[button]], files=())
    key = f"receipt:{notice_id}:{call.actor.person_id}"
    message = Outgoing(
        chat_id=row.chat_id,
        person_id=row.person_id,
        payload=marked,
        lane=Lane.interactive,
        dedupe_key=key,
    )
    enqueue_edit(call.work, message, dedupe_key=key, target_id=row.id)


def chase_key(begun: ReceiptChase) -> str:
    """Return what the dedupe keys of a round begin with: each person once a round."""
    return f"{topic_of(begun.notice_id)}:chase:{begun.number}"


def chase_message(notice: Notice) -> Screen:
    """Return what those who have not confirmed are sent."""
    return Screen(
        T("receipts.please_confirm", number=str(notice.id), words=first_words(notice)),
        [confirm_row(notice.id, asked=True)],
        context=topic_of(notice.id),
        event=True,
    )


def chase_answered(notice_id: int, done: Confirmed) -> Screen:
    """Return what the message that asked again becomes once it is answered."""
    return Screen(
        Lines(
            T("receipts.chase_answered", number=str(notice_id)),
            confirmed_word(replace(done, again=False)),
        ),
        context=topic_of(notice_id),
        toast=confirmed_word(done),
    )


def confirmed_toast(done: Confirmed) -> Toast:
    """Return the word over the chat; what is out of the ordinary stays until it is closed."""
    return Toast(confirmed_word(done), alert=done.again or done.late)
