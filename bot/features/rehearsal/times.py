"""To which times a message can be moved, and which are offered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.config import Config
from bot.core.dates import end_of, local_day
from bot.core.errors import BusinessError
from bot.db.work import View
from bot.features.deadlines.noting import MESSAGES
from bot.features.posts.remindtimes import quiet_until
from bot.features.rehearsal.errors import (
    NotMoved,
    OneThatDay,
    OnlyLater,
    QuietThen,
    TooLateThen,
)
from bot.features.rehearsal.looking import MOST_DAYS, Letter, letters_from
from bot.features.rehearsal.senders import SENDERS
from bot.features.runs.foresight import ahead

_HOURS = (1, 2, 4, 8)
_DAYS = (1, 2, 3)


@dataclass(frozen=True)
class Choice:
    """A time that is offered: `why_not` is why it is refused, None where it is allowed."""

    to: datetime
    why_not: BusinessError | None


def check_time(view: View, config: Config, letter: Letter, to: datetime) -> None:
    """Raise what speaks against moving `letter` to `to`: see `move`."""
    _check_bounds(view, config, letter, to)
    day = local_day(to, config.time.zone_info)
    if day in _taken_days(view, config, letter, to):
        raise OneThatDay(day=day)


def choices(view: View, config: Config, letter: Letter) -> list[Choice]:
    """Return the times that are offered: some hours later, and the same time of the next days.

    What is refused is among them with its reason.
    """
    found = []
    times = list(later(letter.at))
    taken = _taken_days(view, config, letter, times[-1])
    for to in times:
        day = local_day(to, config.time.zone_info)
        why_not: BusinessError | None = OneThatDay(day=day) if day in taken else None
        try:
            _check_bounds(view, config, letter, to)
        except BusinessError as error:
            why_not = error
        found.append(Choice(to, why_not))
    return found


def _taken_days(view: View, config: Config, letter: Letter, until: datetime) -> set[date]:
    """Return the other days until `until` on which the person gets a reminder.

    A person has one a day (TIME-15), and a moved one is one of them.
    """
    zone = config.time.zone_info
    if letter.planned.kind != MESSAGES or until - view.now > timedelta(days=MOST_DAYS):
        return set()
    days = {
        local_day(other.at, zone)
        for sender in SENDERS
        if sender.kind == MESSAGES
        for other in letters_from(ahead(view), config, end_of(local_day(until, zone), zone), sender)
        if other.planned.person_id == letter.planned.person_id
    }
    return days - {local_day(letter.at, zone)}


def later(at: datetime) -> Iterator[datetime]:
    """Yield the times that are offered in place of `at`."""
    yield from (at + timedelta(hours=hours) for hours in _HOURS)
    yield from (at + timedelta(days=days) for days in _DAYS)


def _check_bounds(view: View, config: Config, letter: Letter, to: datetime) -> None:
    before = letter.planned.before
    if before is None or not letter.planned.claims:
        raise NotMoved
    if to <= letter.at or to <= view.now:
        raise OnlyLater
    if to >= min(before, view.now + timedelta(days=MOST_DAYS)):
        raise TooLateThen(before=before)
    end = quiet_until(to, config)
    if end is not None:
        raise QuietThen(until=end)
