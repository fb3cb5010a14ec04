"""What is said of drafts that were left is foreseen, and is what the job then says."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.drafts import service as drafts
from bot.features.drafts.foreseeing import KIND
from bot.features.drafts.models import Draft
from bot.features.people.actor import Actor
from bot.features.rehearsal.models import SkipReason
from bot.features.rehearsal.skipping import skip
from jobs.drafts import job
from tests.features.posts.scene import Scene
from tests.features.rehearsal.moves import planned
from tests.jobs.ticking import Ticking
from tests.support.clock import SetClock
from tests.support.people import load, make, messages


@pytest.fixture
def scene(any_store: Store, campaign: Config) -> Scene:
    load(any_store, campaign)
    return Scene(any_store, campaign)


def left(scene: Scene) -> Actor:
    """Return somebody who has left a draft just now."""
    person = make(scene.store, Role.contact, unit="kexie")
    scene.write(
        lambda work: (
            drafts.begin(
                work,
                chat_id=person.telegram_id or 0,
                person_id=person.person_id,
                flow="report",
                version=1,
                step="name",
                answers={},
            )
            and None
        )
    )
    return person


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_draft_is_offered_and_expires_when_the_calendar_says_so(
    scene: Scene, clock: SetClock, *, cancelled: bool
) -> None:
    office, person = make(scene.store, Role.coordinator), left(scene)
    settings = scene.config.drafts
    times = planned(scene, KIND, person, days=settings.expire_after_days + 2)
    assert len(times) == 2
    if cancelled:
        for at in times:
            scene.write(
                lambda work, at=at: skip(  # type: ignore[misc]
                    work,
                    actor=office,
                    config=scene.config,
                    kind=KIND,
                    at=at,
                    person_id=person.person_id,
                    reason=SkipReason.needless,
                )
            )
        assert planned(scene, KIND, person, days=settings.expire_after_days + 2) == []
    said = []
    for at in times:
        clock.at = at - timedelta(minutes=1)
        Ticking(scene.store, scene.config, job).tick()
        before = len(messages(scene.store, person))
        clock.at = at
        Ticking(scene.store, scene.config, job).tick()
        said.append(len(messages(scene.store, person)) - before)
    assert said == ([0, 0] if cancelled else [1, 1])
    assert scene.read(lambda view: view.session.scalars(select(Draft)).all()) == []
