"""Hours by post: who had a place, and what counted for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select

from bot.core.roles import OFFICE
from bot.db.work import View
from bot.features.hours.models import HourEntry, HourRequest
from bot.features.hours.pending import is_ruled
from bot.features.hours.queries import Entry, entries, entry_of
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.models import HOLDING, Post, PostState, Signup


@dataclass(frozen=True)
class Served:
    """Somebody who had a place at a post; `entry` None where nothing counted."""

    person_id: int
    name: str
    entry: Entry | None
    asked: bool


def served_at(view: View, post_id: int) -> list[Served]:
    """Return who had a place at a post, in the order of arrival, with their hours.

    Two statements.
    """
    asked = exists().where(
        HourRequest.post_id == post_id, HourRequest.person_id == Person.id, ~is_ruled()
    )
    people = view.session.execute(
        select(Person.id, Person.name, asked)
        .join(Signup, Signup.person_id == Person.id)
        .where(Signup.post_id == post_id, Signup.state.in_(HOLDING))
        .order_by(Signup.number)
    ).all()
    rows = view.session.execute(
        entries().where(HourEntry.post_id == post_id, HourEntry.corrects_id.is_(None))
    )
    found = {row.person_id: entry_of(row) for row in rows}
    return [Served(number, name, found.get(number), wait) for number, name, wait in people]


def own_uncounted(view: View, person_id: int, *, since: datetime, most: int) -> Sequence[Post]:
    """Return the last posts at which a person had a place and that did not count for them."""
    counted = exists().where(HourEntry.post_id == Post.id, HourEntry.person_id == person_id)
    return view.session.scalars(
        select(Post)
        .join(Signup, Signup.post_id == Post.id)
        .where(
            Signup.person_id == person_id,
            Signup.state.in_(HOLDING),
            *_over(view, since),
            ~counted,
        )
        .order_by(Post.starts_at.desc(), Post.id.desc())
        .limit(most)
    ).all()


def posts_answered_for(view: View, actor: Actor, *, since: datetime, most: int) -> Sequence[Post]:
    """Return the last posts that are over and that the actor answers for, the newest first."""
    query = select(Post).where(*_over(view, since))
    if not actor.roles & OFFICE:
        query = query.where(Post.lead_person_id == actor.person_id)
    return view.session.scalars(
        query.order_by(Post.starts_at.desc(), Post.id.desc()).limit(most)
    ).all()


def _over(view: View, since: datetime) -> list[ColumnElement[bool]]:
    return [
        Post.state.in_([PostState.published, PostState.closed]),
        Post.ends_at <= view.now,
        Post.ends_at > since,
    ]
