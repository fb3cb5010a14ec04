"""The settings of one installation, each with a default that works."""

from datetime import time
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.config.entry import LocalTime, Name, Number, Section, Step, Zone

TELEGRAM_BASE_URL = "https://api.telegram.org/bot"
TELEGRAM_BASE_FILE_URL = "https://api.telegram.org/file/bot"


def checked_url(value: str) -> str:
    """Return `value` if it is an http(s) address.

    Raises:
        PydanticCustomError: `bad_url`.

    """
    if not _is_address(value, {"http", "https"}):
        raise PydanticCustomError("bad_url", "address")
    return value


def checked_database_url(value: str) -> str:
    """Return `value` if it is the address of an SQLite or PostgreSQL database.

    Raises:
        PydanticCustomError: `bad_database_url`.

    """
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise PydanticCustomError("bad_database_url", "address")
    return value


def _checked_proxy(value: str) -> str:
    if not _is_address(value, {"http", "https", "socks5", "socks5h"}):
        raise PydanticCustomError("bad_proxy", "address")
    return _without_password(value)


def _without_password(value: str) -> str:
    try:
        password = urlsplit(value).password
    except ValueError:
        password = None
    if password is not None:
        raise PydanticCustomError("password_in_config", "password")
    return value


def _is_address(value: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname)
    except ValueError:
        return False


Url = Annotated[str, AfterValidator(checked_url), AfterValidator(_without_password)]
DatabaseUrl = Annotated[
    str, AfterValidator(checked_database_url), AfterValidator(_without_password)
]
Proxy = Annotated[str, AfterValidator(_checked_proxy)]
Hours = Annotated[int, Field(ge=0, le=8784)]
Days = Annotated[int, Field(ge=1, le=3660)]
Rate = Annotated[Number, Field(gt=0, le=10_000)]
Count = Annotated[int, Field(ge=1, le=10_000)]


class BotSettings(Section):
    """Where data lies and how Telegram is reached. The token is never here.

    `data_dir` is relative to the file's folder. `database_url` None is SQLite in `data_dir`.
    """

    data_dir: Name = "data"
    database_url: DatabaseUrl | None = None
    base_url: Url = TELEGRAM_BASE_URL
    base_file_url: Url = TELEGRAM_BASE_FILE_URL
    proxy: Proxy | None = None
    get_updates_proxy: Proxy | None = None


class QuietHours(Section):
    """From `start` until `end` of the same or the next day only replies and alarms go out."""

    start: LocalTime = time(22)
    end: LocalTime = time(7)

    def holds(self, at: time) -> bool:
        """Tell whether the local time `at` is in the half-open quiet hours."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


class TimeSettings(Section):
    """The campaign's zone, and when the bot speaks unasked (TIME-17)."""

    zone: Zone = "Asia/Shanghai"
    quiet_hours: QuietHours = QuietHours()
    reminder_hour: LocalTime = time(9)

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone as an object."""
        return ZoneInfo(self.zone)


class ReminderRule(Section):
    """When an obligation is reminded of (TIME-15): days before, then every few days, then up.

    `ladder` holds days before the due day, falling: 0 for the day itself, below it for days after.
    `overdue_every_days` goes on behind the last of them; None: it is over then. After
    `escalate_after_days` overdue days the unit head is told; None is never. Until the step
    `second_contact_from` only the unit's first contact is told, unless that one cannot be reached;
    None tells all contacts of every step (ORG-06).
    """

    ladder: tuple[Step, ...] = (7, 3, 1, 0)
    overdue_every_days: Days | None = 3
    escalate_after_days: Days | None = 3
    second_contact_from: Step | None = None

    @model_validator(mode="after")
    def _steps_make_sense(self) -> Self:
        twice = [days for days in self.ladder if self.ladder.count(days) > 1]
        if twice:
            raise PydanticCustomError("step_twice", "order", {"value": step_name(twice[0])})
        if list(self.ladder) != sorted(self.ladder, reverse=True):
            raise PydanticCustomError("steps_not_falling", "order")
        head = self.escalate_after_days
        if head is not None and self.ladder and -self.ladder[-1] > head:
            facts = {"value": step_name(self.ladder[-1]), "limit": head}
            raise PydanticCustomError("step_after_escalation", "order", facts)
        return self


class LadderPreset(ReminderRule):
    """A ladder to choose for what is asked for in the chat; `name` stands on its button."""

    name: Name

    def as_rule(self) -> ReminderRule:
        """Return the ladder without its name."""
        return ReminderRule.model_validate(self.model_dump(exclude={"name"}))


def step_name(days: int) -> str:
    """Return what the step `days` before the deadline is called: T-3, T-0; T+2 is after it."""
    return f"T-{days}" if days >= 0 else f"T+{-days}"


class Weekday(StrEnum):
    """A day by name: libraries disagree on what number Monday has (design, section 3)."""

    monday = "monday"
    tuesday = "tuesday"
    wednesday = "wednesday"
    thursday = "thursday"
    friday = "friday"
    saturday = "saturday"
    sunday = "sunday"

    @property
    def number(self) -> int:
        """The number that `date.weekday()` gives: Monday is 0."""
        return list(Weekday).index(self)


class DigestSettings(Section):
    """When the weekly digest goes out (BUL-03)."""

    weekday: Weekday = Weekday.monday
    hour: LocalTime = time(9)


class NoticeSettings(Section):
    """What notices to many need (BUL-01, SYS-10).

    To more than `second_person_above` people a second coordinator must agree. After
    `pause_after_errors` messages in a row that cannot be delivered the rest waits for a person.
    """

    second_person_above: Annotated[int, Field(ge=0, le=1_000_000)] = 200
    pause_after_errors: Count = 20


class LimitSettings(Section):
    """How fast messages leave (design, section 4)."""

    overall_per_second: Rate = 28
    burst: Count = 2
    chat_per_second: Rate = 1
    chat_burst: Count = 5
    group_per_minute: Rate = 20
    in_flight: Annotated[int, Field(ge=1, le=64)] = 8


class RushSettings(Section):
    """Who pressed a button and still waits after so many seconds hears that it is being done."""

    answer_after_seconds: Annotated[int, Field(ge=1, le=30)] = 5


class RehearsalSettings(Section):
    """More than `most_a_day` messages to one person on a day are marked in the calendar."""

    most_a_day: Count = 3


class DraftSettings(Section):
    """What becomes of conversations that were left."""

    offer_after_hours: Hours = 24
    expire_after_days: Days = 14


class InvitationSettings(Section):
    """How long an invitation holds, and how many wrong codes one person may try."""

    ttl_hours: Annotated[int, Field(ge=1, le=8784)] = 72
    wrong_codes_per_hour: Count = 5


class RetentionSettings(Section):
    """How long what is done is kept.

    After `archive_years` the bytes of files are deleted; None keeps them.
    """

    inbox_done_days: Days = 30
    sent_replies_days: Days = 30
    archive_years: Annotated[int, Field(ge=1, le=100)] | None = None


class ArchiveSettings(Section):
    """How what was sent is kept (ARC-01, ARC-03, ARC-06).

    `remove_position` takes out of photos where they were taken. `hints` are the contacts' weekly
    lines about what a report could still have; for the tasks in `no_photo_wanted` a photo is not
    missed.
    """

    remove_position: bool = True
    hints: bool = True
    no_photo_wanted: tuple[Name, ...] = ()


class Language(StrEnum):
    """The catalogues there are."""

    zh_cn = "zh_CN"
    en = "en"


class LanguageSettings(Section):
    """What the bot speaks; `default` where a person has not chosen."""

    default: Language = Language.zh_cn
    available: Annotated[tuple[Language, ...], Field(min_length=1)] = tuple(Language)

    @model_validator(mode="after")
    def _default_is_available(self) -> Self:
        if self.default not in self.available:
            facts = {"value": self.default.value}
            raise PydanticCustomError("default_not_available", "language", facts)
        return self
