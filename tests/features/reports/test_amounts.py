"""Numbers as people write them (REP-08, REP-13)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BusinessError
from bot.features.reports.errors import (
    AmountTooFine,
    AmountTooLarge,
    AmountUnreadable,
    UnitDiffers,
)
from bot.features.reports.reading.amounts import Bound, is_plain, read_amount, split_named
from tests.support.config import sample_reports, samples_config


@pytest.mark.parametrize(
    ("text", "unit", "value", "approx"),
    [
        ("6名", "人", "6", False),
        ("2,800", "份", "2800", False),
        ("２８００多份", "份", "2800", True),  # full-width digits
        ("2800 多份", "份", "2800", True),  # a space before 多
        ("2.5 万余方", "方", "25000", True),
        ("10余万人次", "人次", "100000", True),  # not 10
        ("6万多条", "条", "60000", True),
        ("30多个", "个", "30", True),
        ("约60人", "人", "60", True),
        ("60人左右", "人", "60", True),
        ("共计120条", "条", "120", False),
        ("一次", "次", "1", False),
        ("两场", "场", "2", False),
        ("十几人", "人", "10", True),
        ("三百二十一", "人", "321", False),
        ("一千零五", "人", "1005", False),
        ("一百二", "人", "120", False),  # spoken for 一百二十
        ("1万2千", "份", "12000", False),
        ("二〇二四", "份", "2024", False),
        ("0", "起", "0", False),
        ("0万", "份", "0", False),
    ],
)
def test_a_number_is_read_with_what_is_said_of_it(
    text: str, unit: str, value: str, approx: bool
) -> None:
    amount = read_amount(text, counted_in=unit)
    assert (amount.value, amount.approx, amount.bound) == (Decimal(value), approx, None)
    assert amount.raw == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22", "22"),
        ("22万", "22"),
        ("22万元", "22"),
        ("220000元", "22"),
        ("30 余万元", "30"),
        ("685.18万元", "685.18"),
        ("1.2亿元", "12000"),
        ("5000元", "0.5"),
    ],
)
def test_money_comes_out_in_the_metrics_unit_exactly(text: str, value: str) -> None:
    assert read_amount(text, counted_in="万元").value == Decimal(value)


def test_money_a_year_is_money() -> None:
    assert read_amount("4万元", counted_in="万元/年").value == 4


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("85%以上", Bound.at_least),
        ("至少85%", Bound.at_least),
        ("85%以内", Bound.at_most),
        ("不到85%", Bound.at_most),
        ("百分之八十五", None),
        ("85", None),
    ],
)
def test_a_share_may_be_open_to_one_side(text: str, bound: Bound | None) -> None:
    amount = read_amount(text, counted_in="%")
    assert (amount.value, amount.bound) == (Decimal(85), bound)


@pytest.mark.parametrize(
    "text",
    ["", "很多", "几十", "-5", "1-2条", "12人5人", "半天", "3.28.5", "¥5", "百分之", "a" * 5000],
)
def test_what_is_no_single_number_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        read_amount(text, counted_in="条")


def test_a_unit_of_another_kind_is_refused() -> None:
    for text, unit in (("5万元", "份"), ("85%", "份"), ("3次", "%"), ("3%", "万元")):
        with pytest.raises(UnitDiffers):
            read_amount(text, counted_in=unit)


def test_numbers_beyond_what_is_kept_exactly_are_refused() -> None:
    with pytest.raises(AmountTooLarge):
        read_amount("9" * 20, counted_in="人")
    with pytest.raises(AmountTooFine):
        read_amount("1.23456", counted_in="万元")
    assert read_amount("1.2345", counted_in="万元").value == Decimal("1.2345")


def test_every_number_of_the_samples_is_read_from_its_words() -> None:
    config = samples_config()
    wrong = []
    read = 0
    for report in sample_reports():
        for slug, given_value in report["metrics"].items():
            amount = read_amount(given_value["raw"], counted_in=config.metric(slug).counted_in)
            read += 1
            expected = (Decimal(str(given_value["value"])), given_value["approx"])
            if (amount.value, amount.approx) != expected:
                wrong.append((report["id"], slug, given_value["raw"], amount))
    assert wrong == []
    assert read == 48


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_whole_number_is_read_as_itself(number: int) -> None:
    assert read_amount(str(number), counted_in="份").value == number
    assert read_amount(f"{number:,}份", counted_in="份").value == number


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        amount = read_amount(text, counted_in="万元")
    except BusinessError:
        return
    assert amount.value >= 0


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("悬挂横幅120 多条", ("悬挂横幅", "120 多条")),
        ("横幅约 120 条", ("横幅", "约 120 条")),
        ("培训共10期", ("培训", "共10期")),
        ("120条", None),
        ("横幅", None),
    ],
)
def test_a_name_before_a_number_is_told_apart(text: str, split: tuple[str, str] | None) -> None:
    assert split_named(text) == split


@pytest.mark.parametrize(
    ("text", "plain"),
    [("60", True), ("约60人", True), ("2,800人", True), ("2.5万", False), ("60余人", False)],
)
def test_only_readings_that_say_more_than_the_number_need_showing(text: str, plain: bool) -> None:
    assert is_plain(read_amount(text, counted_in="人"), counted_in="人") is plain
