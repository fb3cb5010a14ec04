"""A contact at her month: every press, command and message of hers is counted."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from bot.db.work import View, Work
from bot.features.deadlines.models import Submission
from bot.features.months.models import MonthSection, MonthTotal, Section
from bot.features.people.actor import find_actor
from bot.features.reports.content import Content, Partner, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import UNKNOWN, When
from bot.features.reports.service import file_report
from bot.sandbox.client import SimMessage, SimPerson
from tests.support.bot import RunningBot

MONTH = "6月创建宣传信息 · 区科协"
RECEIPT = "已收到6月创建宣传信息"


@dataclass
class Counting:
    """A person whose taps are counted: a press, a command and a typed message is one each."""

    person: SimPerson
    taps: int = 0

    async def say(self, text: str, *, reply_to: int | None = None) -> None:
        self.taps += 1
        await self.person.say(text, reply_to=reply_to)

    async def press(self, text: str) -> None:
        self.taps += 1
        await self.person.press(text)

    async def expect(self, text: str) -> SimMessage:
        return await self.person.expect(text)


async def report(
    bot: RunningBot,
    person: SimPerson,
    title: str,
    *,
    when: When = UNKNOWN,
    text: str | None = None,
    place: str | None = None,
    partners: tuple[Partner, ...] = (),
    **numbers: int,
) -> int:
    """Report an activity of the person's unit with numbers by metric; return its id."""

    def write(work: Work) -> int:
        actor = find_actor(work, person.id)
        assert actor is not None
        values = tuple(
            Value(slug, Amount(Decimal(number), approx=False, raw=str(number)))
            for slug, number in numbers.items()
        )
        content = Content(
            unit_id=actor.unit_ids[0],
            task_id=None,
            title=title,
            when=when,
            text=text,
            place=place,
            partners=partners,
            values=values,
        )
        return file_report(work, bot.config, content, actor=actor).id

    return await bot.write(write)


async def filed(bot: RunningBot) -> list[Submission]:
    """Return every filing, in order."""

    def look(view: View) -> list[Submission]:
        return list(view.session.scalars(select(Submission).order_by(Submission.id)))

    return await bot.read(look)


async def sections(bot: RunningBot, submission_id: int) -> dict[Section, tuple[str | None, ...]]:
    """Return what was assembled and what was written by hand, by section."""

    def look(view: View) -> dict[Section, tuple[str | None, ...]]:
        rows = view.session.scalars(
            select(MonthSection).where(MonthSection.submission_id == submission_id)
        )
        return {row.section: (row.assembled, row.own) for row in rows}

    return await bot.read(look)


async def totals(bot: RunningBot, submission_id: int) -> dict[str, Decimal]:
    """Return the figures of a filing, by metric."""

    def look(view: View) -> dict[str, Decimal]:
        rows = view.session.scalars(
            select(MonthTotal).where(MonthTotal.submission_id == submission_id)
        )
        return {row.metric: row.value for row in rows}

    return await bot.read(look)
