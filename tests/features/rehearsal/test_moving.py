"""Moving one message: its sender passes it over, and sends it at its new time if it still should."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Update, select, update

from bot.config import Config
from bot.core.errors import BusinessError, NotAllowed
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.people.actor import Actor
from bot.features.people.models import Grant
from bot.features.posts.leaving import leave
from bot.features.rehearsal.errors import (
    GoneOut,
    NotMoved,
    OneThatDay,
    OnlyLater,
    QuietThen,
    TooLateThen,
    TooLateToUndo,
)
from bot.features.rehearsal.models import SkippedSend, SkipReason
from bot.features.rehearsal.skipping import skip, unskip
from bot.features.runs import putting_off
from bot.features.runs.models import JobRun, RunState
from tests.features.posts.scene import Scene
from tests.features.rehearsal.moves import planned, put, run
from tests.jobs.ticking import file_for, shanghai
from tests.support.clock import SetClock
from tests.support.people import load, make

NINE, TWO = shanghai("06-07T09:00"), shanghai("06-07T14:00")
MONDAY, LATER = shanghai("06-10T09:00"), shanghai("06-10T16:00")
EVENING, NIGHT = shanghai("06-07T19:00"), shanghai("06-07T20:30")


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> Scene:
    load(any_store, campaign)
    return Scene(any_store, campaign)


@pytest.fixture
def office(scene: Scene) -> Actor:
    return make(scene.store, Role.coordinator)


@pytest.fixture
def one(scene: Scene) -> Actor:
    return make(scene.store, Role.contact, unit="kexie")


def _end_roles(person: Actor, at: datetime) -> Update:
    return update(Grant).where(Grant.person_id == person.person_id).values(revoked_at=at)


def states(scene: Scene, kind: str) -> list[tuple[RunState, str | None]]:
    """Return how what was claimed of a kind for single people is noted."""
    found = scene.read(
        lambda view: view.session.execute(
            select(JobRun.state, JobRun.reason).where(
                JobRun.kind == kind, JobRun.scope.startswith("person:")
            )
        ).all()
    )
    return [(state, reason) for state, reason in found]


def test_a_reminder_goes_at_its_new_time_and_to_the_others_at_theirs(
    scene: Scene, office: Actor, one: Actor, clock: SetClock
) -> None:
    other = make(scene.store, Role.contact, unit="kexie")
    clock.at = shanghai("06-06T12:00")
    row = put(scene, office, "reminder", NINE, one, TWO)
    assert (row.due_at, row.moved_to, row.by_person_id) == (NINE, TWO, office.person_id)
    assert TWO in planned(scene, "reminder", one, days=2)
    assert NINE not in planned(scene, "reminder", one, days=2)
    assert run(scene, clock, NINE) == {other.person_id: 1}
    assert run(scene, clock, TWO - timedelta(minutes=1)) == {other.person_id: 1}
    assert planned(scene, "reminder", one, days=1) == [TWO]
    assert run(scene, clock, TWO) == {other.person_id: 1, one.person_id: 1}
    assert run(scene, clock, TWO + timedelta(hours=1))[one.person_id] == 1


def test_a_moved_reminder_of_what_was_filed_meanwhile_is_not_sent(
    scene: Scene, office: Actor, one: Actor, clock: SetClock
) -> None:
    put(scene, office, "reminder", NINE, one, TWO)
    run(scene, clock, NINE)
    file_for(scene.store, scene.config, one, "kexie", "O1", "once")
    assert planned(scene, "reminder", one, days=1) == []
    assert run(scene, clock, TWO)[one.person_id] == 0
    assert states(scene, "reminder") == [(RunState.not_needed, "nothing of it is owed any more")]


def test_a_digest_goes_at_its_new_time(scene: Scene, office: Actor, clock: SetClock) -> None:
    reader, gone = scene.person(), scene.person()
    put(scene, office, "digest", MONDAY, reader, LATER)
    put(scene, office, "digest", MONDAY, gone, LATER)
    clock.at = shanghai("06-03T09:00")
    assert run(scene, clock, MONDAY) == {office.person_id: 1}
    scene.write(lambda work: work.session.execute(_end_roles(gone, work.now)) and None)
    assert planned(scene, "digest", reader, days=1) == [LATER]
    assert planned(scene, "digest", gone, days=1) == []
    assert run(scene, clock, LATER) == {office.person_id: 1, reader.person_id: 1}


def test_a_reminder_of_posts_a_list_and_a_question_go_at_their_new_times(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    lead, coming, left = scene.person(), scene.person(), scene.person()
    post = scene.post(lead=lead)
    for person in (coming, left):
        scene.sign_up(person, post)
    morning = shanghai("06-08T06:00")
    put(scene, office, "post-reminder", EVENING, coming, NIGHT)
    put(scene, office, "post-reminder", EVENING, left, NIGHT)
    put(
        scene, office, "post-lead-list", shanghai("06-07T21:00"), lead, morning + timedelta(hours=1)
    )
    assert run(scene, clock, EVENING) == {}
    scene.write(lambda work: leave(work, actor=left, post_id=post, config=scene.config) and None)
    assert planned(scene, "post-reminder", left, days=1) == []
    assert planned(scene, "post-reminder", coming, days=1)[0] == NIGHT
    assert run(scene, clock, NIGHT) == {coming.person_id: 1}
    assert run(scene, clock, shanghai("06-07T21:00")) == {coming.person_id: 1}
    assert run(scene, clock, morning + timedelta(hours=1))[lead.person_id] == 1


@pytest.mark.parametrize(
    ("to", "error"),
    [
        (shanghai("06-11T00:00"), TooLateThen),
        (shanghai("06-07T23:00"), QuietThen),
        (shanghai("06-07T08:59"), OnlyLater),
        (shanghai("05-30T10:00"), OnlyLater),
        (shanghai("06-09T10:00"), OneThatDay),
        (datetime(2030, 1, 1, tzinfo=NINE.tzinfo), TooLateThen),
    ],
)
def test_what_is_not_allowed_is_named_and_changes_nothing(
    scene: Scene, office: Actor, one: Actor, to: datetime, error: type[BusinessError]
) -> None:
    with pytest.raises(error):
        put(scene, office, "reminder", NINE, one, to)
    assert scene.read(lambda view: view.session.scalars(select(SkippedSend)).all()) == []
    assert scene.read(lambda view: view.session.scalars(select(JobRun)).all()) == []
    assert NINE in planned(scene, "reminder", one, days=5)


def test_a_free_day_before_the_deadline_is_allowed(
    scene: Scene, office: Actor, one: Actor, clock: SetClock
) -> None:
    saturday = shanghai("06-08T10:00")
    put(scene, office, "reminder", NINE, one, saturday)
    run(scene, clock, NINE)
    assert run(scene, clock, saturday) == {one.person_id: 1}


def test_only_the_office_moves_and_only_what_is_to_come(
    scene: Scene, office: Actor, one: Actor, clock: SetClock
) -> None:
    scene.sign_up(scene.person(), scene.post())
    with pytest.raises(NotAllowed):
        put(scene, one, "reminder", NINE, one, TWO)
    with pytest.raises(NotMoved):
        put(scene, office, "closing", shanghai("06-09T09:00"), office, shanghai("06-09T11:00"))
    run(scene, clock, NINE)
    with pytest.raises(GoneOut):
        put(scene, office, "reminder", NINE, one, TWO)


def test_undone_it_goes_at_its_own_time_until_that_has_come(
    scene: Scene, office: Actor, one: Actor, clock: SetClock
) -> None:
    row = put(scene, office, "reminder", NINE, one, TWO)
    for _ in range(2):
        scene.write(lambda work: unskip(work, actor=office, skip_id=row.id))
    assert run(scene, clock, NINE) == {one.person_id: 1}
    assert run(scene, clock, TWO) == {one.person_id: 1}


def test_it_is_moved_again_cancelled_and_brought_back_to_its_last_time(
    scene: Scene, office: Actor, one: Actor, clock: SetClock
) -> None:
    first = put(scene, office, "reminder", NINE, one, TWO)
    three, four = TWO + timedelta(hours=1), TWO + timedelta(hours=2)
    run(scene, clock, NINE)
    with pytest.raises(TooLateToUndo):
        scene.write(lambda work: unskip(work, actor=office, skip_id=first.id))
    put(scene, office, "reminder", TWO, one, three)
    put(scene, office, "reminder", three, one, four)
    last = scene.write(
        lambda work: skip(
            work,
            actor=office,
            config=scene.config,
            kind="reminder",
            at=four,
            person_id=one.person_id,
            reason=SkipReason.told,
        )
    )
    assert planned(scene, "reminder", one, days=1) == []
    scene.write(lambda work: unskip(work, actor=office, skip_id=last.id))
    assert planned(scene, "reminder", one, days=1) == [four]
    assert run(scene, clock, three) == {}
    assert run(scene, clock, four) == {one.person_id: 1}


def test_without_the_job_that_opens_it_a_moved_message_never_goes(
    scene: Scene, office: Actor, one: Actor, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(scene, office, "reminder", NINE, one, TWO)
    run(scene, clock, NINE)
    monkeypatch.setattr(putting_off, "due", lambda _: [])
    assert run(scene, clock, TWO) == {}
