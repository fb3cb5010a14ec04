"""What many numbers come to: 约 and open ends are carried, joint activities count once (REP-16)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config
from bot.features.reports.reading.amounts import Bound
from bot.features.reports.rollup import Reading, Total, totals, totals_by

START = datetime(2024, 6, 3, tzinfo=UTC)
SUM, LATEST, MAX = "leaflets_distributed", "boards_set", "member_units"


def reading(
    metric: str,
    value: str,
    *,
    unit: int = 1,
    hour: int = 0,
    approx: bool = False,
    bound: Bound | None = None,
    report: str = "",
    activity: str | None = None,
) -> Reading:
    at = START + timedelta(hours=hour)
    return Reading(metric, unit, Decimal(value), approx, at, bound, report, activity)


def total(config: Config, *readings: Reading) -> Total:
    (found,) = totals(config, readings)
    return found


@pytest.mark.parametrize(
    ("metric", "parts", "value", "bound", "approx"),
    [
        (SUM, [("80", Bound.at_least), ("20", None)], "100", Bound.at_least, False),
        (SUM, [("80", Bound.at_most), ("20", None)], "100", Bound.at_most, False),
        # open to both sides: no side is certain, so only 约 can be said
        (SUM, [("80", Bound.at_least), ("20", Bound.at_most)], "100", None, True),
        (MAX, [("30", None), ("12", Bound.at_least)], "30", Bound.at_least, False),
        (MAX, [("30", None), ("12", Bound.at_most)], "30", None, False),
        (MAX, [("30", None), ("30", Bound.at_most)], "30", None, False),
        (MAX, [("30", Bound.at_most), ("12", None)], "30", Bound.at_most, False),
        (MAX, [("30", Bound.at_most), ("12", Bound.at_least)], "30", None, True),
        (LATEST, [("18", Bound.at_least), ("20", None)], "20", None, False),
        (LATEST, [("18", None), ("20", Bound.at_least)], "20", Bound.at_least, False),
    ],
)
def test_an_open_end_is_carried_only_where_it_holds(
    campaign: Config,
    metric: str,
    parts: list[tuple[str, Bound | None]],
    value: str,
    bound: Bound | None,
    approx: bool,
) -> None:
    given = [
        reading(metric, number, hour=hour, bound=end) for hour, (number, end) in enumerate(parts)
    ]
    found = total(campaign, *given)
    assert (found.value, found.bound, found.approx) == (Decimal(value), bound, approx)


def test_a_state_that_was_about_and_is_exact_now_is_exact(campaign: Config) -> None:
    found = total(campaign, reading(LATEST, "18", approx=True), reading(LATEST, "20", hour=1))
    assert (found.value, found.approx, found.reports) == (Decimal(20), False, 2)


def test_every_figure_names_the_reports_behind_it(campaign: Config) -> None:
    summed = total(
        campaign, reading(SUM, "1", report="2024-C2-001"), reading(SUM, "2", report="2024-C2-002")
    )
    assert summed.sources == ("2024-C2-001", "2024-C2-002")
    state = total(
        campaign,
        reading(LATEST, "18", report="2024-C2-001"),
        reading(LATEST, "20", hour=1, report="2024-C2-002"),
        reading(LATEST, "7", unit=2, report="2024-B1-001"),
    )
    assert set(state.sources) == {"2024-C2-002", "2024-B1-001"}


@pytest.mark.parametrize("metric", [SUM, MAX, LATEST])
def test_what_two_units_held_together_counts_once(campaign: Config, metric: str) -> None:
    found = total(
        campaign,
        reading(metric, "55", unit=2, hour=1, report="2024-A3-001", activity="x"),
        reading(metric, "60", unit=1, hour=0, report="2024-C2-001", activity="x"),
    )
    assert (found.value, found.sources, found.reports) == (Decimal(60), ("2024-C2-001",), 2)
    apart = total(
        campaign,
        reading(SUM, "55", unit=2, hour=1, activity="x"),
        reading(SUM, "60", unit=1, hour=0, activity="y"),
    )
    assert apart.value == Decimal(115)


def test_a_number_that_only_the_second_unit_gave_is_not_lost(campaign: Config) -> None:
    found = totals(
        campaign,
        [
            reading(SUM, "60", unit=1, activity="x"),
            reading(MAX, "3", unit=2, hour=1, activity="x"),
        ],
    )
    assert {one.metric.slug: one.value for one in found} == {SUM: Decimal(60), MAX: Decimal(3)}


def test_an_activity_counts_once_in_each_group_it_belongs_to(campaign: Config) -> None:
    first = reading(SUM, "60", unit=1, activity="x")
    second = reading(SUM, "60", unit=2, hour=1, activity="x")
    by_unit = totals_by(campaign, [(one.unit_id, one) for one in (first, second)])
    assert {unit: found[0].value for unit, found in by_unit.items()} == {
        1: Decimal(60),
        2: Decimal(60),
    }
    by_month = totals_by(campaign, [("2024-06", one) for one in (first, second)])
    assert by_month["2024-06"][0].value == Decimal(60)


amounts = st.decimals(0, 10**11, places=4, allow_nan=False, allow_infinity=False)
readings = st.lists(
    st.builds(
        lambda value, unit, hour, approx, bound, number: reading(
            SUM, str(value), unit=unit, hour=hour, approx=approx, bound=bound, report=f"r{number}"
        ),
        amounts,
        st.integers(1, 3),
        st.integers(0, 5),
        st.booleans(),
        st.sampled_from([None, *Bound]),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=12,
)


@given(data=readings)
def test_a_sum_is_exact_and_never_surer_than_its_parts(
    campaign: Config, data: list[Reading]
) -> None:
    found = total(campaign, *data)
    assert found.value * 10**4 == sum(int(one.value * 10**4) for one in data)
    unsure = any(one.approx or one.bound is not None for one in data)
    assert (found.approx or found.bound is not None) == unsure
    assert set(found.sources) == {one.report for one in data}


@given(data=readings, order=st.randoms(use_true_random=False))
def test_the_order_in_which_reports_are_read_does_not_matter(
    campaign: Config, data: list[Reading], order: Random
) -> None:
    shuffled = list(data)
    order.shuffle(shuffled)
    one, other = total(campaign, *data), total(campaign, *shuffled)
    assert (one.value, one.approx, one.bound) == (other.value, other.approx, other.bound)
