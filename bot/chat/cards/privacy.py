"""What is kept of a person: the notice, a copy of it all, and its end."""

from dataclasses import dataclass

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.home import Home, home_button
from bot.chat.render import payload
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import Lines, T, Text
from bot.features.outbox.models import Lane
from bot.features.outbox.service import Outgoing, enqueue, enqueue_edit
from bot.features.people.traces import FAREWELL_TOPIC


@callback("pv", shows=True)
@dataclass(frozen=True)
class Privacy:
    """Shows the privacy notice."""


@callback("pv.d")
@dataclass(frozen=True)
class MyData:
    """Sends everything that is kept of the person as a file."""


@callback("pv.f")
@dataclass(frozen=True)
class Forget:
    """Asks whether everything is to be erased, or erases it when `sure`."""

    sure: bool


def privacy_text(call: Call) -> Text:
    """Return what is kept, where it travels and how it is erased."""
    years = call.config.retention.archive_years
    return Lines(
        T("privacy.notice", days=str(call.config.retention.inbox_done_days)),
        T("privacy.no_position") if call.config.archive.remove_position else None,
        T("privacy.files_for_ever")
        if years is None
        else T("privacy.files_for_years", years=str(years)),
    )


def privacy_screen(call: Call) -> Screen:
    """Return the notice with the ways to see and to erase what is kept."""
    return Screen(
        Lines(T("privacy.title"), privacy_text(call)),
        [
            [Button(T("privacy.my_data"), MyData())],
            [Button(T("privacy.forget_me"), Forget(sure=False))],
            [home_button()],
        ],
    )


def forget_question() -> Screen:
    """Return what erasing means, the safe button first."""
    return Screen(
        T("forget.question"),
        [
            [Button(T("forget.keep"), Home(), Style.primary)],
            [Button(T("forget.do"), Forget(sure=True), Style.danger)],
        ],
    )


def say_farewell(call: Call) -> None:
    """Write the last message to somebody who was erased in this transaction.

    It holds Telegram's number until it is sent, so it has a topic by which a job finds it.
    """
    message = Outgoing(
        chat_id=call.place.chat_id,
        payload=payload(Screen(T("forget.done")), call.voice(call.language)),
        lane=Lane.interactive,
        dedupe_key=f"reply:{call.inbox_id}:0",
        topic=FAREWELL_TOPIC,
    )
    if call.card_id is None:
        enqueue(call.work, message)
    else:
        enqueue_edit(
            call.work,
            message,
            dedupe_key=message.dedupe_key,
            target_message_id=call.card_id,
        )
