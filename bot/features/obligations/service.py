"""Asking units for something, changing it, and asking no more (TIME-15)."""

from dataclasses import dataclass
from datetime import date

from bot.config import DUE_KINDS, Config, Form, Frequency, find_due_rule
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.core.text import cleaned, has_letters, one_line, units
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.obligations.errors import (
    DayGone,
    DetailsTooLong,
    Ended,
    NameTooLong,
    NobodyAsked,
    NoName,
    NoSuchDay,
)
from bot.features.obligations.facts import ObligationEnded, ObligationMade
from bot.features.obligations.models import MadeObligation
from bot.features.obligations.queries import find_made
from bot.features.people.actor import Actor

MOST_NAME_UNITS = 30
"""UTF-16 units of a name: it stands on buttons."""
MOST_DETAILS_UNITS = 300


@dataclass(frozen=True)
class Order:
    """What is asked for; see `MadeObligation` for the meaning of the fields."""

    name: str
    form: Form
    who: tuple[str, ...]
    frequency: Frequency
    due: date | None = None
    due_day: str | None = None
    ladder: str | None = None
    details: str | None = None


def make(work: Work, order: Order, *, actor: Actor, config: Config) -> MadeObligation:
    """Ask for something from today on; those who owe it are told.

    Raises NotAllowed, and what `check_order` raises.
    """
    actor.check(Role.coordinator)
    today = local_day(work.now, config.time.zone_info)
    check_order(order, today=today)
    row = MadeObligation(since=today, made_by=actor.person_id, made_at=work.now)
    _write(row, order)
    work.session.add(row)
    work.session.flush()
    work.tell(ObligationMade(str(row.id)))
    record(work, "obligation.made", f"obligation:{row.id}", actor_id=actor.person_id)
    return row


def change(work: Work, obligation_id: str, order: Order, *, actor: Actor, config: Config) -> None:
    """Ask for it in another way from now on.

    A due day that is another one moves the deadlines, which everyone concerned is told by the next
    look at them; see `deadlines.reordering` for another form, frequency or other units. Raises
    NotAllowed, NotFound, Ended, and what `check_order` raises.
    """
    row = lock_made(work, obligation_id, actor=actor)
    today = local_day(work.now, config.time.zone_info)
    same = (order.due, order.frequency) == (row.due, row.frequency)
    if not same or order.frequency is not Frequency.once:
        check_order(order, today=today)
    _write(row, order)
    work.session.flush()
    record(work, "obligation.changed", f"obligation:{row.id}", actor_id=actor.person_id)


def end(work: Work, obligation_id: str, *, actor: Actor) -> MadeObligation:
    """Ask for it no more; those who owed it are told once, what was filed is kept.

    Raises NotAllowed, NotFound or Ended.
    """
    row = lock_made(work, obligation_id, actor=actor)
    row.ended_at, row.ended_by = work.now, actor.person_id
    work.session.flush()
    work.tell(ObligationEnded(str(row.id)))
    record(work, "obligation.ended", f"obligation:{row.id}", actor_id=actor.person_id)
    return row


def lock_made(work: Work, obligation_id: str, *, actor: Actor) -> MadeObligation:
    """Return what is still asked for, its row held. Raises NotAllowed, NotFound or Ended."""
    actor.check(Role.coordinator)
    row = find_made(work, obligation_id)
    if row is None:
        raise NotFound
    work.session.refresh(row, with_for_update=True)
    if row.ended_at is not None:
        raise Ended(name=row.name)
    return row


def check_order(order: Order, *, today: date) -> None:
    """Check what is asked for.

    Raises NoName, NameTooLong, DetailsTooLong, NobodyAsked, NoSuchDay or DayGone.
    """
    check_name(order.name)
    check_details(order.details)
    if not order.who:
        raise NobodyAsked
    if order.frequency is Frequency.once:
        if order.due is None:
            raise NoSuchDay
        if order.due < today:
            raise DayGone
    else:
        check_due_day(order.due_day, order.frequency)
    if order.form is Form.information and order.frequency is not Frequency.monthly:
        raise NoSuchDay


def check_name(text: str) -> str:
    """Return a name that can be shown. Raises NoName or NameTooLong."""
    name = one_line(text)
    if not has_letters(name):
        raise NoName
    if units(name) > MOST_NAME_UNITS:
        raise NameTooLong(units=units(name), most=MOST_NAME_UNITS)
    return name


def check_details(text: str | None) -> str | None:
    """Return what is to be known, None for nothing. Raises DetailsTooLong."""
    words = cleaned(text or "")
    if units(words) > MOST_DETAILS_UNITS:
        raise DetailsTooLong(units=units(words), most=MOST_DETAILS_UNITS)
    return words or None


def check_due_day(written: str | None, frequency: Frequency) -> str:
    """Return a due day of the frequency, as config.yaml writes it. Raises NoSuchDay."""
    number = written is not None and written.isascii() and written.isdigit()
    rule = None if written is None else find_due_rule(int(written) if number else written)
    if written is None or rule is None or rule.kind not in DUE_KINDS.get(frequency, ()):
        raise NoSuchDay
    return written


def _write(row: MadeObligation, order: Order) -> None:
    row.name = check_name(order.name)
    row.details = check_details(order.details)
    row.form = order.form
    row.who = "\n".join(order.who)
    row.frequency = order.frequency
    row.due, row.due_day = order.due, order.due_day
    row.ladder = order.ladder
