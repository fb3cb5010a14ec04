"""What the tests of moved messages share: moving one, and the jobs of an hour."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from bot.db.work import View
from bot.features.outbox.models import OutboxRow
from bot.features.people.actor import Actor
from bot.features.rehearsal.looking import letters_from
from bot.features.rehearsal.models import SkippedSend
from bot.features.rehearsal.senders import SENDERS
from bot.features.rehearsal.skipping import move
from bot.features.runs.foresight import ahead
from jobs import closing, digest, meetings, moved, notices, postreminders, receipts, reminders
from tests.features.posts.scene import Scene
from tests.jobs.ticking import Ticking
from tests.support.clock import SetClock

_JOBS = (
    moved.job,
    notices.job,
    receipts.job,
    meetings.job,
    reminders.job,
    digest.job,
    postreminders.job,
    closing.job,
)
_PREFIXES = [prefix for sender in SENDERS for prefix in sender.prefixes]


def put(
    scene: Scene, actor: Actor, kind: str, at: datetime, whose: Actor, to: datetime
) -> SkippedSend:
    """Move the message to somebody."""
    return scene.write(
        lambda work: move(
            work,
            actor=actor,
            config=scene.config,
            kind=kind,
            at=at,
            person_id=whose.person_id,
            to=to,
        )
    )


def run(scene: Scene, clock: SetClock, at: datetime) -> Counter[int]:
    """Let all jobs run; return how many messages of the senders each person has by then."""
    clock.at = at
    for job in _JOBS:
        for _ in range(3):
            Ticking(scene.store, scene.config, job).tick()
    own = or_(*(OutboxRow.dedupe_key.like(f"{prefix}%") for prefix in _PREFIXES))
    rows = scene.read(lambda view: view.session.scalars(select(OutboxRow).where(own)).all())
    return Counter(row.person_id or 0 for row in rows)


def planned(scene: Scene, kind: str, person: Actor, days: int = 3) -> list[datetime]:
    """Return when the calendar says that somebody gets messages of a kind."""

    def look(view: View) -> list[datetime]:
        until = view.now + timedelta(days=days)
        return [
            letter.at
            for sender in SENDERS
            if sender.kind == kind
            for letter in letters_from(ahead(view), scene.config, until, sender)
            if letter.planned.person_id == person.person_id
        ]

    return scene.read(look)
