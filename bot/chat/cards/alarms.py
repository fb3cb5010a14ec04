"""What the admins are told when something could not be handled or sent: numbers, never words."""

from bot.chat.call import Call
from bot.chat.desk import Desk
from bot.chat.screen import Screen
from bot.chat.telling import tells
from bot.chat.text import T, Text, tn
from bot.features.inbox.facts import UpdateDied
from bot.features.inbox.queue import list_dead
from bot.features.outbox.facts import RowFailed
from bot.features.outbox.models import Lane
from bot.features.outbox.queue import list_failed
from bot.features.people.queries import admins

_MOST_COUNTED = 100


def waiting_line(call: Call) -> Text | None:
    """Return how much waits for the admin's hand; None when nothing does."""
    dead = len(list_dead(call.work, most=_MOST_COUNTED))
    failed = len(list_failed(call.work, most=_MOST_COUNTED))
    if dead + failed == 0:
        return None
    return tn("alarm.waiting", dead + failed)


@tells(UpdateDied)
def _update_died(desk: Desk, fact: UpdateDied) -> None:
    _alarm(desk, T("alarm.update_died", row=str(fact.row_id)))


@tells(RowFailed)
def _row_failed(desk: Desk, fact: RowFailed) -> None:
    _alarm(desk, T("alarm.row_failed", row=str(fact.row_id)))


def _alarm(desk: Desk, text: Text) -> None:
    """Tell every admin, once a real minute: what follows in that minute is in the queue as well."""
    minute = f"{desk.work.real_now:%Y%m%dT%H%M}"
    for person_id in admins(desk.work):
        desk.send(person_id, Screen(text), lane=Lane.alarm, key=f"alarm:{person_id}:{minute}")
