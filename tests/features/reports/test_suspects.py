"""What is odd in a report is found before it is filed, and only that (REP-18, REP-12, REP-13)."""

from datetime import date
from decimal import Decimal

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.reports.content import Content, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.service import file_report
from bot.features.reports.suspects import Suspect, SuspectKind, suspects
from tests.support.bot import unit_id_of
from tests.support.people import load, make


def exact(value: object, *, approx: bool = False) -> Amount:
    return Amount(Decimal(str(value)), approx=approx, raw=str(value))


@pytest.fixture
def actor(any_store: Store, campaign: Config) -> Actor:
    """Return a contact of 区科协."""

    load(any_store, campaign)
    return make(any_store, Role.contact, unit="kexie")


def content(work: Work, title: str, day: int, **values: Amount) -> Content:
    return Content(
        unit_id=unit_id_of(work, "kexie"),
        task_id="C2",
        title=title,
        when=When(Precision.day, date(2024, 6, day)),
        values=tuple(Value(metric, amount) for metric, amount in values.items()),
    )


def found(
    store: Store, campaign: Config, title: str, day: int = 2, /, **values: Amount
) -> list[Suspect]:
    return store.write_now(
        lambda work: suspects(work, campaign, content(work, title, day, **values))
    )


def kinds(suspected: list[Suspect]) -> list[SuspectKind]:
    return [one.kind for one in suspected]


def file(store: Store, campaign: Config, actor: Actor, title: str, **values: Amount) -> None:
    store.write_now(
        lambda work: file_report(work, campaign, content(work, title, 1, **values), actor=actor)
    )


def test_the_same_activity_of_the_same_day_is_named(
    any_store: Store, campaign: Config, actor: Actor
) -> None:
    file(any_store, campaign, actor, "科普进社区活动")
    [one] = found(any_store, campaign, "科普进社区", 1)
    assert (one.kind, one.number) == (SuspectKind.near_duplicate, "2024-C2-001")
    assert found(any_store, campaign, "科普进社区", 2) == []
    assert found(any_store, campaign, "核桃修剪技术培训会", 1) == []


def test_a_ten_fold_jump_is_held_against_the_most_so_far(
    any_store: Store, campaign: Config, actor: Actor
) -> None:
    file(any_store, campaign, actor, "甲", banners_hung=exact(12))
    assert kinds(found(any_store, campaign, "乙", banners_hung=exact(120))) == [SuspectKind.tenfold]
    assert found(any_store, campaign, "乙", banners_hung=exact(119)) == []
    assert found(any_store, campaign, "乙", display_boards=exact(500)) == []


@pytest.mark.parametrize(("number", "odd"), [(2024, True), (2023, True), (2030, False)])
def test_a_count_like_the_year_is_said(
    any_store: Store, campaign: Config, actor: Actor, number: int, odd: bool
) -> None:
    assert actor.unit_ids
    suspected = found(any_store, campaign, "甲", banners_hung=exact(number))
    assert kinds(suspected) == ([SuspectKind.like_year] if odd else [])


def test_parts_that_do_not_add_up_are_said_with_the_difference(
    any_store: Store, campaign: Config, actor: Actor
) -> None:
    """The source document's own figure (line 95): 685.18 is not 114 and 545.18."""
    assert actor.unit_ids
    whole = next(one.part_of for one in campaign.metrics if one.part_of and "fund" in one.slug)
    assert whole is not None
    parts = [one.slug for one in campaign.metrics if one.part_of == whole]
    given = dict(zip(parts, (exact("114"), exact("545.18")), strict=True))
    [one] = found(any_store, campaign, "甲", **{whole: exact("685.18")}, **given)
    assert one.kind is SuspectKind.sum_differs
    assert one.difference == Decimal(26)
    about = found(any_store, campaign, "甲", **{whole: exact("685.18", approx=True)}, **given)
    assert about == [], "about so much is no sum"
    [more] = found(any_store, campaign, "甲", **{whole: exact(100), parts[0]: exact(114)})
    assert more.kind is SuspectKind.part_exceeds_whole
