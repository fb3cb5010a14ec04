"""What the buttons of the calendar carry. A moment is in minutes since 1970."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.chat.callback import callback
from bot.features.rehearsal.looking import GroupKey
from bot.features.rehearsal.models import SkipReason

_MINUTE = 60


@callback("cd", shows=True)
@dataclass(frozen=True)
class ShowCalendar:
    """Shows a week of days from `first` on; None: from today."""

    first: date | None


@callback("cd.d", shows=True)
@dataclass(frozen=True)
class ShowDay:
    """Shows a page of a day: what will go out, and what went out."""

    day: date
    page: int


@callback("cd.g", shows=True)
@dataclass(frozen=True)
class ShowGroup:
    """Shows a page of the people of one line of a day."""

    minute: int
    kind: str
    name: str
    step: str
    page: int

    @property
    def key(self) -> GroupKey:
        """The line of the day."""
        return key_of(self.minute, self.kind, self.name, self.step)


@callback("cd.m", shows=True)
@dataclass(frozen=True)
class ShowLetter:
    """Shows one message to one person."""

    minute: int
    kind: str
    person_id: int


@callback("cd.x")
@dataclass(frozen=True)
class CancelLetter:
    """Cancels one message to one person."""

    minute: int
    kind: str
    person_id: int
    reason: SkipReason


@callback("cd.w", shows=True)
@dataclass(frozen=True)
class ShowWhole:
    """Asks why what goes to many as one is not to go."""

    minute: int
    kind: str
    name: str
    step: str


@callback("cd.k")
@dataclass(frozen=True)
class CancelAll:
    """Cancels what goes to many as one for all of them."""

    minute: int
    kind: str
    name: str
    step: str
    reason: SkipReason

    @property
    def key(self) -> GroupKey:
        """The line of the day."""
        return key_of(self.minute, self.kind, self.name, self.step)


@callback("cd.t", shows=True)
@dataclass(frozen=True)
class ShowTimes:
    """Shows to which times one message to one person can be moved."""

    minute: int
    kind: str
    person_id: int


@callback("cd.v")
@dataclass(frozen=True)
class MoveLetter:
    """Moves one message to one person to a later minute."""

    minute: int
    kind: str
    person_id: int
    to_minute: int


@callback("cd.q", shows=True)
@dataclass(frozen=True)
class ShowLineTimes:
    """Shows to which times a line can be moved for everybody."""

    minute: int
    kind: str
    name: str
    step: str

    @property
    def key(self) -> GroupKey:
        """The line of the day."""
        return key_of(self.minute, self.kind, self.name, self.step)


@callback("cd.y")
@dataclass(frozen=True)
class MoveLine:
    """Moves a line for everybody to another minute."""

    minute: int
    kind: str
    name: str
    step: str
    to_minute: int

    @property
    def key(self) -> GroupKey:
        """The line of the day."""
        return key_of(self.minute, self.kind, self.name, self.step)


@callback("cd.u")
@dataclass(frozen=True)
class RestoreLetter:
    """Lets a cancelled message go out after all."""

    skip_id: int


@callback("cd.c", shows=True)
@dataclass(frozen=True)
class ShowCancelled:
    """Shows a page of the cancelled messages of a day."""

    day: date
    page: int


@callback("cd.b", shows=True)
@dataclass(frozen=True)
class ShowSent:
    """Shows a page of the messages of a sender that were written on a day."""

    day: date
    kind: str
    page: int


def show_group(key: GroupKey, page: int = 1) -> ShowGroup:
    """Return what shows the people of a line."""
    return ShowGroup(minutes(key.at), key.kind, key.name.replace(":", "/"), key.step, page)


def show_whole(key: GroupKey) -> ShowWhole:
    """Return what asks why a line is not to go."""
    return ShowWhole(minutes(key.at), key.kind, key.name.replace(":", "/"), key.step)


def key_of(minute: int, kind: str, name: str, step: str) -> GroupKey:
    """Return the line that a button carries."""
    return GroupKey(moment_of(minute), kind, name.replace("/", ":"), step)


def minutes(moment: datetime) -> int:
    """Return a moment as a button carries it."""
    return int(moment.timestamp()) // _MINUTE


def moment_of(minute: int) -> datetime:
    """Return the moment that a button carries."""
    return datetime.fromtimestamp(minute * _MINUTE, UTC)
