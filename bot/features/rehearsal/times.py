"""To which times a message can be moved, and which are offered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.config import Config
from bot.core.dates import end_of, local_day, start_of
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
    zone = config.time.zone_info
    day = local_day(to, zone)
    if letter.planned.kind != MESSAGES or day == local_day(letter.at, zone):
        return
    # A person has one reminder a day (TIME-15), and a moved one is one of them.
    start, until = start_of(day, zone), end_of(day, zone)
    for sender in SENDERS:
        for other in letters_from(ahead(view), config, until, sender):
            same = other.planned.kind == MESSAGES and other.at >= start
            if same and other.planned.person_id == letter.planned.person_id:
                raise OneThatDay(day=day)


def choices(view: View, config: Config, letter: Letter) -> list[Choice]:
    """Return the times that are offered: some hours later, and the same time of the next days.

    What is refused is among them with its reason; that the day has a reminder already is found when
    it is pressed.
    """
    found = []
    for to in _later(letter.at):
        why_not: BusinessError | None = None
        try:
            _check_bounds(view, config, letter, to)
        except BusinessError as error:
            why_not = error
        found.append(Choice(to, why_not))
    return found


def _later(at: datetime) -> Iterator[datetime]:
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
