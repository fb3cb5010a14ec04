"""Reading what a lead types of a post's numbers (VOL-09, REP-08)."""

import pytest

from bot.features.closing.errors import NotACount, NumbersUnreadable
from bot.features.closing.models import Counted
from bot.features.closing.typed import read_count, read_counts
from bot.features.reports.errors import AmountUnreadable


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "接触约300人 传单200余份 咨询30人 签名50人 问20人 知道18人",
            "reached ~300 leaflets ~200 consultations 30 signatures 50 asked 20 knew 18",
        ),
        ("发放宣传单5000余份，接受群众咨询1000多人", "leaflets ~5000 consultations ~1000"),
        ("宣传单 2 份；现场签名：50", "leaflets 2 signatures 50"),
        ("咨询 \uff13\uff10 人", "consultations 30"),
        ("资料2.5万份", "leaflets 25000"),
        ("咨询30 咨询40", "consultations 40"),
    ],
)
def test_a_line_of_numbers_is_read(text: str, read: str) -> None:
    found = [
        f"{what} {'~' if amount.approx else ''}{int(amount.value)}"
        for what, amount in read_counts(text).items()
    ]
    assert " ".join(found) == read


@pytest.mark.parametrize("text", ["", "今天很热", "300", "接触300 苹果5"])
def test_what_names_nothing_that_is_counted_is_refused(text: str) -> None:
    with pytest.raises(NumbersUnreadable):
        read_counts(text)


def test_halves_and_words_are_no_counts() -> None:
    with pytest.raises(NotACount):
        read_counts("传单1.5份")
    with pytest.raises(AmountUnreadable):
        read_count("很多", Counted.leaflets)
