"""Periods without gaps, and the due day of each, in every year that is published (TIME-03)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import DueRule, Frequency, Obligation, Phase, find_due_rule
from bot.core.dates import last_day_of_month
from bot.features.deadlines.spans import Days, NotPublished, Span, due_day, spans
from bot.features.workdays.models import DayKind
from bot.features.workdays.service import seed_of
from tests.support.config import make_config

CONFIG = make_config()
YEARS = (2024, 2025, 2026)
DAYS: Days = {row["day"]: row["kind"] for year in YEARS for row in seed_of(year)}
RECURRING = (Frequency.weekly, Frequency.monthly, Frequency.quarterly, Frequency.yearly)
days_of_years = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def obligation(frequency: Frequency, due_day: str | int = "last", **more: object) -> Obligation:
    given_ = {"id": "X", "name": "x", "who": ["kexie"], "quote": "x", "due_day": due_day}
    return Obligation.model_validate({**given_, "frequency": frequency, **more})


def open_phase(start: date) -> tuple[Phase, ...]:
    return (Phase(id="P1", name="一", start=start),)


def rule(written: str | int) -> DueRule:
    found = find_due_rule(written)
    assert found is not None
    return found


def span_of(frequency: Frequency, day: date) -> Span:
    """Return the period that holds `day`, of a campaign that began long before."""
    found = list(spans(obligation(frequency), open_phase(date(2023, 1, 1)), day))
    return found[-1]


@given(
    frequency=st.sampled_from(RECURRING),
    start=days_of_years,
    until=days_of_years,
    first=st.integers(0, 6),
)
def test_periods_are_half_open_and_without_gaps(
    frequency: Frequency, start: date, until: date, first: int
) -> None:
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    owed = obligation(frequency, week_starts=weekdays[first])
    found = list(spans(owed, open_phase(start), until))
    for before, after in pairwise(found):
        assert before.end == after.start
    assert len({one.period for one in found}) == len(found)
    assert all(one.end is not None and one.start < one.end for one in found)
    assert all(one.start <= until for one in found)
    if found and found[-1].end is not None:
        assert until < found[-1].end
    if frequency is Frequency.weekly:
        assert all(one.start.weekday() == first for one in found)
        assert all(one.start >= start for one in found), "nobody is asked for the rest of a week"
    elif start <= until:
        assert found[0].start <= start


@given(day=days_of_years, frequency=st.sampled_from(RECURRING))
def test_every_day_is_in_exactly_one_period(day: date, frequency: Frequency) -> None:
    found = list(spans(obligation(frequency), open_phase(date(2023, 1, 2)), date(2027, 1, 31)))
    holding = [one for one in found if one.end is not None and one.start <= day < one.end]
    assert len(holding) == 1


@given(day=days_of_years, number=st.integers(1, 31))
def test_a_day_that_a_month_lacks_is_its_last_one(day: date, number: int) -> None:
    due = due_day(span_of(Frequency.monthly, day), rule(number), DAYS)
    last = last_day_of_month(day)
    assert due == day.replace(day=number) if number <= last.day else due == last


@pytest.mark.parametrize(
    ("frequency", "written", "day", "due"),
    [
        (Frequency.monthly, 31, date(2024, 6, 5), date(2024, 6, 30)),
        (Frequency.monthly, 31, date(2024, 2, 5), date(2024, 2, 29)),
        (Frequency.monthly, 31, date(2025, 2, 5), date(2025, 2, 28)),
        (Frequency.yearly, "02-29", date(2024, 6, 5), date(2024, 2, 29)),
        (Frequency.yearly, "02-29", date(2025, 6, 5), date(2025, 2, 28)),
        (Frequency.yearly, "12-20", date(2025, 6, 5), date(2025, 12, 20)),
        (Frequency.quarterly, "last", date(2024, 5, 5), date(2024, 6, 30)),
        (Frequency.quarterly, 31, date(2024, 5, 5), date(2024, 6, 30)),
        (Frequency.quarterly, 10, date(2024, 5, 5), date(2024, 6, 10)),
        (Frequency.weekly, "friday", date(2024, 6, 13), date(2024, 6, 14)),
        (Frequency.weekly, "last", date(2024, 6, 13), date(2024, 6, 16)),
        # 30 June 2024 is a Sunday, the last working day the Friday before
        (Frequency.monthly, "last-workday", date(2024, 6, 5), date(2024, 6, 28)),
        # 29 September 2024 is a Sunday that is worked, 30 a Monday
        (Frequency.monthly, "last-workday", date(2024, 9, 5), date(2024, 9, 30)),
        # 1 October to 7 October 2024 is a holiday, 12 October a Saturday that is worked
        (Frequency.monthly, "end+1", date(2024, 9, 5), date(2024, 10, 8)),
        (Frequency.monthly, "end+5", date(2024, 9, 5), date(2024, 10, 12)),
        # 8 to 10 June 2024: a weekend and 端午节
        (Frequency.weekly, "start+1", date(2024, 6, 12), date(2024, 6, 11)),
        (Frequency.monthly, "start+6", date(2024, 6, 12), date(2024, 6, 11)),
    ],
)  # fmt: skip
def test_due_days(frequency: Frequency, written: str | int, day: date, due: date) -> None:
    assert due_day(span_of(frequency, day), rule(written), DAYS) == due


@given(
    day=st.dates(date(2024, 1, 1), date(2026, 8, 31)), count=st.integers(1, 20),
    frequency=st.sampled_from((Frequency.weekly, Frequency.monthly, Frequency.quarterly)),
)  # fmt: skip
def test_as_many_working_days_as_were_counted_lie_behind_the_end(
    day: date, count: int, frequency: Frequency
) -> None:
    span = span_of(frequency, day)
    assert span.end is not None
    due = due_day(span, rule(f"end+{count}"), DAYS)
    assert due is not None
    assert DAYS[due] is DayKind.working
    between = [span.end + timedelta(days=n) for n in range((due - span.end).days + 1)]
    assert sum(DAYS[one] is DayKind.working for one in between) == count


@given(day=days_of_years, frequency=st.sampled_from(RECURRING))
def test_nothing_but_rest_is_behind_the_last_working_day(day: date, frequency: Frequency) -> None:
    span = span_of(frequency, day)
    due = due_day(span, rule("last-workday"), DAYS)
    assert due is not None
    assert span.end is not None
    assert DAYS[due] is DayKind.working
    after = [due + timedelta(days=n + 1) for n in range((span.end - due).days - 1)]
    assert not any(DAYS[one] is DayKind.working for one in after)


@pytest.mark.parametrize("written", ["last-workday", "start+3", "end+5"])
def test_a_year_that_is_not_published_is_never_guessed(written: str) -> None:
    span = span_of(Frequency.monthly, date(2027, 3, 5))
    with pytest.raises(NotPublished) as raised:
        due_day(span, rule(written), DAYS)
    assert raised.value.year == 2027
    assert due_day(span, rule("last"), DAYS) == date(2027, 3, 31), "a calendar day needs no table"


def test_each_phase_is_a_period_and_one_without_end_has_no_last_day() -> None:
    found = list(spans(obligation(Frequency.phase), CONFIG.phases, date(2024, 12, 1)))
    assert [one.period for one in found] == ["P1", "P2"]
    assert [due_day(one, rule("last"), DAYS) for one in found] == [date(2024, 9, 20), None]
    only = obligation(Frequency.phase, phase="P1")
    assert [one.period for one in spans(only, CONFIG.phases, date(2024, 12, 1))] == ["P1"]


def test_periods_have_names_that_tell_them_apart() -> None:
    names = {one: span_of(one, date(2024, 6, 13)).period for one in RECURRING}
    assert names == {
        Frequency.weekly: "2024-06-10",
        Frequency.monthly: "2024-06",
        Frequency.quarterly: "2024-Q2",
        Frequency.yearly: "2024",
    }


@pytest.mark.parametrize("bad", [0, 32, "first", "end+0", "end+61", "start+", "02-30", "13-01", ""])
def test_what_is_no_due_day_is_refused(bad: str | int) -> None:
    assert find_due_rule(bad) is None
