"""A pasted report names both numbers of the share, and nothing else is taken for them."""

import pytest

from bot.config import Config
from bot.features.reports.reading.paragraph import reader_of
from tests.features.reports.reading.conftest import TODAY


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("辖区户外广告共120块，其中创建内容公益广告24块。", {"outdoor_ads": 120, "outdoor_ads_themed": 24}),
        ("现有户外广告120块，创建内容的公益广告22块。", {"outdoor_ads": 120, "outdoor_ads_themed": 22}),
        ("户外广告总数1200块，其中文明城市创建内容的公益广告有300块。", {"outdoor_ads": 1200, "outdoor_ads_themed": 300}),
        ("在工地围墙设置创建公益广告20处，新设户外广告30块。", {}),
    ],
)  # fmt: skip
def test_the_two_numbers_are_found(campaign: Config, text: str, found: dict[str, int]) -> None:
    reading = reader_of(campaign).read(text, today=TODAY, unit_slug="chengguan")
    values = {one.metric: int(one.amount.value) for one in reading.values}
    assert values == found
