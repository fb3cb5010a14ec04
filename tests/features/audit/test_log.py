"""The audit log holds who did what, in numbers, and is only ever added to (ORG-18, SYS-07)."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.db.store import Store
from bot.db.work import Work
from bot.features.audit.queries import entries_about, entries_by
from bot.features.audit.service import record
from tests.support import people
from tests.support.clock import SetClock


def test_an_entry_says_who_when_what_and_to_whom(store: Store, clock: SetClock) -> None:
    actor = people.make(store)
    store.write_now(
        lambda work: record(work, "unit.close", "unit:3", actor_id=actor.person_id, reports=5)
    )
    [entry] = store.read_now(lambda view: entries_about(view, "unit:3"))
    assert (entry.at, entry.actor_id, entry.action, entry.data) == (
        clock.now(),
        actor.person_id,
        "unit.close",
        {"reports": 5},
    )
    assert store.read_now(lambda view: entries_about(view, "unit:30")) == []


def test_the_shell_and_the_jobs_have_no_number(store: Store) -> None:
    store.write_now(lambda work: record(work, "unit.load", "unit:1", actor_id=None))
    [entry] = store.read_now(lambda view: entries_about(view, "unit:1"))
    assert entry.actor_id is None


def test_the_latest_entries_come_in_the_order_of_what_happened(store: Store) -> None:
    actor = people.make(store)

    def act(work: Work) -> None:
        for number in range(5):
            record(work, f"act.{number}", "unit:1", actor_id=actor.person_id)

    store.write_now(act)
    found = store.read_now(lambda view: entries_by(view, actor.person_id, most=3))
    assert [entry.action for entry in found] == ["act.2", "act.3", "act.4"]


def test_an_entry_of_nobody_known_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError):
        store.write_now(lambda work: record(work, "unit.close", "unit:3", actor_id=999))
