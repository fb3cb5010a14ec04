"""What a line looks for: numbers, tasks, times and units are known, the rest are words."""

from datetime import UTC, date, datetime

import pytest

from bot.config import Config
from bot.features.finding.errors import NothingToFind, SearchTooLong
from bot.features.finding.words import MOST_WORDS, Wanted, read_search
from bot.features.reports.reading.dates import Limits
from bot.features.units.models import Unit, UnitKind

LIMITS = Limits(date(2023, 1, 1), date(2024, 6, 20))
REGISTER = [
    Unit(
        id=number,
        slug=f"u{number}",
        name=name,
        kind=UnitKind.unit,
        position=number,
        opened_at=datetime(2024, 1, 1, tzinfo=UTC),
    )
    for number, name in enumerate(("区科协", "区科技局", "团区委"), 1)
]


def read(text: str, campaign: Config) -> Wanted:
    return read_search(text, campaign, REGISTER, LIMITS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("培训", Wanted(words=("培训",))),
        ("c2", Wanted(task="C2")),
        ("6月", Wanted(since=date(2024, 6, 1), until=date(2024, 7, 1))),
        ("3月28日", Wanted(since=date(2024, 3, 28), until=date(2024, 3, 29))),
        ("2024-06", Wanted(since=date(2024, 6, 1), until=date(2024, 7, 1))),
        ("2023年", Wanted(since=date(2023, 1, 1), until=date(2024, 1, 1))),
        ("12月", Wanted(words=("12月",))),  # not come yet: it can only be a word
        ("每周五", Wanted(words=("每周五",))),
        ("科协", Wanted(unit_ids=(1,))),
        ("区科技局", Wanted(unit_ids=(2,))),
        ("协", Wanted(words=("协",))),
        ("2024-C2-017", Wanted(number=(2024, "C2", 17), index="2024-C2-017")),
        ("No.2024-c2-17", Wanted(number=(2024, "C2", 17), index="No.2024-c2-17")),
        ("C2-17", Wanted(number=(2024, "C2", 17), index="C2-17")),
        ("2024-C2-017-02", Wanted(index="2024-C2-017-02")),
        ("2024-O1-kexie-01", Wanted(index="2024-O1-kexie-01")),
        (
            "C2 6月，科协、培训；现场",
            Wanted(
                task="C2",
                since=date(2024, 6, 1),
                until=date(2024, 7, 1),
                unit_ids=(1,),
                words=("培训", "现场"),
            ),
        ),
        ("C2 C3", Wanted(task="C2", words=("C3",))),
    ],
)
def test_a_line_is_read(text: str, wanted: Wanted, campaign: Config) -> None:
    assert read(text, campaign) == wanted


def test_a_line_is_not_read_for_ever(campaign: Config) -> None:
    assert len(read(" ".join("字" * 20), campaign).words) == MOST_WORDS


@pytest.mark.parametrize(("text", "error"), [(" 、 ", NothingToFind), ("字" * 101, SearchTooLong)])
def test_nothing_and_too_much_are_refused(
    text: str, error: type[Exception], campaign: Config
) -> None:
    with pytest.raises(error):
        read(text, campaign)
