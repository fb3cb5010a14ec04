"""The catalogues and how a language writes days and numbers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import catalogue, day, day_span, language_of, moment, number, spelled

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh-hans", "zh_CN"),
        ("zh-hant-tw", "zh_CN"),
        ("en-GB", "en"),
        ("EN", "en"),
        # A language that we do not have gets the campaign's own.
        ("fr", "zh_CN"),
        (None, "zh_CN"),
    ],
)
def test_every_code_finds_a_language(code: str | None, language: str) -> None:
    assert language_of(code) == language


def test_a_missing_text_is_an_error_and_no_silent_key() -> None:
    with pytest.raises(LookupError):
        catalogue("zh_CN").text("no.such.text")


def test_days_are_written_as_the_office_writes_them() -> None:
    assert day(date(2024, 6, 12), language="zh_CN") == "6月12日（周三）"
    assert day(date(2024, 6, 12), language="en") == "Wed 12 Jun"


def test_moments_are_shown_in_the_campaigns_zone() -> None:
    start = datetime.fromisoformat("2024-06-12T09:30:00+00:00")
    end = datetime.fromisoformat("2024-06-12T11:00:00+00:00")
    assert moment(start, language="zh_CN", zone=SHANGHAI) == "6月12日（周三）17:30"
    span = day_span(start, end, language="zh_CN", zone=SHANGHAI)
    assert span == "6月12日（周三）17:30–19:00"


def test_counting_numbers_are_spelled_as_a_document_does() -> None:
    numbers = (1, 9, 10, 11, 20, 21, 99, 100, 0)
    assert [spelled(one, language="zh_CN") for one in numbers] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
        "100",
        "0",
    ]
    assert [spelled(one, language="en") for one in (1, 21)] == ["1", "21"]


def test_numbers_are_grouped() -> None:
    assert number(16000, language="zh_CN") == "16,000"
    assert number(2.5, language="en") == "2.5"
