"""What goes out on a day to come: messages, what they are about, and who gets too many."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.config import Config
from bot.core.dates import end_of, local_day, start_of
from bot.db.work import View
from bot.features.people.queries import reachable_of
from bot.features.posts.remindtimes import quiet_until
from bot.features.rehearsal.errors import TooFarAhead
from bot.features.rehearsal.senders import SENDERS, Sender
from bot.features.runs.foresight import About, Foresight, Planned, ahead
from bot.features.runs.models import RunState

MOST_DAYS = 31
"""How far the rehearsal looks ahead: later, too much can change."""


@dataclass(frozen=True)
class Letter:
    """One message to come: `at` is when it goes out, after the quiet hours."""

    planned: Planned
    at: datetime


@dataclass(frozen=True)
class GroupKey:
    """What a line of the calendar stands for: a moment, a sender, and what its messages say."""

    at: datetime
    kind: str
    name: str
    step: str


@dataclass
class Group:
    """The people who are told the same at one moment, and the units or posts that it is about.

    `merged` of them read it in a message that begins with something else.
    """

    key: GroupKey
    people: list[int] = field(default_factory=list)
    things: set[int] = field(default_factory=set)
    merged: int = 0


@dataclass
class DayAhead:
    """What goes out from `start` until the end of a day.

    `counts` is how many messages each person gets, `twice` who reads of one thing more than once,
    `left_out` how many effects are only noted, by reason.
    """

    day: date
    letters: int = 0
    groups: dict[GroupKey, Group] = field(default_factory=dict)
    counts: Counter[int] = field(default_factory=Counter)
    twice: set[int] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    _said: set[tuple[int, str, int]] = field(default_factory=set)

    def add(self, letter: Letter) -> None:
        """Count one message in."""
        person_id = letter.planned.person_id
        self.letters += 1
        self.counts[person_id] += 1
        for key in _keys_of(letter):
            group = self.groups.setdefault(key, Group(key))
            group.people.append(person_id)
            group.merged += key != _keys_of(letter)[0]
        for about in set(letter.planned.about):
            group = self.groups[_key(letter, about)]
            if about.of is not None:
                group.things.add(about.of)
                self._say(person_id, about.name, about.of)

    def sorted_groups(self) -> list[Group]:
        """Return the lines of the calendar in order of time."""
        return sorted(
            self.groups.values(),
            key=lambda one: (one.key.at, one.key.kind, one.key.name, one.key.step),
        )

    def overloaded(self, most: int) -> dict[int, int]:
        """Return who gets more than `most` messages, and how many; the most first."""
        return {person: count for person, count in self.counts.most_common() if count > most}

    def _say(self, person_id: int, name: str, of: int) -> None:
        said = (person_id, name, of)
        if said in self._said:
            self.twice.add(person_id)
        self._said.add(said)


def letters_from(
    view: Foresight, config: Config, until: datetime, sender: Sender
) -> Iterator[Letter]:
    """Yield what `sender` sends from now until `until`; nothing is written."""
    for planned in sender.foresee(view, config, until):
        yield Letter(planned, quiet_until(planned.at, config) or planned.at)


def days_ahead(view: View, config: Config, first: date, last: date) -> list[DayAhead]:
    """Return the days from `first` to `last`, none of them past; today from now on.

    The number of statements grows with the days until `last`, not with people or messages.
    Raises TooFarAhead.
    """
    zone = config.time.zone_info
    if last > local_day(view.now, zone) + timedelta(days=MOST_DAYS):
        raise TooFarAhead(days=MOST_DAYS)
    days = {
        first + timedelta(days=number): DayAhead(first + timedelta(days=number))
        for number in range((last - first).days + 1)
    }
    start, until = start_of(first, zone), end_of(last, zone)
    for sender in SENDERS:
        foresight = ahead(view)
        for letter in letters_from(foresight, config, until, sender):
            if start <= letter.at < until:
                days[local_day(letter.at, zone)].add(letter)
        for noted in foresight.planned.values():
            if noted.state is not RunState.done and noted.reason and start <= noted.at:
                days[local_day(noted.at, zone)].left_out[noted.reason] += 1
    return list(days.values())


def letters_of(view: View, config: Config, key: GroupKey) -> list[Letter]:
    """Return the messages of one line of the calendar, in order of the people."""
    found = _at(view, config, key.kind, key.at)
    return sorted(
        (one for one in found if key in _keys_of(one)), key=lambda one: one.planned.person_id
    )


def find_letter(
    view: View, config: Config, *, kind: str, at: datetime, person_id: int
) -> Letter | None:
    """Return a message to come; None when it is not to go out any more."""
    found = _at(view, config, kind, at)
    return next((one for one in found if one.planned.person_id == person_id), None)


def unreachable_of(view: View, people: Sequence[int]) -> set[int]:
    """Return those of `people` whom no message reaches."""
    return set(people) - reachable_of(view, people)


def _at(view: View, config: Config, kind: str, at: datetime) -> list[Letter]:
    if at > view.now + timedelta(days=MOST_DAYS + 1):
        raise TooFarAhead(days=MOST_DAYS)
    until = max(at, view.now) + timedelta(minutes=1)
    return [
        letter
        for sender in SENDERS
        if sender.kind == kind
        for letter in letters_from(ahead(view), config, until, sender)
        if _minute(letter.at) == _minute(at)
    ]


def _keys_of(letter: Letter) -> list[GroupKey]:
    return list(dict.fromkeys(_key(letter, about) for about in letter.planned.about))


def _key(letter: Letter, about: About) -> GroupKey:
    return GroupKey(_minute(letter.at), letter.planned.kind, about.name, about.step)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
