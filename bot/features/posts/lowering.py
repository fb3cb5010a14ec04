"""Fewer places than people: who would have to go, and letting them go (VOL-01).

Nobody is put out in silence. The office sees who it would be and decides; `stamp` says whom it has
seen, and is compared under the post's lock before anything is done.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.access import access_post_to_manage
from bot.features.posts.errors import OthersHavePlaces
from bot.features.posts.leaving import remove_all
from bot.features.posts.managing import check_places, set_capacity
from bot.features.posts.models import LIVE, Post, Signup, SignupState
from bot.features.posts.rules import check_not_begun

_STAMP_BITS = 0x7FFFFFFF


@dataclass(frozen=True)
class Leaver:
    """Somebody who would have to go, with all whom they bring; `size` counts all of them.

    `looks`: they look for a stand-in already. `waits`: they have no place, but stand at the post
    through their guardian, who would go (VOL-11).
    """

    signup_id: int
    person_id: int
    name: str
    size: int
    looks: bool
    waits: bool


@dataclass(frozen=True)
class Lowering:
    """Who would go for so many places; `held` counts the people with a place now."""

    held: int
    leavers: Sequence[Leaver]
    stamp: int

    @property
    def people(self) -> int:
        """How many people would lose a place."""
        return sum(one.size for one in self.leavers if not one.waits)


def who_would_go(view: View, post_id: int, capacity: int) -> Lowering:
    """Return who would have to go so that no more than `capacity` people have a place.

    Those who look for a stand-in are first, then those who came last. Minors go with their
    guardian. Offers count for nothing: they are taken back. One statement.
    """
    rows = view.session.execute(
        select(Signup, Person.name, Person.minor, Person.guardian_id)
        .join(Person, Person.id == Signup.person_id)
        .where(Signup.post_id == post_id, Signup.state.in_(LIVE))
        .order_by(Signup.looking_since.is_(None), Signup.number.desc())
        .execution_options(populate_existing=True)
    ).all()
    wards = {signup.id: guardian for signup, _, minor, guardian in rows if minor}
    signups = [signup for signup, *_ in rows]
    held = sum(one.size for one in signups if one.state is SignupState.confirmed)
    going = _going(signups, wards, held - capacity)
    leavers = [
        Leaver(
            signup.id,
            signup.person_id,
            name,
            signup.size,
            looks=signup.looking_since is not None,
            waits=signup.state is not SignupState.confirmed,
        )
        for signup, name, *_ in rows
        if signup.id in going
    ]
    seen = [held, capacity, *((one.signup_id, one.size, one.waits) for one in leavers)]
    return Lowering(held, leavers, zlib.crc32(repr(seen).encode()) & _STAMP_BITS)


def lower(
    work: Work, *, actor: Actor, post_id: int, capacity: int, stamp: int, config: Config
) -> Sequence[Leaver]:
    """Set the number of places and let those go who were seen as `stamp`; they are told.

    Return who went; nobody where everybody fits already. Raises OthersHavePlaces where it would be
    others by now, and what `managing.set_capacity` raises; nothing is done then.
    """
    post = _access(work, actor, post_id, capacity, config)
    found = who_would_go(work, post.id, capacity)
    check_seen(found, stamp)
    remove_all(work, post, [one.signup_id for one in found.leavers])
    for one in found.leavers:
        record(
            work,
            "post.removed",
            f"post:{post.id}",
            actor_id=actor.person_id,
            person=one.person_id,
        )
    set_capacity(work, actor=actor, post_id=post.id, capacity=capacity, config=config)
    return found.leavers


def keep_all(
    work: Work, *, actor: Actor, post_id: int, capacity: int, stamp: int, config: Config
) -> int:
    """Lower the number of places only as far as everybody with one keeps it; return the number.

    `capacity` is what was wished for, and `stamp` what was seen then. Raises as `lower` does.
    """
    post = _access(work, actor, post_id, capacity, config)
    found = who_would_go(work, post.id, capacity)
    check_seen(found, stamp)
    most = max(found.held, capacity)
    if post.capacity != most:
        set_capacity(work, actor=actor, post_id=post.id, capacity=most, config=config)
    return most


def check_seen(found: Lowering, stamp: int) -> None:
    """Raise OthersHavePlaces unless those who would go are those who were seen."""
    if found.stamp != stamp:
        raise OthersHavePlaces


def _access(work: Work, actor: Actor, post_id: int, capacity: int, config: Config) -> Post:
    post = access_post_to_manage(work, actor=actor, post_id=post_id)
    check_not_begun(post, now=work.now)
    check_places(capacity, config)
    return post


def _going(signups: Sequence[Signup], wards: dict[int, int | None], too_many: int) -> set[int]:
    going: set[int] = set()
    for signup in signups:
        if too_many <= 0:
            break
        if signup.id in going or signup.state is not SignupState.confirmed:
            continue
        for one in (signup, *_wards_of(signup, signups, wards)):
            if one.id not in going:
                going.add(one.id)
                too_many -= one.size if one.state is SignupState.confirmed else 0
    return going


def _wards_of(
    guardian: Signup, signups: Sequence[Signup], wards: dict[int, int | None]
) -> list[Signup]:
    return [one for one in signups if wards.get(one.id) == guardian.person_id]
