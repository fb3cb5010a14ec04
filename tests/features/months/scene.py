"""Months of units with activities in them, on any store."""

from datetime import date
from decimal import Decimal

from bot.db.work import View
from bot.features.deadlines.board import Board, boards
from bot.features.deadlines.filing import Where
from bot.features.deadlines.owing import known_deadlines
from bot.features.months import district
from bot.features.months.assembling import Month, assemble
from bot.features.months.filed import FiledMonth, filed_month
from bot.features.months.filing import month_slot
from bot.features.people.actor import Actor
from bot.features.reports.content import Content, Partner, Value
from bot.features.reports.reading.amounts import Amount, Bound
from bot.features.reports.reading.dates import Precision, When
from tests.features.reports.conftest import Office
from tests.support.months import file_month

SUM, LATEST, MAX = "banners_hung", "boards_set", "member_units"


def said(slug: str, value: str, *, approx: bool = False, bound: Bound | None = None) -> Value:
    return Value(slug, Amount(Decimal(value), approx=approx, raw=value, bound=bound))


def on(day: int) -> When:
    return When(Precision.day, date(2024, 6, day))


def where(office: Office, slug: str = "kexie") -> Where:
    return Where("O2", "2024-06", office.unit(slug))


def month(office: Office, slug: str = "kexie") -> Month:
    return office.do(
        lambda work: assemble(
            work, office.config, month_slot(work, office.config, where(office, slug))
        )
    )


def file(office: Office, actor: Actor, slug: str = "kexie", news: str | None = None) -> int:
    at = where(office, slug)
    return office.do(
        lambda work: file_month(work, at, actor=actor, config=office.config, news=news)
    ).submission.id


def as_filed(office: Office, number: int) -> FiledMonth:
    return office.do(lambda work: filed_month(work, number))


def figures(office: Office, number: int) -> dict[str, tuple[Decimal, bool, Bound | None]]:
    return {
        one.metric: (one.amount.value, one.amount.approx, one.amount.bound)
        for one in as_filed(office, number).totals
    }


def joint(office: Office, *, second: bool = True) -> tuple[Actor, Actor]:
    """Let two units report what they held together, each naming the other."""
    kexie, keji = office.contact("kexie"), office.contact("keji")
    for actor, slug, other, people in (
        (kexie, "kexie", "keji", "60"),
        (keji, "keji", "kexie", "55"),
    )[: 2 if second else 1]:
        content = Content(
            office.unit(slug),
            None,
            "核桃修剪技术培训会",
            when=on(1),
            partners=(Partner(other, office.unit(other)),),
            values=(said(SUM, people),),
        )
        office.file(actor, content)
    return kexie, keji


def board(office: Office) -> Board:
    def look(view: View) -> Board:
        wanted = [
            one for one in known_deadlines(view, office.config) if one.key == ("O2", "2024-06")
        ]
        return boards(view, office.config, wanted)[0]

    return office.do(look)


def of_all(office: Office) -> dict[str, Decimal]:
    slots = board(office).slots
    found = office.do(lambda work: district.totals_of(work, office.config, slots))
    return {one.metric.slug: one.value for one in found}
