"""When a notice goes and to whom, from rows and a moment alone. Pure.

The job that sends and the calendar of what will be sent ask the same functions.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.features.notices.models import Dropped, NoticeState

NOT_BEGUN = frozenset({NoticeState.awaiting, NoticeState.scheduled})
GOING_OUT = frozenset({NoticeState.expanding, NoticeState.sending})
UNDER_WAY = GOING_OUT | {NoticeState.paused}
OVER = frozenset({NoticeState.sent, NoticeState.stopped})


@dataclass(frozen=True)
class Appointment:
    """A notice that waits for its time."""

    notice_id: int
    state: NoticeState
    send_at: datetime | None


def goes_between(
    rows: Iterable[Appointment], *, after: datetime | None, until: datetime
) -> list[Appointment]:
    """Return the notices that begin after `after` (None: ever) and not after `until`, in order.

    One whose time passed while nothing ran goes late, once: a coordinator wanted it sent. One
    that awaits a second person goes at no time that is known.
    """
    found = [
        row
        for row in rows
        if row.state is NoticeState.scheduled
        and row.send_at is not None
        and row.send_at <= until
        and (after is None or row.send_at > after)
    ]
    return sorted(found, key=lambda row: (row.send_at or until, row.notice_id))


@dataclass(frozen=True)
class Standing:
    """What is known of a frozen recipient at the moment of sending.

    `chosen`: is in the audience still; `has_role`: holds any role; `unit_closed`: is bound to a
    unit that was closed, and to none that is open.
    """

    chosen: bool
    has_role: bool
    unit_closed: bool


def sorted_out(frozen: Iterable[int], standing: Mapping[int, Standing]) -> dict[int, Dropped]:
    """Return who of the `frozen` audience is sent nothing after all, and why.

    Nobody comes in who was not frozen, and who is still chosen stays.
    """
    found: dict[int, Dropped] = {}
    for person_id in frozen:
        stands = standing.get(person_id)
        if stands is None or not (stands.has_role or stands.chosen):
            found[person_id] = Dropped.no_role
        elif not stands.chosen:
            found[person_id] = Dropped.unit_closed if stands.unit_closed else Dropped.not_chosen
    return found


def may_begin(held_by: Iterable[bool]) -> bool:
    """Tell whether a notice may begin: one of those who confirmed it is still in the office."""
    return any(held_by)


def needs_second(people: int, *, above: int) -> bool:
    """Tell whether a notice to so many people needs the word of a second person."""
    return people > above


class Act(StrEnum):
    """What a person can do with a notice."""

    agree = "agree"
    stop = "stop"
    pause = "pause"
    go_on = "go_on"
    recall = "recall"
    correct = "correct"
    repeat = "repeat"


_ACTS: Mapping[Act, Collection[NoticeState]] = {
    Act.agree: {NoticeState.awaiting},
    Act.stop: NOT_BEGUN | UNDER_WAY,
    Act.pause: GOING_OUT,
    Act.go_on: {NoticeState.paused},
    Act.correct: NOT_BEGUN | UNDER_WAY | OVER,
    Act.recall: OVER | {NoticeState.paused},
    Act.repeat: GOING_OUT | OVER,
}


def can(act: Act, state: NoticeState) -> bool:
    """Tell whether `act` means anything for a notice that stands in `state`."""
    return state in _ACTS[act]


def errors_in_a_row(latest: Iterable[bool], *, most: int) -> bool:
    """Tell whether the latest `most` messages all failed for good, the latest one first."""
    failed = list(latest)[:most]
    return len(failed) == most and all(failed)
