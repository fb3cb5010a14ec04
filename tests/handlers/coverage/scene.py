"""Reports for tests of the matrix: filed as contacts file them, without the conversation."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.config import Config
from bot.db.work import Work
from bot.features.people.actor import find_actor
from bot.features.reports.content import Content, Partner, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.service import file_report
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot, unit_id_of


def numbers(**given: str) -> tuple[Value, ...]:
    """Return values by metric; a number with 约 before it is about so."""
    return tuple(
        Value(metric, Amount(Decimal(value.strip("约")), approx="约" in value, raw=value))
        for metric, value in given.items()
    )


def content(
    work: Work,
    unit: str,
    task: str,
    *,
    day: date | None = None,
    values: Sequence[Value] = (),
    title: str = "活动",
    partners: Sequence[str] = (),
    text: str | None = None,
) -> Content:
    """Return what a report of `unit` on `task` says."""
    when = When(Precision.none) if day is None else When(Precision.day, day)
    return Content(
        unit_id=unit_id_of(work, unit),
        task_id=task,
        title=title,
        when=when,
        values=tuple(values),
        partners=tuple(Partner("", unit_id_of(work, one)) for one in partners),
        text=text,
    )


async def report(
    bot: RunningBot,
    person: SimPerson,
    unit: str,
    task: str,
    *,
    day: date | None = None,
    values: Sequence[Value] = (),
    title: str = "活动",
    text: str | None = None,
) -> None:
    """Let the contact `person` report for `unit` on `task`."""

    def write(work: Work, config: Config = bot.config) -> None:
        actor = find_actor(work, person.id)
        assert actor is not None
        said = content(work, unit, task, day=day, values=values, title=title, text=text)
        file_report(work, config, said, actor=actor)

    await bot.write(write)
