"""What the reminders that people have today ask for, so that they can be changed (TIME-15).

A reminder's row says beside its words what it asks for. When one of these things is filed,
explained, moved or given more time, the row is found again by its key: while it waits it is
changed, and what Telegram has is changed there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.deadlines.owing import Key, Slot, known_deadlines, owed
from bot.features.outbox.models import OutboxRow, State

GIVEN = "all that it asks for was given, moved or ended"
"""The error of a reminder that waited and asks for nothing any more."""

PUT_OFF = ":moved"
"""How the key of a reminder ends that the office put off to another moment."""
CHASED = "chase:"
"""How the key of a reminder by hand begins."""

_ASKS = "asks"
_DAYS_BACK = 2
"""Reminders of the days before may still wait for Telegram."""
_AT_ONCE = 5000


@dataclass(frozen=True)
class Asked:
    """One thing that a reminder asks for, as it was then.

    `version` and `extensions` tell a deadline from itself after it was moved. `before` tells that
    it makes no sense after the deadline, `for_head` that a unit head is told of it.
    """

    key: Key
    version: int
    extensions: int
    before: bool
    for_head: bool = False


@dataclass(frozen=True)
class Standing:
    """How what a reminder asks for stands now: `open` is still owed, `given` is not."""

    open: Sequence[tuple[Asked, Slot]]
    given: Sequence[Slot]


def reminder_key(person_id: int, day: date) -> str:
    """Return the key of the message of a day to a person."""
    return f"reminder:{person_id}:{day.isoformat()}"


def chase_key(key: tuple[str, str], person_id: int, day: date) -> str:
    """Return the key of the message by which the office reminds a person of one thing by hand."""
    return f"{CHASED}{key[0]}:{key[1]}:{day.isoformat()}:{person_id}"


def asked(slot: Slot, *, before: bool, for_head: bool = False) -> Asked:
    """Return what a reminder of `slot` asks for."""
    deadline = slot.deadline
    return Asked(slot.key, deadline.version, deadline.extensions, before, for_head)


def note_asked(row: OutboxRow | None, things: Iterable[Asked]) -> None:
    """Keep with a message (None: nobody was to be reached) what it asks for."""
    if row is not None:
        plain = [
            [*one.key, one.version, one.extensions, one.before, one.for_head] for one in things
        ]
        row.payload = {**row.payload, _ASKS: plain}


def asked_by(row: OutboxRow) -> list[Asked]:
    """Return what a message asks for; nothing for one that is no reminder."""
    return [
        Asked((obligation, period, unit_id), version, extensions, before, for_head)
        for obligation, period, unit_id, version, extensions, before, for_head in row.payload.get(
            _ASKS, ()
        )
    ]


def lock_reminders(
    work: Work, key: tuple[str, str], people: Iterable[int], today: date
) -> list[OutboxRow]:
    """Return the rows, held, of the reminders of today and of those that still wait.

    `key` names the thing, of which the office may have reminded by hand as well.
    """
    days = [today - timedelta(days=back) for back in range(_DAYS_BACK + 1)]
    keys = [
        made
        for person_id in sorted(set(people))
        for day in days
        for made in (
            reminder_key(person_id, day),
            f"{reminder_key(person_id, day)}{PUT_OFF}",
            chase_key(key, person_id, day),
        )
    ]
    found: list[OutboxRow] = []
    for at in range(0, len(keys), _AT_ONCE):
        found += work.session.scalars(
            select(OutboxRow)
            .where(OutboxRow.dedupe_key.in_(keys[at : at + _AT_ONCE]))
            .order_by(OutboxRow.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    return [row for row in found if row.state in _ON_ITS_WAY or _is_of(row, today)]


def standing_now(view: View, config: Config, rows: Sequence[OutboxRow]) -> Mapping[int, Standing]:
    """Return how what the rows ask for stands, by row; a fixed number of statements."""
    wanted = {one.key[:2] for row in rows for one in asked_by(row)}
    known = [one for one in known_deadlines(view, config) if one.key in wanted]
    slots = {slot.key: slot for one in owed(view, config, known) for slot in one.slots}
    return {row.id: _standing(row, slots) for row in rows}


def _standing(row: OutboxRow, slots: Mapping[Key, Slot]) -> Standing:
    things = [(one, slots[one.key]) for one in asked_by(row) if one.key in slots]
    waits = row.state in _ON_ITS_WAY
    return Standing(
        [
            (one, slot)
            for one, slot in things
            # What waits and was moved is not said: the news of the move says it.
            if not slot.is_settled and not (waits and _was_moved(one, slot))
        ],
        [slot for _, slot in things if slot.is_settled],
    )


def _was_moved(one: Asked, slot: Slot) -> bool:
    return (one.version, one.extensions) != (slot.deadline.version, slot.deadline.extensions)


def _is_of(row: OutboxRow, day: date) -> bool:
    return day.isoformat() in row.dedupe_key and row.state is State.sent


_ON_ITS_WAY = frozenset({State.pending, State.sending})
