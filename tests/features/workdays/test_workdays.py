"""Which days people work on: seeded once, correctable, and never guessed (TIME-17)."""

from datetime import date

import pytest

from bot.chat.cards.workdays import day_marks
from bot.chat.text import T
from bot.config import Config
from bot.db.store import Store
from bot.features.workdays.models import DayKind, Workday
from bot.features.workdays.queries import day_kind, holiday_names
from bot.features.workdays.service import load_workdays


@pytest.fixture
def loaded(store: Store, campaign: Config) -> Store:
    store.write_now(lambda work: load_workdays(work, campaign))
    return store


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2024, 6, 7), DayKind.working),
        (date(2024, 6, 8), DayKind.rest),
        (date(2024, 6, 9), DayKind.rest),
        (date(2024, 6, 10), DayKind.holiday),  # 端午节
        (date(2024, 9, 14), DayKind.working),  # a Saturday worked for 中秋节
        (date(2024, 9, 16), DayKind.holiday),
        (date(2027, 6, 9), None),  # not published yet
    ],
)
def test_a_day_is_what_was_published(loaded: Store, day: date, kind: DayKind | None) -> None:
    assert loaded.read_now(lambda view: day_kind(view, day)) is kind


def test_only_holidays_have_a_holidays_name(loaded: Store) -> None:
    days = [date(2024, 6, 10), date(2024, 6, 8), date(2024, 9, 14)]
    names = loaded.read_now(lambda view: holiday_names(view, days))
    assert names == {date(2024, 6, 10): "端午节"}


def test_loading_twice_changes_nothing_and_keeps_corrections(
    loaded: Store, campaign: Config
) -> None:
    def correct(day: date) -> None:
        loaded.write_now(
            lambda work: setattr(work.session.get_one(Workday, day), "kind", DayKind.working)
        )

    correct(date(2024, 6, 10))
    assert loaded.write_now(lambda work: load_workdays(work, campaign)) == 0
    kind = loaded.read_now(lambda view: day_kind(view, date(2024, 6, 10)))
    assert kind is DayKind.working


def test_a_calendar_marks_holidays_and_worked_weekends_only(loaded: Store) -> None:
    mark = loaded.read_now(lambda view: day_marks(view, date(2024, 6, 1), date(2024, 9, 30)))
    marked = {
        day: mark(day)
        for day in (date(2024, 6, 7), date(2024, 6, 8), date(2024, 6, 10), date(2024, 9, 14))
    }
    assert marked == {
        date(2024, 6, 7): None,
        date(2024, 6, 8): None,
        date(2024, 6, 10): T("calendar.rest"),
        date(2024, 9, 14): T("calendar.work"),
    }


def test_an_unpublished_year_carries_no_marks(loaded: Store) -> None:
    mark = loaded.read_now(lambda view: day_marks(view, date(2027, 10, 1), date(2027, 10, 31)))
    assert {mark(date(2027, 10, number)) for number in range(1, 32)} == {None}
