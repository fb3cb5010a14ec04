"""To whom digests go, page by page: on both databases, in constant memory (BUL-03)."""

import gc
import tracemalloc
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.digests import sending
from bot.features.digests.sending import Close, Send, due, each_recipient
from bot.features.digests.weeks import latest_week
from bot.features.people.models import Grant, Person
from bot.features.runs import service as runs
from tests.jobs.ticking import shanghai
from tests.support.clock import SetClock
from tests.support.people import counting

MONDAY = shanghai("06-17T09:00")
_COLLECT_EVERY = 1_000


def people(
    store: Store, count: int, role: Role = Role.volunteer, *, first: int = 5_000_000
) -> None:
    """Let so many people hold a role; `first` is Telegram's number of the first one."""

    def add(work: Work) -> None:
        rows = [
            {
                "telegram_id": first + number,
                "name": "某人",
                "language": "zh_CN",
                "created_at": work.now,
            }
            for number in range(count)
        ]
        ids = work.session.scalars(insert(Person).returning(Person.id), rows).all()
        granted = [{"person_id": number, "role": role, "granted_at": work.now} for number in ids]
        work.session.execute(insert(Grant), granted)

    store.write_now(add)


def test_a_page_at_a_time_is_due_and_the_week_is_closed_with_the_last(
    any_store: Store, campaign: Config, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAGE", 2)
    people(any_store, 5)
    clock.at = MONDAY
    seen: list[int] = []
    for wanted in (2, 2, 1):
        effects = any_store.read_now(lambda view: due(view, campaign))
        sends = [one for one in effects if isinstance(one, Send)]
        assert sum(len(one.person_ids) for one in sends) == wanted
        assert any(isinstance(one, Close) for one in effects) is (wanted == 1)
        seen += [number for one in sends for number in one.person_ids]
        any_store.write_now(lambda work, sends=sends: claimed(work, sends))  # type: ignore[misc]
    assert seen == sorted(set(seen))
    assert len(seen) == 5


def claimed(work: Work, sends: list[Send]) -> None:
    for one in sends:
        for number in one.person_ids:
            runs.claim(work, sending.DIGESTS, sending.scope_of(number), one.week.key)


def test_who_had_theirs_is_left_out_and_only_in_that_week(
    any_store: Store, campaign: Config, clock: SetClock
) -> None:
    people(any_store, 3)
    clock.at = MONDAY
    week = any_store.read_now(lambda view: latest_week(campaign, view.now))
    everybody = any_store.read_now(lambda view: list(each_recipient(view, week)))
    any_store.write_now(lambda work: claimed(work, [Send(week, (everybody[1],))]))
    left = [everybody[0], everybody[2]]
    assert any_store.read_now(lambda view: list(each_recipient(view, week))) == left
    clock.at = MONDAY + timedelta(days=7)
    after = any_store.read_now(lambda view: latest_week(campaign, view.now))
    assert any_store.read_now(lambda view: list(each_recipient(view, after))) == everybody


def test_several_roles_are_one_recipient(
    any_store: Store, campaign: Config, clock: SetClock
) -> None:
    people(any_store, 2)

    def again(work: Work) -> None:
        number = work.session.query(Person.id).order_by(Person.id).first()
        assert number is not None
        work.session.add(Grant(person_id=number[0], role=Role.team_lead, granted_at=work.now))

    any_store.write_now(again)
    clock.at = MONDAY
    week = any_store.read_now(lambda view: latest_week(campaign, view.now))
    assert len(any_store.read_now(lambda view: list(each_recipient(view, week)))) == 2


def peak_of(store: Store, config: Config) -> int:
    """Return the most memory, in bytes, that planning a week takes."""

    def look(view: View) -> int:
        week = latest_week(config, view.now)
        tracemalloc.start()
        number = 0
        for number, _ in enumerate(each_recipient(view, week), start=1):
            if number % _COLLECT_EVERY == 0:
                gc.collect()  # Rings that nobody holds are no memory that is needed.
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert number
        return peak

    return store.read_now(look)


def test_planning_a_week_holds_a_page_of_people_and_no_more(
    store: Store, campaign: Config, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten times the people take no more memory; looked up all at once they would."""

    def peak(people_more: int, page: int) -> int:
        clock.at = MONDAY - timedelta(days=1)
        if people_more:
            people(store, people_more, first=5_000_000 + people_more)
        clock.at = MONDAY
        monkeypatch.setattr(sending, "PAGE", page)
        return peak_of(store, campaign)

    peak(100, page=100)  # What is loaded and compiled at the first time does not count.
    few = peak(900, page=100)
    many = peak(9_000, page=100)
    assert many < 1.5 * few
    assert few < 1 << 20
    assert peak(0, page=10_000) > 5 * many


def test_finding_out_whom_it_goes_to_takes_two_statements_however_many_they_are(
    any_store: Store, campaign: Config, clock: SetClock
) -> None:
    def statements() -> int:
        def look(view: View) -> int:
            with counting(view) as counted:
                due(view, campaign)
            return len(counted.texts)

        return any_store.read_now(look)

    def how_many(view: View) -> int:
        sends = [one for one in due(view, campaign) if isinstance(one, Send)]
        return sum(len(one.person_ids) for one in sends)

    clock.at = MONDAY - timedelta(days=1)
    people(any_store, 1)
    clock.at = MONDAY
    few = statements()
    people_before = any_store.read_now(how_many)
    clock.at = MONDAY - timedelta(days=1)
    any_store.write_now(more)
    clock.at = MONDAY
    assert any_store.read_now(how_many) == people_before + 300
    assert statements() == few == 2


def more(work: Work) -> None:
    for number in range(300):
        person = Person(
            telegram_id=9_000_000 + number, name="某人", language="zh_CN", created_at=work.now
        )
        work.session.add(person)
        work.session.flush()
        work.session.add(Grant(person_id=person.id, role=Role.volunteer, granted_at=work.now))
