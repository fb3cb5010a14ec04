"""Routines of units: asked for once a period on the day itself, and never when done (TIME-09)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest

from bot.config import Config
from bot.core.errors import BusinessError, NotAllowed, NotFound, StaleButton
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.models import Grant
from bot.features.people.service import mark_reachable, mark_unreachable
from bot.features.rehearsal.senders import SENDERS
from bot.features.routines import asking, service
from bot.features.routines.errors import (
    AlreadyDone,
    NoSuchChoice,
    RoutineUnnamed,
    TooManyRoutines,
)
from bot.features.routines.models import Rhythm, Routine
from bot.features.routines.rules import MOST_ROUTINES
from bot.features.routines.service import Wanted
from bot.features.runs.foresight import ahead
from bot.features.units.queries import get_unit
from bot.features.workdays.service import load_workdays
from jobs import routines
from tests.jobs.ticking import Ticking, shanghai, statements
from tests.support.clock import SetClock
from tests.support.people import again, load, make, messages

STUDY = Wanted("集体读书学习", Rhythm.weekly, 4, 9)
FRIDAY = date(2024, 6, 14)
MONDAY_9 = shanghai("06-03T09:00")

T = TypeVar("T")


@dataclass
class Scene:
    """A unit with a contact, a clock to move, and what is asked of them."""

    store: Store
    config: Config
    clock: SetClock
    contact: Actor

    def set(self, wanted: Wanted = STUDY, actor: Actor | None = None) -> int:
        """Let the unit have a routine."""
        return self.write(
            lambda work: (
                service.set_routine(
                    work,
                    self.config,
                    actor=actor or self.contact,
                    unit_id=get_unit(work, "kexie").id,
                    wanted=wanted,
                ).id
            )
        )

    def done(self, number: int, day: date, actor: Actor | None = None) -> None:
        """Note a routine as done."""
        by = actor or self.contact
        self.write(
            lambda work: service.mark_done(work, self.config, actor=by, routine_id=number, day=day)
        )

    def write(self, act: Callable[[Work], T]) -> T:
        """Do something in a transaction."""
        return self.store.write_now(act)

    def asked(self, at: datetime, actor: Actor | None = None) -> int:
        """Let the job run at a moment; return how often somebody was asked by then."""
        self.clock.at = at
        Ticking(self.store, self.config, routines.job).tick()
        told = messages(self.store, actor or self.contact)
        return sum(STUDY.name in one for one in told)

    def days(self, first: str, count: int, at: str = "09:00") -> list[str]:
        """Let the job run on many days; return on which somebody was asked."""
        start, found, before = shanghai(f"{first}T{at}"), [], self.asked(self.clock.at)
        for number in range(count):
            moment = start + timedelta(days=number)
            after = self.asked(moment)
            found += [f"{moment:%m-%d}"] * (after - before)
            before = after
        return found

    def foreseen(self, until: datetime) -> list[tuple[int, datetime]]:
        """Return whom the rehearsal shows when."""
        [sender] = [one for one in SENDERS if one.kind == asking.KIND]
        return self.store.read_now(
            lambda view: [
                (one.person_id, one.at) for one in sender.foresee(ahead(view), self.config, until)
            ]
        )


@pytest.fixture
def scene(any_store: Store, campaign: Config, clock: SetClock) -> Scene:
    clock.at = MONDAY_9
    load(any_store, campaign)
    any_store.write_now(lambda work: load_workdays(work, campaign))
    contact = make(any_store, Role.contact, unit="kexie", name="王老师")
    return Scene(any_store, campaign, clock, contact)


def test_it_is_asked_once_by_two_copies_on_its_day(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = scene.set()
    assert scene.asked(shanghai("06-14T08:59")) == 0
    scene.clock.at = shanghai("06-14T09:00")
    effects = scene.store.read_now(lambda view: routines.due(view, scene.config))
    assert [one.routine_id for one in effects] == [number]
    assert [scene.asked(shanghai("06-14T09:00")), scene.asked(shanghai("06-14T15:00"))] == [1, 1]
    again_taken = [scene.write(lambda work: asking.take(work, scene.config, effects[0]))]
    assert again_taken == [None]
    monkeypatch.setattr(asking, "_claim", lambda *_, **__: True)
    monkeypatch.setattr(asking, "noted", lambda *_: set())
    scene.clock.at = effects_at = shanghai("06-14T09:00")
    doubled = scene.write(lambda work: asking.take(work, scene.config, effects[0]))
    assert doubled is not None, f"without the claim it would be taken twice at {effects_at}"


def test_late_it_is_asked_the_same_day_out_of_quiet_hours_and_never_after(scene: Scene) -> None:
    scene.set()
    assert scene.asked(shanghai("06-14T22:30")) == 0
    assert scene.asked(shanghai("06-15T09:00")) == 0
    assert scene.asked(shanghai("06-21T21:30")) == 1


def test_what_was_done_before_is_not_asked_that_period(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = scene.set()
    scene.clock.at = shanghai("06-12T10:00")
    scene.done(number, date(2024, 6, 12))
    with pytest.raises(AlreadyDone):
        scene.done(number, date(2024, 6, 11))
    assert scene.asked(shanghai("06-14T09:00")) == 0
    assert scene.asked(shanghai("06-21T09:00")) == 1
    with monkeypatch.context() as patch:
        patch.setattr(asking, "done_periods", lambda *_: set())
        assert scene.asked(shanghai("06-14T09:00")) == 2, "the mark is what keeps it quiet"


@pytest.mark.parametrize(
    ("wanted", "first", "count", "days"),
    [
        # The 10th of June 2024 is 端午节: it is left out, and not made up for.
        (replace(STUDY, day=0), "06-04", 14, ["06-17"]),
        (replace(STUDY, rhythm=Rhythm.daily, day=None), "06-07", 6, ["06-07", "06-11", "06-12"]),
        (replace(STUDY, rhythm=Rhythm.monthly, day=8), "06-04", 20, ["06-11"]),
        (replace(STUDY, rhythm=Rhythm.monthly, day=31), "06-20", 15, ["06-28"]),
        (replace(STUDY, day=5), "06-12", 8, ["06-15"]),
    ],
)
def test_days_of_rest_do_not_nag(
    scene: Scene, wanted: Wanted, first: str, count: int, days: list[str]
) -> None:
    scene.set(wanted)
    assert scene.days(first, count) == days


def test_nobody_is_asked_of_a_closed_unit_a_lost_role_or_a_resting_routine(scene: Scene) -> None:
    number = scene.set()

    def pause(*, paused: bool) -> None:
        scene.write(
            lambda work: service.pause(
                work, scene.config, actor=scene.contact, routine_id=number, paused=paused
            )
        )

    pause(paused=True)
    assert scene.asked(shanghai("06-07T09:00")) == 0
    pause(paused=False)
    assert scene.asked(shanghai("06-14T09:00")) == 1

    def close(work: Work, at: datetime | None) -> None:
        get_unit(work, "kexie").closed_at = at

    scene.write(lambda work: close(work, scene.clock.at))
    assert scene.asked(shanghai("06-21T09:00")) == 1
    scene.write(lambda work: close(work, None))

    def revoke(work: Work) -> None:
        for grant in work.session.query(Grant).filter_by(person_id=scene.contact.person_id):
            grant.revoked_at = work.now

    head = make(scene.store, Role.unit_head, unit="kexie", name="主任")
    scene.write(revoke)
    assert scene.asked(shanghai("06-28T09:00")) == 1
    assert scene.asked(shanghai("06-28T09:00"), head) == 1, "then the head of the unit is asked"


def test_who_blocked_the_bot_is_not_asked_and_the_head_is(scene: Scene) -> None:
    head = make(scene.store, Role.unit_head, unit="kexie")
    scene.set(replace(STUDY, rhythm=Rhythm.daily, day=None))
    scene.write(lambda work: mark_unreachable(work, scene.contact.telegram_id))
    nine = shanghai("06-14T09:00")
    scene.clock.at = shanghai("06-14T08:00")
    assert scene.foreseen(nine + timedelta(hours=1)) == [(head.person_id, nine)]
    assert scene.asked(nine) == 0
    assert scene.asked(nine, head) == 1
    scene.write(lambda work: mark_unreachable(work, head.telegram_id))
    assert scene.asked(shanghai("06-17T09:00"), head) == 1
    scene.write(lambda work: mark_reachable(work, scene.contact.person_id))
    assert scene.asked(shanghai("06-17T10:00")) == 0
    assert scene.asked(shanghai("06-18T09:00")) == 1


def test_changed_and_deleted_it_is_asked_as_it_is_now(scene: Scene) -> None:
    number = scene.set()
    scene.write(
        lambda work: service.change_routine(
            work, scene.config, actor=scene.contact, routine_id=number, wanted=replace(STUDY, day=2)
        )
    )
    assert scene.days("06-04", 7) == ["06-05"]
    scene.write(
        lambda work: service.delete(work, scene.config, actor=scene.contact, routine_id=number)
    )
    assert scene.days("06-11", 7) == []
    with pytest.raises(NotFound):
        scene.done(number, date(2024, 6, 12))


def test_the_rehearsal_shows_what_will_be_asked(scene: Scene) -> None:
    number = scene.set()
    until = shanghai("06-22T00:00")
    mine = scene.contact.person_id
    weeks = [shanghai(f"06-{day}T09:00") for day in ("07", "14", "21")]
    assert scene.foreseen(until) == [(mine, at) for at in weeks]
    scene.done(number, date(2024, 6, 3))
    assert scene.foreseen(until) == [(mine, at) for at in weeks[1:]]


def test_only_its_people_set_it_and_what_is_none_is_refused(scene: Scene) -> None:
    other = make(scene.store, Role.contact, unit="jiaotong", name="别人")
    office = make(scene.store, Role.coordinator, name="小李")
    refused: list[tuple[type[BusinessError], Wanted, Actor | None]] = [
        (NotFound, STUDY, other),
        (NotAllowed, STUDY, office),
        (RoutineUnnamed, replace(STUDY, name=" "), None),
        (RoutineUnnamed, replace(STUDY, name="长" * 41), None),
        (NoSuchChoice, replace(STUDY, day=7), None),
        (NoSuchChoice, replace(STUDY, hour=23), None),
    ]
    for error, wanted, actor in refused:
        with pytest.raises(error):
            scene.set(wanted, actor)
    numbers = [scene.set() for _ in range(MOST_ROUTINES)]
    with pytest.raises(TooManyRoutines):
        scene.set()
    for day in (date(2024, 6, 4), date(2024, 5, 31)):
        with pytest.raises(StaleButton):
            scene.done(numbers[0], day)
    head = make(scene.store, Role.unit_head, unit="kexie", name="主任")
    found = scene.store.read_now(
        lambda view: service.own_routines(view, scene.config, again(scene.store, head))
    )
    assert [one.routine.id for one in found] == numbers
    assert {type(one.routine) for one in found} == {Routine}


def test_finding_what_is_due_takes_as_many_statements_for_many(scene: Scene) -> None:
    job = Ticking(scene.store, scene.config, routines.job)
    scene.set()
    scene.clock.at = shanghai("06-14T09:00")
    one = statements(job)
    scene.clock.at = MONDAY_9
    for _ in range(5):
        scene.set()
    scene.clock.at = shanghai("06-14T09:00")
    assert statements(job) == one > 0
