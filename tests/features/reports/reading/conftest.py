"""A reader of the shipped configuration."""

from datetime import date

import pytest

from bot.features.reports.reading.dates import Limits
from bot.features.reports.reading.days import Today
from bot.features.reports.reading.paragraph import Reader, reader_of
from tests.support.config import make_config

TODAY = Today(Limits(first=date(2023, 1, 1), today=date(2024, 12, 31)))


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Return the reader of the shipped configuration."""
    return reader_of(make_config())


@pytest.fixture
def today() -> Today:
    """Return the last day of the campaign's first year."""
    return TODAY
