"""Dates as people write them: a day is never invented (REP-09)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BusinessError
from bot.features.reports.errors import (
    DateInFuture,
    DateTooEarly,
    DateUnreadable,
    NoSuchDay,
)
from bot.features.reports.reading.dates import UNKNOWN, Limits, Precision, When, read_date

LIMITS = Limits(first=date(2023, 1, 1), today=date(2024, 6, 3))
MARCH_24 = When(Precision.day, date(2024, 3, 24))


@pytest.mark.parametrize(
    "text",
    [
        "3月24日",
        "3月24号",
        "2024-03-24",
        "2024/3/24",
        "2024年3月24日",
        "20240324",
        "3.24",
        "3.24日",
        "3-24",
        "三月二十四日",
        "２０２４年３月２４日",
        " 3 月 24 日 ",
    ],
)
def test_a_day_is_read_in_every_common_form(text: str) -> None:
    assert read_date(text, LIMITS) == MARCH_24


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3月17日上午", date(2024, 3, 17)),
        ("3月24日（周日）", date(2024, 3, 24)),
        ("当日（3月8日）", date(2024, 3, 8)),
    ],
)
def test_words_that_say_more_than_the_day_are_kept_with_it(text: str, day: date) -> None:
    assert read_date(text, LIMITS) == When(Precision.day, day, text)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("今天", When(Precision.day, date(2024, 6, 3))),
        ("昨天", When(Precision.day, date(2024, 6, 2))),
        ("前天", When(Precision.day, date(2024, 6, 1))),
        ("本月", When(Precision.month, date(2024, 6, 1))),
        ("上个月", When(Precision.month, date(2024, 5, 1))),
        ("5月份", When(Precision.month, date(2024, 5, 1))),
        ("2023年11月", When(Precision.month, date(2023, 11, 1))),
        ("2024 年", When(Precision.year, date(2024, 1, 1))),
        ("去年", When(Precision.year, date(2023, 1, 1))),
        ("去年12月28日", When(Precision.day, date(2023, 12, 28))),
        ("日期不详", UNKNOWN),
    ],
)
def test_relative_and_coarse_dates_keep_their_precision(text: str, when: When) -> None:
    assert read_date(text, LIMITS) == when


@pytest.mark.parametrize(
    "text",
    [
        "每周五",
        "每月",
        "每季度",
        "每天",
        "今年初",
        "8月底",
        "2024年起每年",
        "春节期间",
        "3月1日至5日",
        "3月1日-3月5日",
    ],
)
def test_vague_times_stay_words_and_get_no_day(text: str) -> None:
    assert read_date(text, LIMITS) == When(Precision.words, None, text)


@pytest.mark.parametrize("text", ["六月三十二号", "2月30日", "2024-13-01"])
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(NoSuchDay):
        read_date(text, LIMITS)


@pytest.mark.parametrize(
    "text", ["2025年1月1日", "明年3月1日", "6月4日", "7月", "2025年", "12月28日"]
)
def test_what_has_not_come_yet_is_refused(text: str) -> None:
    with pytest.raises(DateInFuture):
        read_date(text, LIMITS)


def test_in_january_a_december_day_is_last_years() -> None:
    january = Limits(first=date(2023, 1, 1), today=date(2024, 1, 5))
    assert read_date("12月28日", january) == When(Precision.day, date(2023, 12, 28))


def test_today_itself_is_no_future() -> None:
    assert read_date("6月3日", LIMITS).day == LIMITS.today


def test_a_day_long_before_the_campaign_is_refused() -> None:
    with pytest.raises(DateTooEarly):
        read_date("2022-12-31", LIMITS)
    assert read_date("2023-01-01", LIMITS).day == date(2023, 1, 1)


@pytest.mark.parametrize("text", ["", "foo", "28日", "一百", "a" * 5000])
def test_what_says_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateUnreadable):
        read_date(text, LIMITS)


@given(st.dates(min_value=LIMITS.first, max_value=LIMITS.today))
def test_every_day_within_the_limits_is_read_back(day: date) -> None:
    assert read_date(day.isoformat(), LIMITS) == When(Precision.day, day)


@given(st.text(max_size=45))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        when = read_date(text, LIMITS)
    except BusinessError:
        return
    assert when.day is None or LIMITS.first <= when.day <= LIMITS.today
