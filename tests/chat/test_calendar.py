"""A month to choose a day from."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.calendar import is_blank, month_rows, read_day, read_month
from bot.chat.callback import can_carry
from bot.chat.conversation.model import Choose, Pick
from bot.chat.text import Listed, Plain, T, Text
from bot.core.dates import last_day_of_month

JUNE = date(2024, 6, 1)
FIRST, LAST = date(2024, 6, 3), date(2024, 8, 31)


def shown(pick: Pick) -> str:
    match pick.text:
        case Plain(text):
            return text
        case T():
            return pick.text.key
        case Listed(parts):
            return "".join(part.text for part in parts if isinstance(part, Plain))
    return ""


def test_the_month_is_laid_out_in_weeks_from_monday() -> None:
    names, *weeks, turns = month_rows(JUNE, first=FIRST, last=LAST)
    assert shown(names[0]) == "calendar.weekday_0"
    assert all(len(week) == 7 for week in weeks)
    assert [shown(pick) for pick in weeks[0]] == ["\u2800"] * 5 + ["·", "·"]
    assert [shown(pick) for pick in weeks[1]] == ["3", "4", "5", "6", "7", "8", "9"]
    assert [read_month(pick.value) for pick in turns] == [None, date(2024, 7, 1)]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 80), st.integers(0, 80))
def test_exactly_the_allowed_days_of_the_month_can_be_chosen(
    day: date, before: int, after: int
) -> None:
    first, last = day - timedelta(days=before), day + timedelta(days=after)
    rows = month_rows(day, first=first, last=last)
    offered = [read_day(pick.value) for row in rows for pick in row]
    start, end = day.replace(day=1), last_day_of_month(day)
    expected = [
        start + timedelta(days=number)
        for number in range((end - start).days + 1)
        if first <= start + timedelta(days=number) <= last
    ]
    assert [one for one in offered if one is not None] == expected


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_cell_fits_into_a_button(day: date) -> None:
    rows = month_rows(day, first=day - timedelta(days=40), last=day + timedelta(days=40))
    for row in rows:
        assert 1 <= len(row) <= 7
        assert all(can_carry(Choose("conversatn", 2**31 - 1, "longest_st", p.value)) for p in row)


def test_marks_stand_beside_the_day() -> None:
    def mark(day: date) -> Text | None:
        return Plain("休") if day.day == 10 else None

    rows = month_rows(JUNE, first=FIRST, last=LAST, mark=mark)
    cells = {shown(pick): read_day(pick.value) for row in rows for pick in row}
    assert cells["10休"] == date(2024, 6, 10)
    assert cells["11"] == date(2024, 6, 11)


@pytest.mark.parametrize(
    "choice", [None, "", "x", "d", "dxx", "d2024-06-31", "m2024-06-01", "2024-06-10", "d\ud800"]
)
def test_what_is_no_day_is_none(choice: str | None) -> None:
    assert read_day(choice) is None


def test_days_months_and_blanks_are_told_apart() -> None:
    assert read_day("d2024-06-10") == date(2024, 6, 10)
    assert read_month("m2024-07-01") == date(2024, 7, 1)
    assert read_month("d2024-06-10") is None
    assert is_blank("x")
    assert not is_blank("d2024-06-10")
