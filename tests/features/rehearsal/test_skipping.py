"""Cancelling a message claims what its sender would claim, so that the sender passes it over."""

from collections import Counter
from datetime import datetime

import pytest
from sqlalchemy import or_, select

from bot.chat.job import Job
from bot.config import Config
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.outbox.models import OutboxRow
from bot.features.people.actor import Actor
from bot.features.rehearsal.errors import GoneOut, TooLateToUndo
from bot.features.rehearsal.looking import find_letter
from bot.features.rehearsal.models import SkippedSend, SkipReason
from bot.features.rehearsal.senders import SENDERS
from bot.features.rehearsal.skipping import skip, unskip
from bot.features.runs.models import JobRun, RunState
from jobs import closing, digest, postreminders, reminders
from tests.features.posts.scene import Scene
from tests.jobs.ticking import Ticking, shanghai
from tests.support.clock import SetClock
from tests.support.people import load, make

NINE = shanghai("06-07T09:00")
MONDAY = shanghai("06-10T09:00")
EVENING = shanghai("06-07T19:00")
LIST = shanghai("06-07T21:00")
PREFIXES = [prefix for sender in SENDERS for prefix in sender.prefixes]


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> Scene:
    load(any_store, campaign)
    return Scene(any_store, campaign)


@pytest.fixture
def office(scene: Scene) -> Actor:
    return make(scene.store, Role.coordinator)


def cancel(scene: Scene, actor: Actor, kind: str, at: datetime, whose: Actor) -> SkippedSend:
    return scene.write(
        lambda work: skip(
            work,
            actor=actor,
            config=scene.config,
            kind=kind,
            at=at,
            person_id=whose.person_id,
            reason=SkipReason.needless,
        )
    )


def tick(scene: Scene, clock: SetClock, job: Job, at: datetime) -> Counter[int]:
    """Let a job run; return how many messages each person has by then."""
    clock.at = at
    Ticking(scene.store, scene.config, job).tick()
    own = or_(*(OutboxRow.dedupe_key.like(f"{prefix}%") for prefix in PREFIXES))
    rows = scene.read(lambda view: view.session.scalars(select(OutboxRow).where(own)).all())
    return Counter(row.person_id or 0 for row in rows)


def test_a_reminder_is_passed_over_for_one_and_comes_to_the_other(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    one, other = (make(scene.store, Role.contact, unit="kexie") for _ in range(2))
    row = cancel(scene, office, "reminder", NINE, one)
    assert (row.reason, row.by_person_id, row.due_at) == (
        SkipReason.needless,
        office.person_id,
        NINE,
    )
    assert tick(scene, clock, reminders.job, NINE) == {other.person_id: 1}
    assert tick(scene, clock, reminders.job, shanghai("06-08T09:00")) == {other.person_id: 1}
    assert tick(scene, clock, reminders.job, shanghai("06-09T09:00"))[one.person_id] == 1


def test_a_digest_is_passed_over(scene: Scene, office: Actor, clock: SetClock) -> None:
    reader = scene.person()
    cancel(scene, office, "digest", MONDAY, reader)
    clock.at = shanghai("06-03T09:00")
    sent = tick(scene, clock, digest.job, MONDAY)
    assert sent[office.person_id] == 1
    assert reader.person_id not in sent


def test_a_reminder_of_several_posts_and_a_lead_s_list_are_passed_over(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    lead, coming, other = scene.person(), scene.person(), scene.person()
    first, second = scene.post(lead=lead), scene.post(at=shanghai("06-08T15:00"), lead=lead)
    for post in (first, second):
        for person in (coming, other):
            scene.sign_up(person, post)
    cancel(scene, office, "post-reminder", EVENING, coming)
    cancel(scene, office, "post-lead-list", LIST, lead)
    assert tick(scene, clock, postreminders.job, EVENING) == {other.person_id: 1}
    assert tick(scene, clock, postreminders.job, LIST) == {other.person_id: 1}
    assert tick(scene, clock, postreminders.job, shanghai("06-08T07:00"))[coming.person_id] == 1


def test_undone_it_goes_out(scene: Scene, office: Actor, clock: SetClock) -> None:
    one = make(scene.store, Role.contact, unit="kexie")
    row = cancel(scene, office, "reminder", NINE, one)
    for _ in range(2):
        scene.write(lambda work: unskip(work, actor=office, skip_id=row.id))
    assert scene.read(lambda view: view.session.scalars(select(JobRun)).all()) == []
    assert tick(scene, clock, reminders.job, NINE) == {one.person_id: 1}


def test_it_is_not_undone_once_its_moment_has_come(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    one = make(scene.store, Role.contact, unit="kexie")
    row = cancel(scene, office, "reminder", NINE, one)
    clock.at = NINE
    with pytest.raises(TooLateToUndo):
        scene.write(lambda work: unskip(work, actor=office, skip_id=row.id))


def test_what_went_out_or_never_will_is_not_cancelled(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    one = make(scene.store, Role.contact, unit="kexie")
    with pytest.raises(GoneOut):
        cancel(scene, office, "reminder", shanghai("06-07T10:00"), one)
    with pytest.raises(GoneOut):
        cancel(scene, office, "reminder", NINE, office)
    tick(scene, clock, reminders.job, NINE)
    with pytest.raises(GoneOut):
        cancel(scene, office, "reminder", NINE, one)
    states = scene.read(lambda view: set(view.session.scalars(select(JobRun.state))))
    assert RunState.cancelled not in states


def test_what_goes_to_the_whole_office_is_cancelled_for_one(
    scene: Scene, office: Actor, clock: SetClock
) -> None:
    other = make(scene.store, Role.coordinator)
    scene.sign_up(scene.person(), scene.post())
    morning = shanghai("06-09T09:00")
    cancel(scene, office, "closing", morning, office)
    told = tick(scene, clock, closing.job, morning)
    assert (told[office.person_id], told[other.person_id]) == (0, 1)


def test_the_office_alone_cancels_and_brings_back(scene: Scene, office: Actor) -> None:
    one = make(scene.store, Role.contact, unit="kexie")
    with pytest.raises(NotAllowed):
        cancel(scene, one, "reminder", NINE, one)
    row = cancel(scene, office, "reminder", NINE, one)
    with pytest.raises(NotAllowed):
        scene.write(lambda work: unskip(work, actor=one, skip_id=row.id))
    with pytest.raises(NotFound):
        scene.write(lambda work: unskip(work, actor=office, skip_id=row.id + 1))


def test_a_sender_that_does_not_claim_would_send_what_was_cancelled(
    scene: Scene, office: Actor, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make(scene.store, Role.contact, unit="kexie")
    cancel(scene, office, "reminder", NINE, one)
    monkeypatch.setattr("bot.features.runs.service.claim", lambda *_, **__: True)
    assert tick(scene, clock, reminders.job, NINE) == {one.person_id: 1}


def test_a_cancelled_message_is_not_found_any_more(scene: Scene, office: Actor) -> None:
    one = make(scene.store, Role.contact, unit="kexie")
    cancel(scene, office, "reminder", NINE, one)

    assert (
        scene.read(
            lambda view: find_letter(
                view, scene.config, kind="reminder", at=NINE, person_id=one.person_id
            )
        )
        is None
    )
