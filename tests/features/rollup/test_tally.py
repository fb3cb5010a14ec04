"""Adding up one by one says the same as all at once, and a total is made of its sources (REP-16)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config
from bot.features.reports.reading.amounts import Bound
from bot.features.reports.rollup import Reading, Tally, Total, totals

START = datetime(2024, 6, 3, tzinfo=UTC)
SUM, LATEST, MAX, SHARE = "leaflets_distributed", "boards_set", "member_units", "coverage_rate"


def total(config: Config, readings: list[Reading], *, traced: bool) -> Total | None:
    """Add up `readings` of one metric one after the other."""
    tally = Tally(config.metric(readings[0].metric), traced=traced)
    for one in sorted(readings, key=lambda one: one.at):
        tally.add(one)
    return tally.total()


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    """Draw numbers of one metric, each of a report of its own, some of joint activities."""
    metric = draw(st.sampled_from([SUM, LATEST, MAX, SHARE]))
    numbers = st.builds(
        Reading,
        metric=st.just(metric),
        unit_id=st.integers(1, 4),
        value=st.decimals(0, 1000, places=4),
        approx=st.booleans(),
        at=st.integers(0, 9).map(lambda hour: START + timedelta(hours=hour)),
        bound=st.sampled_from([None, *Bound]),
        activity=st.sampled_from([None, None, "A", "B"]),
    )
    found = draw(st.lists(numbers, min_size=1, max_size=25))
    return [replace(one, report=f"R{at}") for at, one in enumerate(found)]


@given(readings())
def test_a_total_is_the_same_with_and_without_its_sources(
    campaign: Config, given: list[Reading]
) -> None:
    traced, bare = (total(campaign, given, traced=flag) for flag in (True, False))
    assert ([] if traced is None else [traced]) == totals(campaign, given)
    if traced is not None:
        assert bare == replace(traced, sources=())
        assert traced.sources


@given(readings())
def test_a_total_is_made_of_the_reports_it_opens_to(campaign: Config, given: list[Reading]) -> None:
    whole = total(campaign, given, traced=True)
    if whole is None:
        return
    behind = [one for one in given if one.report in whole.sources]
    part = total(campaign, behind, traced=True)
    assert part is not None
    assert replace(part, reports=0) == replace(whole, reports=0)
    assert len({one.activity for one in behind if one.activity}) == len(
        [one for one in behind if one.activity]
    )


def test_suspects_count_and_are_told(campaign: Config) -> None:
    one = Reading(SUM, 1, Decimal(1), approx=False, at=START, suspect=True)
    found = total(campaign, [one, replace(one, value=Decimal(2), suspect=False)], traced=False)
    assert found is not None
    assert (found.value, found.reports, found.suspects) == (Decimal(3), 2, 1)
