"""What was asked of the ledger, and what waits for whose decision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from bot.core.roles import OFFICE
from bot.db.work import View
from bot.features.hours.models import HourEntry, HourRequest, HourRuling, RequestKind
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.models import Post


@dataclass(frozen=True)
class Asked:
    """A request as those see it who decide on it.

    `place` None: hours of no post. `that_day` are the minutes that the person has of the day.
    """

    request: HourRequest
    name: str
    by_name: str
    place: str | None
    that_day: int
    ruling: HourRuling | None


def open_requests(view: View, actor: Actor, *, page: int, size: int) -> tuple[list[Asked], int]:
    """Return a page of what waits for the actor's decision, the oldest first, and how many.

    Their own hours and their own proposals are left out. Two statements.
    """
    waits = _waits_for(actor)
    total = count_open(view, actor)
    at = min(max(page, 1), max(1, -(-total // size)))
    found = view.session.execute(
        _requests().where(waits).order_by(HourRequest.id).limit(size).offset((at - 1) * size)
    )
    return [_asked(row) for row in found], total


def count_open(view: View, actor: Actor) -> int:
    """Return how much waits for the actor's decision; one statement."""
    counted = (
        select(func.count())
        .select_from(HourRequest)
        .outerjoin(Post, Post.id == HourRequest.post_id)
        .where(_waits_for(actor))
    )
    return view.session.scalar(counted) or 0


def find_request(view: View, request_id: int) -> Asked | None:
    """Return a request with its ruling, if any; None where there is no such request."""
    row = view.session.execute(_requests().where(HourRequest.id == request_id)).one_or_none()
    return None if row is None else _asked(row)


def own_open_requests(view: View, person_id: int) -> int:
    """Return how many requests about a person's hours nobody has decided yet."""
    return (
        view.session.scalar(
            select(func.count())
            .select_from(HourRequest)
            .where(HourRequest.person_id == person_id, ~is_ruled())
        )
        or 0
    )


def asked_by(view: View, person_id: int) -> Sequence[HourRequest]:
    """Return the requests that a person made, for the person alone."""
    return view.session.scalars(
        select(HourRequest).where(HourRequest.by_person_id == person_id).order_by(HourRequest.id)
    ).all()


def judges(view: View, request: HourRequest, office: Collection[int]) -> list[int]:
    """Return who is to hear of a request: the post's lead where a second person, else `office`."""
    barred = {request.person_id}
    if request.kind is RequestKind.missing:
        barred.add(request.by_person_id)
    post = None if request.post_id is None else view.session.get(Post, request.post_id)
    lead = None if post is None else post.lead_person_id
    if lead is not None and lead not in barred:
        return [lead]
    return [person_id for person_id in office if person_id not in barred]


def _requests() -> Select[*tuple[Any, ...]]:
    by, beside = aliased(Person), aliased(HourEntry)
    that_day = select(func.sum(beside.minutes)).where(
        beside.person_id == HourRequest.person_id, beside.day == HourRequest.day
    )
    return (
        select(
            HourRequest, Person.name, by.name, Post.place, that_day.scalar_subquery(), HourRuling
        )
        .join(Person, Person.id == HourRequest.person_id)
        .join(by, by.id == HourRequest.by_person_id)
        .outerjoin(Post, Post.id == HourRequest.post_id)
        .outerjoin(HourRuling, HourRuling.request_id == HourRequest.id)
    )


def _asked(
    row: Any,
) -> Asked:
    request, name, by_name, place, that_day, ruling = row
    return Asked(request, name, by_name, place, int(that_day or 0), ruling)


def _waits_for(actor: Actor) -> ColumnElement[bool]:
    """Tell which requests the actor may decide on now; they need `Post` joined."""
    second = (HourRequest.person_id != actor.person_id) & or_(
        HourRequest.kind == RequestKind.wrong, HourRequest.by_person_id != actor.person_id
    )
    waits = second & ~is_ruled()
    if actor.roles & OFFICE:
        return waits
    return waits & (Post.lead_person_id == actor.person_id)


def is_ruled() -> ColumnElement[bool]:
    """Tell which requests are decided."""
    ruling = aliased(HourRuling)
    return exists().where(ruling.request_id == HourRequest.id)
