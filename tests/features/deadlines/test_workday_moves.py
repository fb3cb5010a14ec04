"""The office corrects a day: what moves is named before, and moves at once and aloud (TIME-17)."""

from datetime import date

import pytest

from bot.config import ALL_RESPONSIBLE_UNITS, Form, Frequency
from bot.core.errors import NotAllowed
from bot.db.store import Store
from bot.features.audit.models import AuditEntry
from bot.features.deadlines.errors import DayKnownSo, DayNotOpen
from bot.features.deadlines.moving import keep
from bot.features.deadlines.workday_moves import correct_day, moves_by, other_kind
from bot.features.obligations.service import Order, make
from bot.features.people.actor import Actor
from bot.features.workdays.models import DayKind
from bot.features.workdays.queries import day_kind
from bot.features.workdays.service import load_workdays
from tests.features.deadlines.conftest import Office
from tests.jobs.ticking import messages

FRIDAY = date(2024, 6, 28)
"""The last working day of June 2024."""
AT_THE_END = Order(
    "月末小结",
    form=Form.text,
    who=(ALL_RESPONSIBLE_UNITS,),
    frequency=Frequency.monthly,
    due_day="last-workday",
    ladder="usual",
)


@pytest.fixture
def counting(office: Office) -> Office:
    """Let all units owe something by the last working day of the month."""

    def write(work: object) -> None:
        load_workdays(work, office.config)  # type: ignore[arg-type]
        make(work, AT_THE_END, actor=office.coordinator, config=office.config)  # type: ignore[arg-type]
        keep(work, office.config)  # type: ignore[arg-type]

    office.store.write_now(write)
    return office


def correct(office: Office, day: date, kind: DayKind, *, by: Actor | None = None) -> None:
    actor = by or office.coordinator
    office.store.write_now(lambda work: correct_day(work, office.config, day, kind, actor=actor))


def told(store: Store) -> list[str]:
    return [row.payload["html"] for row in messages(store) if row.dedupe_key.startswith("moved:")]


def test_what_moves_is_named_before_and_told_once(counting: Office) -> None:
    kind = counting.store.read_now(lambda view: other_kind(view, counting.config, FRIDAY))
    [move] = counting.store.read_now(lambda view: moves_by(view, counting.config, FRIDAY, kind))
    assert (kind, move.before.last_day, move.after.last_day) == (
        DayKind.rest,
        FRIDAY,
        date(2024, 6, 27),
    )
    assert told(counting.store) == []
    correct(counting, FRIDAY, DayKind.rest)
    [news] = told(counting.store)
    assert "6月 月末小结：原定 6月28日（周五），现改为 6月27日（周四）" in news
    with pytest.raises(DayKnownSo):
        correct(counting, FRIDAY, DayKind.rest)
    [entry] = counting.store.read_now(
        lambda view: [
            one for one in view.session.query(AuditEntry) if one.action == "workday.corrected"
        ]
    )
    assert entry.data == {"kind": "rest", "moved": ["1:2024-06"]}


def test_a_day_in_the_middle_moves_nothing(counting: Office) -> None:
    correct(counting, date(2024, 6, 12), DayKind.rest)
    assert counting.store.read_now(lambda view: day_kind(view, date(2024, 6, 12))) is DayKind.rest
    assert told(counting.store) == []


def test_a_correction_outlives_the_next_seeding(counting: Office) -> None:
    correct(counting, FRIDAY, DayKind.rest)
    counting.store.write_now(lambda work: load_workdays(work, counting.config))
    assert counting.store.read_now(lambda view: day_kind(view, FRIDAY)) is DayKind.rest


@pytest.mark.parametrize("day", [date(2024, 6, 2), date(2027, 6, 9)])
def test_what_is_over_or_not_published_is_not_corrected(counting: Office, day: date) -> None:
    with pytest.raises(DayNotOpen):
        correct(counting, day, DayKind.holiday)


def test_only_the_office_corrects(counting: Office) -> None:
    with pytest.raises(NotAllowed):
        correct(counting, FRIDAY, DayKind.rest, by=counting.contact)
    assert counting.store.read_now(lambda view: day_kind(view, FRIDAY)) is DayKind.working
