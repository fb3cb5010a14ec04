"""Which reports tell of one activity: what is not certain stays apart (REP-10, REP-16)."""

from datetime import date

import pytest

from bot.config import Config
from bot.features.reports.joint import Held, activities
from bot.features.reports.reading.dates import UNKNOWN, Precision, When
from bot.features.reports.rules import month_counted, place_in_time
from tests.jobs.ticking import shanghai

DAY = date(2024, 6, 12)


def held(
    number: str,
    unit: int,
    *partners: int,
    day: date | None = DAY,
    title: str = "核桃修剪技术培训会",
    place: str | None = None,
) -> Held:
    return Held(number, unit, day, title, place, frozenset(partners))


@pytest.mark.parametrize(
    ("reports", "together"),
    [
        pytest.param([held("a", 1, 2), held("b", 2, 1)], True, id="named each other"),
        pytest.param([held("a", 1, 2), held("b", 2)], True, id="one names the other"),
        pytest.param(
            [held("a", 1, 2), held("b", 2, title="核桃修剪技术培训会（第一期）")],
            True,
            id="a longer title",
        ),
        pytest.param([held("a", 1), held("b", 2)], False, id="nobody names anybody"),
        pytest.param([held("a", 1, 2), held("b", 1, 2)], False, id="one unit twice"),
        pytest.param([held("a", 1, 2), held("b", 2, day=date(2024, 6, 13))], False, id="other day"),
        pytest.param([held("a", 1, 2, day=None), held("b", 2, day=None)], False, id="no day"),
        pytest.param([held("a", 1, 2), held("b", 2, title="文艺演出")], False, id="other title"),
        pytest.param(
            [held("a", 1, 2, place="永丰镇"), held("b", 2, title="文艺演出", place="永丰 镇")],
            True,
            id="one place, nothing else",
        ),
        pytest.param(
            [held("a", 1, 2, title="宣传"), held("b", 2, title="义诊宣传咨询")],
            False,
            id="too short a title",
        ),
    ],
)
def test_reports_of_one_activity(reports: list[Held], together: bool) -> None:
    assert activities(reports) == ({"a": "a", "b": "a"} if together else {})


def test_two_activities_of_a_day_at_one_place_stay_two() -> None:
    reports = [
        held("a", 1, 2, title="上午义诊", place="幸福市场"),
        held("b", 1, 2, title="下午演出", place="幸福市场"),
        held("c", 2, 1, title="义诊活动上午场", place="幸福市场"),
        held("d", 2, 1, title="演出活动下午场", place="幸福市场"),
    ]
    assert activities(reports) == {}


def test_three_units_held_one_activity_together() -> None:
    reports = [held("c", 3, 1), held("a", 1, 2, 3), held("b", 2)]
    assert activities(reports) == {"a": "a", "b": "a", "c": "a"}


@pytest.mark.parametrize(
    ("when", "month"),
    [
        (When(Precision.day, date(2024, 6, 29)), date(2024, 6, 1)),
        (When(Precision.month, date(2024, 6, 1)), date(2024, 6, 1)),
        (When(Precision.day, date(2024, 7, 1)), date(2024, 7, 1)),
        # no month of its own, or one from before the campaign: the month in which it is filed
        (When(Precision.year, date(2024, 1, 1)), date(2024, 7, 1)),
        (When(Precision.words, None, "今年初"), date(2024, 7, 1)),
        (UNKNOWN, date(2024, 7, 1)),
        (When(Precision.day, date(2024, 3, 28)), date(2024, 7, 1)),
    ],
)
def test_an_activity_counts_in_its_own_month_where_that_is_known(
    campaign: Config, when: When, month: date
) -> None:
    assert month_counted(campaign, when, shanghai("07-02T10:00")) == month


def test_vague_dates_stand_at_the_end_of_their_period() -> None:
    june = date(2024, 6, 1)
    given = [
        UNKNOWN,
        When(Precision.day, date(2024, 6, 30)),
        When(Precision.month, june),
        When(Precision.day, date(2024, 6, 2)),
    ]
    ordered = sorted(given, key=lambda one: place_in_time(one, june))
    assert [one.precision for one in ordered] == ["day", "day", "month", "none"]
    assert ordered[0].day == date(2024, 6, 2)
