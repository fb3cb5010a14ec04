"""Numbers as cards say them."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.chat.cards.reports.words import amount_text
from bot.chat.render import Voice, to_plain
from bot.features.reports.reading.amounts import Amount, Bound


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Amount(Decimal(310), approx=True, raw=""), "约310人"),
        (Amount(Decimal(310), approx=False, raw="", bound=Bound.at_least), "310人以上"),
        (Amount(Decimal(310), approx=True, raw="", bound=Bound.at_least), "约310人以上"),
        (Amount(Decimal(310), approx=True, raw="", bound=Bound.at_most), "不到约310人"),
    ],
)
def test_about_and_an_open_end_are_both_said(amount: Amount, said: str) -> None:
    voice = Voice("zh_CN", ZoneInfo("Asia/Shanghai"))
    assert to_plain(amount_text(amount, "人"), voice) == said
