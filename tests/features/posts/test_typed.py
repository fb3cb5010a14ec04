"""Times, days and numbers as people type them."""

from datetime import date, time

import pytest

from bot.features.posts.typed import read_day, read_day_and_time, read_number, read_span

WEDNESDAY = date(2024, 6, 5)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("07:30-09:00", "07:30", "09:00"),
        ("7:30-9:00", "07:30", "09:00"),
        ("7：30—9：00", "07:30", "09:00"),
        ("7点半到9点", "07:30", "09:00"),
        ("七点半至九点一刻", "07:30", "09:15"),
        ("早上7点半 - 9点", "07:30", "09:00"),
        ("下午2点到4点", "14:00", "16:00"),
        ("晚上7点半到9点", "19:30", "21:00"),
        ("14.30-16.30", "14:30", "16:30"),
        ("0730-0900", "07:30", "09:00"),
        ("9-11", "09:00", "11:00"),
        ("22：00～次日1：00", "22:00", "01:00"),
        ("22:00-24:00", "22:00", "00:00"),
        ("7pm-9pm", "19:00", "21:00"),
    ],
)
def test_a_start_and_an_end_are_read(text: str, start: str, end: str) -> None:
    assert read_span(text) == (time.fromisoformat(start), time.fromisoformat(end))


@pytest.mark.parametrize("text", ["7点半", "07:30", "7:30 ", "七点三十分", "早上七点半"])
def test_one_time_alone_is_a_start(text: str) -> None:
    assert read_span(text) == (time(7, 30), None)


@pytest.mark.parametrize(
    "text",
    ["", "-", "下午", "25:00", "7:60", "七点八十分", "1-2-3", "半点", "12345", "明天"],
)
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    assert read_span(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("8", 8), ("\uff18", 8), ("8人", 8), ("8 个", 8), ("八", 8), ("十二", 12), ("二十个人", 20)],
)
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "10余", "1万", "约8", "8.5", "-3", "八九十", "99999", "人"])
def test_what_is_no_exact_number_is_not_guessed(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6月15日", date(2024, 6, 15)),
        ("六月十五号", date(2024, 6, 15)),
        ("6-15", date(2024, 6, 15)),
        ("6/15", date(2024, 6, 15)),
        ("2025年1月2日", date(2025, 1, 2)),
        ("2024-06-15", date(2024, 6, 15)),
        ("今天", WEDNESDAY),
        ("明天", date(2024, 6, 6)),
        ("周六", date(2024, 6, 8)),
        ("周一", date(2024, 6, 10)),
        ("下周日", date(2024, 6, 16)),
        ("星期三", WEDNESDAY),
        ("6月1日", date(2024, 6, 1)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert read_day(text, today=WEDNESDAY) == day


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert read_day("1月5日", today=date(2024, 12, 20)) == date(2025, 1, 5)
    assert read_day("12月31日", today=date(2025, 1, 2)) == date(2024, 12, 31)


@pytest.mark.parametrize(
    "text", ["", "6月32日", "六月三十二号", "十五", "周八", "下个月", "2月30日", "1-2-3-4"]
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert read_day(text, today=WEDNESDAY) is None


@pytest.mark.parametrize(
    "text", ["6月20日 15:00", "6月20日下午3点", " 6-20  15:00 ", "6月20日 15点"]
)
def test_a_day_and_a_time_are_read_from_one_line(text: str) -> None:
    assert read_day_and_time(text, today=WEDNESDAY) == (date(2024, 6, 20), time(15))


@pytest.mark.parametrize("text", ["6-113:00", "6月20日", "15:00", "6月20日 14:00-15:00", "", " "])
def test_where_the_day_ends_is_not_guessed(text: str) -> None:
    assert read_day_and_time(text, today=WEDNESDAY) is None
