"""Which version of a filing stands, and whether it came in time (REP-20, TIME-04)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.dates import end_of
from bot.core.roles import Role
from bot.features.deadlines.board import Standing
from bot.features.deadlines.errors import EndNeeded, NotWithdrawable, NotYourUnit
from bot.features.deadlines.models import FilingState
from bot.features.deadlines.review import accept, return_filing, withdraw_filing
from bot.features.deadlines.standing import Version, came_late, counted, due_at, settles, standing
from bot.features.units.service import add_members, close_unit
from tests.features.deadlines.conftest import Office
from tests.jobs.ticking import shanghai
from tests.support.clock import SetClock
from tests.support.people import make, unit_named

ENDS = shanghai("07-01T00:00")
SHANGHAI = ZoneInfo("Asia/Shanghai")
STATES = {
    "s": FilingState.submitted,
    "a": FilingState.accepted,
    "r": FilingState.returned,
    "w": FilingState.withdrawn,
    "n": FilingState.no_activity,
    "e": FilingState.explained,
}


def end(day: date) -> datetime:
    return shanghai(f"{day:%m-%d}T00:00") + timedelta(days=1)


def versions(states: str, *, first: str = "06-20", until: date | None = None) -> list[Version]:
    """Return versions a day after the other, by the letters of their states."""
    start = shanghai(f"{first}T10:00")
    return [
        Version(
            number,
            number,
            STATES[letter],
            start + timedelta(days=number - 1),
            until if letter == "e" else None,
        )
        for number, letter in enumerate(states, 1)
    ]


@pytest.mark.parametrize(
    ("states", "stands", "owes_no_more", "figures"),
    [
        ("s", 1, True, 1),
        ("ss", 2, True, 2),
        ("a", 1, True, 1),
        ("as", 2, True, 1),  # the correction waits: totals follow the accepted version
        ("aa", 2, True, 2),
        ("ar", 1, True, 1),  # the correction came back: what was accepted stays
        ("aw", 1, True, 1),
        ("asw", 1, True, 1),
        ("r", 1, False, None),
        ("sr", 2, False, None),
        ("rs", 2, True, 2),
        ("w", 1, False, None),
        ("sw", 2, False, None),
        ("n", 1, True, None),
        ("an", 2, True, None),  # filed again as nothing: its figures count no more
    ],
)
def test_the_last_version_stands_unless_it_came_back(
    states: str, stands: int, owes_no_more: bool, figures: int | None
) -> None:
    given = versions(states)
    one = standing(given)
    assert one.number == stands
    assert settles(one, now=ENDS, end_of=end) is owes_no_more
    counts = counted(given)
    assert (None if counts is None else counts.number) == figures


@pytest.mark.parametrize(
    ("states", "first", "until", "late"),
    [
        ("s", "06-30", None, False),
        ("s", "07-01", None, True),
        ("rs", "06-30", None, False),  # returned in time, mended later: in time
        ("ws", "06-30", None, True),  # what was taken back never came
        ("w", "06-30", None, None),
        ("es", "06-30", date(2024, 7, 5), False),  # within the excuse
        ("es", "06-30", date(2024, 6, 30), True),  # the excuse had ended
        ("es", "07-02", date(2024, 7, 20), True),  # an explanation that came late excuses nothing
        ("e", "07-02", date(2024, 7, 20), True),
        ("e", "06-30", date(2024, 7, 20), False),
        ("ees", "06-29", date(2024, 7, 1), False),
    ],
)
def test_what_came_in_time_stays_in_time(
    states: str, first: str, until: date | None, late: bool | None
) -> None:
    assert came_late(versions(states, first=first, until=until), ENDS, end) is late


def test_only_an_explanation_in_time_moves_what_is_late() -> None:
    assert due_at(versions("e", until=date(2024, 7, 9)), ENDS, end) == end(date(2024, 7, 9))
    assert due_at(versions("e", first="07-02", until=date(2024, 7, 9)), ENDS, end) == ENDS
    assert end(date(2024, 7, 9)) == end_of(date(2024, 7, 9), SHANGHAI)


def test_the_four_states_are_told_apart_and_the_two_figures_have_their_denominators(
    office: Office, clock: SetClock
) -> None:
    def counts() -> dict[Standing, int]:
        board = office.board("O2", "2024-06")
        return {standing: board.count(standing) for standing in Standing}

    clock.at = shanghai("06-28T10:00")
    keji, jiaoyu, zhujian = (
        make(office.store, Role.contact, unit=slug) for slug in ("keji", "jiaoyu", "zhujian")
    )
    office.month(slug="keji", by=keji)
    office.nothing(slug="jiaoyu", by=jiaoyu)
    office.nothing(slug="zhujian", by=zhujian, until=date(2024, 7, 5))
    assert counts() == {
        Standing.filed: 1,
        Standing.no_activity: 1,
        Standing.explained: 1,
        Standing.missing: 15,
        Standing.overdue: 0,
    }
    clock.at = shanghai("07-02T10:00")
    office.month()  # late
    board = office.board("O2", "2024-06")
    assert counts()[Standing.overdue] == 14
    assert (board.complete, board.on_time, board.expected) == (3, 2, 17)
    clock.at = shanghai("07-06T00:00")
    board = office.board("O2", "2024-06")
    assert counts()[Standing.explained] == 0
    assert counts()[Standing.overdue] == 15
    assert (board.complete, board.on_time, board.expected) == (3, 2, 18)


def test_a_unit_counts_from_its_opening_to_its_closing(office: Office, clock: SetClock) -> None:
    clock.at = shanghai("06-20T10:00")
    group = office.store.read_now(lambda view: unit_named(view, "quzhi-jiguan").id)
    office.store.write_now(
        lambda work: add_members(work, actor=office.coordinator, group_id=group, names=["区档案馆"])
    )
    clock.at = shanghai("07-15T10:00")
    keji = office.where(slug="keji").unit_id
    office.store.write_now(lambda work: close_unit(work, actor=office.coordinator, unit_id=keji))
    clock.at = shanghai("08-02T10:00")
    june, july = office.board("O2", "2024-06"), office.board("O2", "2024-07")
    names = [{slot.unit.name for slot in board.slots} for board in (june, july)]
    assert ("区档案馆" in names[0], "区科技局" in names[0]) == (True, True)
    assert ("区档案馆" in names[1], "区科技局" in names[1]) == (True, False)
    assert (len(june.slots), len(july.slots)) == (19, 18)


def test_what_is_taken_back_before_its_review_is_owed_again(office: Office) -> None:
    month = office.month()
    stranger = make(office.store, Role.contact, unit="keji")
    with pytest.raises(NotYourUnit):
        office.store.write_now(lambda work: withdraw_filing(work, month.id, actor=stranger))
    office.store.write_now(lambda work: withdraw_filing(work, month.id, actor=office.contact))
    board = office.board("O2", "2024-06")
    assert [slot.unit.slug for slot in board.filed] == []
    with pytest.raises(NotWithdrawable):
        office.store.write_now(lambda work: withdraw_filing(work, month.id, actor=office.contact))


def test_what_was_accepted_is_corrected_and_not_taken_back(office: Office) -> None:
    month = office.month()
    office.store.write_now(lambda work: accept(work, month.id, actor=office.coordinator))
    with pytest.raises(NotWithdrawable):
        office.store.write_now(lambda work: withdraw_filing(work, month.id, actor=office.contact))
    second = office.month(text="更正。")
    office.store.write_now(
        lambda work: return_filing(work, second.id, actor=office.coordinator, reason="数据请核对")
    )
    [slot] = office.board("O2", "2024-06").filed
    assert slot.filing is not None
    assert (slot.filing.version, slot.filing.latest.state) == (1, FilingState.returned)


@pytest.mark.parametrize("day", [date(2024, 6, 2), date(2024, 9, 4), date(2025, 6, 3)])
def test_an_explanation_ends_within_a_quarter(office: Office, day: date) -> None:
    with pytest.raises(EndNeeded):
        office.nothing(until=day)
    assert office.board("O2", "2024-06").filed == []
