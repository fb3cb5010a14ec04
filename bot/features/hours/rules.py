"""Pure decisions about hours (VOL-04, VOL-12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.text import units
from bot.features.hours.errors import (
    NoDuration,
    NotOverYet,
    NoWords,
    TooLongAgo,
    TooManyMinutes,
    TooManyWords,
)
from bot.features.hours.models import MOST_WORDS, HourKind

MOST_MINUTES = 12 * 60
"""Of one day outside posts: nobody serves longer."""
MOST_DAYS_BACK = 60
"""So long ago may be what is added afterwards: later nobody remembers."""

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Presence:
    """When somebody was at a post: `signed` where they checked in and out there themselves.

    Otherwise who answers for the post said so, or closed the post for those who had not left.
    """

    person_id: int
    in_at: datetime
    out_at: datetime
    signed: bool


@dataclass(frozen=True)
class Totals:
    """Minutes by kind; there is no sum of the three."""

    signed: int = 0
    confirmed: int = 0
    added: int = 0

    def of(self, kind: HourKind) -> int:
        """Return the minutes of one kind."""
        return int(getattr(self, kind.value))

    @classmethod
    def by_kind(cls, minutes: Iterable[tuple[HourKind, int]]) -> "Totals":
        """Return the sums of `minutes` by kind."""
        sums = dict.fromkeys(HourKind, 0)
        for kind, more in minutes:
            sums[kind] += more
        return cls(**{kind.value: total for kind, total in sums.items()})


def kind_of(presence: Presence) -> HourKind:
    """Return the kind of hours that a presence makes."""
    return HourKind.signed if presence.signed else HourKind.confirmed


def earned(presence: Presence, *, starts_at: datetime, ends_at: datetime, now: datetime) -> int:
    """Return the whole minutes of a presence within the planned times and before `now`.

    0 for who was there only before or after, and for a way out before the way in.
    """
    begins = max(presence.in_at, starts_at)
    ends = min(presence.out_at, ends_at, now)
    return max(0, (ends - begins) // _MINUTE)


def planned(starts_at: datetime, ends_at: datetime) -> int:
    """Return how many minutes a post lasts as planned."""
    return (ends_at - starts_at) // _MINUTE


def check_minutes(minutes: int, *, most: int, least: int = 1) -> None:
    """Raise TooManyMinutes above `most`, NoDuration below `least`."""
    if minutes < least:
        raise NoDuration
    if minutes > most:
        raise TooManyMinutes(most=most)


def check_day(day: date, *, today: date) -> None:
    """Raise NotOverYet for a day to come, TooLongAgo for what nobody remembers."""
    if day > today:
        raise NotOverYet
    if day < today - timedelta(days=MOST_DAYS_BACK):
        raise TooLongAgo(days=MOST_DAYS_BACK)


def check_words(words: str) -> str:
    """Return a reason in one line. Raises NoWords or TooManyWords."""
    found = " ".join(words.split())
    if not found:
        raise NoWords
    if units(found) > MOST_WORDS:
        raise TooManyWords(most=MOST_WORDS)
    return found
