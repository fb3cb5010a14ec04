"""What the admins are told when something could not be handled or sent: numbers, never words."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.desk import Desk
from bot.chat.screen import Screen
from bot.chat.telling import tells
from bot.chat.text import Lines, T, Text, tn
from bot.config import ConfigProblem
from bot.features.digests.failing import DigestFailed
from bot.features.inbox.facts import UpdateDied
from bot.features.inbox.queue import list_dead
from bot.features.outbox.facts import RowFailed
from bot.features.outbox.models import Lane
from bot.features.outbox.queue import list_failed
from bot.features.people.queries import admins

_MOST_COUNTED = 100
_MOST_PROBLEMS = 5


def waiting_line(call: Call) -> Text | None:
    """Return how much waits for the admin's hand; None when nothing does."""
    dead = len(list_dead(call.work, most=_MOST_COUNTED))
    failed = len(list_failed(call.work, most=_MOST_COUNTED))
    if dead + failed == 0:
        return None
    return tn("alarm.waiting", dead + failed)


def tell_config_read(desk: Desk, *, waits: bool) -> None:
    """Tell every admin that config.yaml was read again, and whether some of it `waits`."""
    text = T("alarm.config_read")
    _to_admins(desk, Lines(text, T("alarm.config_waits")) if waits else text, "config-read")


def tell_config_refused(desk: Desk, problems: Sequence[ConfigProblem]) -> None:
    """Tell every admin what is wrong with a config.yaml that was not taken over."""
    lines = [
        T(
            "alarm.config_problem",
            place=problem.place,
            problem=T(problem.message_key, **{name: str(v) for name, v in problem.data.items()}),
        )
        for problem in problems[:_MOST_PROBLEMS]
    ]
    _to_admins(desk, Lines(tn("alarm.config_refused", len(problems)), *lines), "config-refused")


@tells(UpdateDied)
def _update_died(desk: Desk, fact: UpdateDied) -> None:
    _alarm(desk, T("alarm.update_died", row=str(fact.row_id)))


@tells(RowFailed)
def _row_failed(desk: Desk, fact: RowFailed) -> None:
    _alarm(desk, T("alarm.row_failed", row=str(fact.row_id)))


@tells(DigestFailed)
def _digest_failed(desk: Desk, fact: DigestFailed) -> None:
    person = str(fact.person_id)
    if fact.again_at is None:
        text = T("alarm.digest_given_up", person=person)
    else:
        text = T("alarm.digest_failed", person=person, again=fact.again_at)
    _alarm(desk, text, "digest-failed")


def _to_admins(desk: Desk, text: Text, what: str) -> None:
    moment = desk.work.real_now.isoformat()
    for person_id in admins(desk.work):
        desk.send(person_id, Screen(text), lane=Lane.alarm, key=f"{what}:{moment}:{person_id}")


def _alarm(desk: Desk, text: Text, what: str = "alarm") -> None:
    """Tell every admin `what` happened, once a real minute.

    What follows in that minute is in the queue as well, or in the log.
    """
    minute = f"{desk.work.real_now:%Y%m%dT%H%M}"
    for person_id in admins(desk.work):
        desk.send(person_id, Screen(text), lane=Lane.alarm, key=f"{what}:{person_id}:{minute}")
