"""What the tests of reminders before posts share."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.db.work import Work
from bot.features.outbox.models import OutboxRow
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts import remindsteps, service
from bot.features.posts.models import Post
from bot.features.posts.service import Changes
from bot.features.runs.models import JobRun, RunState
from tests.features.posts.scene import Scene
from tests.jobs.ticking import Ticking, shanghai
from tests.support.clock import SetClock
from tests.support.places import put_on_map

DAY_BEFORE = shanghai("06-07T19:00")
LIST = shanghai("06-07T21:00")
SOON = shanghai("06-08T07:00")


def at(clock: SetClock, ticking: Ticking, *moments: datetime) -> None:
    for moment in moments:
        clock.at = moment
        ticking.tick()


def notes(scene: Scene) -> Counter[tuple[str, RunState, str | None]]:
    """Return how often a step was noted, with its state and reason."""
    rows = scene.read(
        lambda view: list(
            view.session.scalars(select(JobRun).where(JobRun.kind == remindsteps.KIND))
        )
    )
    return Counter((row.period_key.split(":")[-1], row.state, row.reason) for row in rows)


def rows_of(scene: Scene, actor: Actor) -> list[OutboxRow]:
    return scene.read(
        lambda view: list(
            view.session.scalars(
                select(OutboxRow)
                .where(OutboxRow.person_id == actor.person_id)
                .order_by(OutboxRow.id)
            )
        )
    )


def buttons(row: OutboxRow) -> list[list[str]]:
    return [[one["text"] for one in line] for line in row.payload["buttons"]]


def without_telegram(scene: Scene, actor: Actor, by: Actor) -> None:
    """Let somebody be a person whom another registered."""

    def write(work: Work) -> None:
        person = work.session.get_one(Person, actor.person_id)
        person.telegram_id, person.registered_by = None, by.person_id

    scene.write(write)


def put_on_the_map(scene: Scene, post_id: int) -> None:
    """Let the place of a post be in the register, with its coordinates."""

    def write(work: Work) -> None:
        put_on_map(work, post_id, 33.95, 118.29)

    scene.write(write)


def move(scene: Scene, post_id: int, *, hours: float) -> None:
    office = scene.coordinator()

    def write(work: Work) -> None:
        post = work.session.get_one(Post, post_id)
        step = timedelta(hours=hours)
        there = Changes(
            kind=post.kind,
            place=post.place,
            starts_at=post.starts_at + step,
            ends_at=post.ends_at + step,
            lead_person_id=post.lead_person_id,
            note=post.note,
        )
        service.change(
            work,
            actor=office,
            post_id=post_id,
            version=post.version,
            changes=there,
            config=scene.config,
        )

    scene.write(write)
