"""What numbers come to, by each metric's rule (REP-16)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.config import Config
from bot.features.reports.metrics import find_metrics
from bot.features.reports.rollup import Reading, totals
from bot.features.reports.rules import number_of, read_number

START = datetime(2024, 6, 3, tzinfo=UTC)


def reading(
    metric: str, value: str, *, unit: int = 1, day: int = 0, approx: bool = False
) -> Reading:
    return Reading(metric, unit, Decimal(value), approx, START + timedelta(days=day))


def values(config: Config, *readings: Reading) -> dict[str, tuple[Decimal, bool]]:
    return {one.metric.slug: (one.value, one.approx) for one in totals(config, readings)}


def test_sums_are_exact_and_about_when_a_part_is(campaign: Config) -> None:
    found = values(
        campaign,
        reading("funds_wan", "0.1"),
        reading("funds_wan", "0.2"),
        reading("leaflets_distributed", "5000", approx=True),
        reading("leaflets_distributed", "1"),
    )
    assert found == {
        "funds_wan": (Decimal("0.3"), False),
        "leaflets_distributed": (Decimal(5001), True),
    }


def test_a_state_counts_by_each_units_last_report(campaign: Config) -> None:
    found = values(
        campaign,
        reading("boards_set", "18", day=0, approx=True),
        reading("boards_set", "20", day=5),
        reading("boards_set", "7", unit=2, day=1),
    )
    assert found == {"boards_set": (Decimal(27), False)}


def test_the_largest_counts_where_units_take_part_together(campaign: Config) -> None:
    found = values(campaign, reading("member_units", "30"), reading("member_units", "12", day=1))
    assert found == {"member_units": (Decimal(30), False)}


def test_shares_of_several_units_make_no_sum(campaign: Config) -> None:
    assert (
        values(campaign, reading("coverage_rate", "100"), reading("coverage_rate", "90", unit=2))
        == {}
    )
    assert values(
        campaign, reading("coverage_rate", "90"), reading("coverage_rate", "95", day=1)
    ) == {"coverage_rate": (Decimal(95), False)}


def test_metrics_that_the_file_has_dropped_are_left_out(campaign: Config) -> None:
    assert values(campaign, reading("gone", "1")) == {}


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("横幅", ["banners_hung"]),
        ("悬挂横幅", ["banners_hung"]),
        ("‘门前三包’", []),  # other quotation marks than the document's
        ("培训", ["training_sessions", "trainees"]),
        ("宣传单", ["leaflets_distributed"]),
        ("散发材料", ["materials_distributed"]),  # its characters in this order
        ("直升机", []),
        ("", []),
    ],
)
def test_a_metric_is_found_by_a_part_of_its_name(
    campaign: Config, words: str, slugs: list[str]
) -> None:
    assert [metric.slug for metric in find_metrics(campaign, words)] == slugs


def test_every_metric_is_found_by_its_own_name(campaign: Config) -> None:
    for metric in campaign.metrics:
        assert find_metrics(campaign, metric.name) == [metric]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2024-C2-017", (2024, "C2", 17)),
        ("No. 2024-c2-17", (2024, "c2", 17)),
        ("C2-17", (2023, "C2", 17)),
        ("2024-00-001", (2024, "00", 1)),
        ("你好", None),
        ("2024", None),
    ],
)
def test_a_number_is_read_with_or_without_its_year(
    text: str, number: tuple[int, str, int] | None
) -> None:
    assert read_number(text, year=2023) == number


def test_a_number_has_at_least_three_digits() -> None:
    assert [number_of(2024, "C2", n) for n in (1, 1234)] == ["2024-C2-001", "2024-C2-1234"]
