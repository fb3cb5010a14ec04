"""Whether a share is enough, exactly (TASK-B1: 20.0 % passes, 19.9 % does not)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.features.coverage.share import Share, Verdict, is_enough

COUNTS = st.integers(min_value=0, max_value=10**7).map(Decimal)
WHOLES = st.integers(min_value=1, max_value=10**7).map(Decimal)
GOALS = st.integers(min_value=1, max_value=999).map(lambda tenths: Decimal(tenths) / 10)


def of(part: str, whole: str, at_least: str = "20") -> Share:
    return Share(Decimal(part), Decimal(whole), Decimal(at_least))


@pytest.mark.parametrize(
    ("part", "whole", "verdict", "shown"),
    [
        pytest.param("24", "120", Verdict.met, "20", id="20.0 exactly"),
        pytest.param("199999", "1000000", Verdict.short, "19.9", id="19.9999"),
        pytest.param("1999", "10000", Verdict.short, "19.9", id="19.99 is not shown as 20.0"),
        pytest.param("1", "3", Verdict.met, "33.3", id="a third"),
        pytest.param("0", "5", Verdict.short, "0", id="none of some"),
        pytest.param("0", "0", Verdict.empty, None, id="of nothing"),
        pytest.param("3", "0", Verdict.odd, None, id="some of nothing"),
        pytest.param("130", "120", Verdict.odd, "108.3", id="more than all"),
        pytest.param("120", "120", Verdict.met, "100", id="all"),
    ],
)
def test_a_share_is_enough_or_not(
    part: str, whole: str, verdict: Verdict, shown: str | None
) -> None:
    share = of(part, whole)
    assert share.verdict is verdict
    assert share.percent == (None if shown is None else Decimal(shown))


def test_what_lacks_is_exact_for_both_ways_of_mending_it() -> None:
    share = of("22", "120")
    assert (share.by_replacing, share.by_adding) == (2, 3)
    assert of("24", "120").by_replacing == of("24", "120").by_adding == 0


def test_all_of_them_can_never_be_reached_by_adding() -> None:
    assert of("9", "10", "100").by_adding is None
    assert of("9", "10", "100").by_replacing == 1


def test_a_percentage_is_compared_as_it_was_reported() -> None:
    assert is_enough(Decimal("20.0"), Decimal(20))
    assert not is_enough(Decimal("19.9999"), Decimal(20))


@given(COUNTS, WHOLES, GOALS)
def test_it_is_enough_exactly_when_the_fraction_is(
    part: Decimal, whole: Decimal, goal: Decimal
) -> None:
    assume(part <= whole)
    enough = Fraction(part) * 100 >= Fraction(goal) * Fraction(whole)
    assert Share(part, whole, goal).verdict is (Verdict.met if enough else Verdict.short)


@given(COUNTS, WHOLES, GOALS)
def test_what_is_shown_never_looks_like_enough_when_it_is_not(
    part: Decimal, whole: Decimal, goal: Decimal
) -> None:
    assume(part <= whole)
    share = Share(part, whole, goal)
    assert share.percent is not None
    assert (share.percent >= goal) is (share.verdict is Verdict.met)


@given(COUNTS, WHOLES, GOALS)
def test_what_lacks_is_enough_and_one_less_is_not(
    part: Decimal, whole: Decimal, goal: Decimal
) -> None:
    assume(part <= whole)
    share = Share(part, whole, goal)
    replaced, added = share.by_replacing, share.by_adding
    assert added is not None
    assert Share(part + replaced, whole, goal).verdict is Verdict.met
    assert Share(part + added, whole + added, goal).verdict is Verdict.met
    if share.verdict is Verdict.short:
        assert Share(part + replaced - 1, whole, goal).verdict is Verdict.short
        assert Share(part + added - 1, whole + added - 1, goal).verdict is Verdict.short
    else:
        assert replaced == added == 0
