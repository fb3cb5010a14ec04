"""Asking people to come: the office or the post's lead for free places, others for one place."""

from dataclasses import dataclass
from datetime import datetime

from bot.config import Config
from bot.core.errors import NotAllowed
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.cover.access import find_open
from bot.features.cover.choosing import Candidates, Wanted, choose
from bot.features.cover.errors import NobodyToAsk, NothingToCover
from bot.features.cover.facts import Asked
from bot.features.cover.models import AskState, CoverAsk, CoverCall, CoverKind
from bot.features.people.actor import Actor
from bot.features.posts.access import get_post, leads, lock_person, lock_post
from bot.features.posts.models import Post
from bot.features.posts.rules import check_open, missing

MOST_ASKED = 100
"""The most people who are asked in one go."""


@dataclass(frozen=True)
class Preview:
    """What asking for a post would mean: `free` places, and who would be asked."""

    post: Post
    free: int
    candidates: Candidates


def preview(view: View, *, actor: Actor, post_id: int, config: Config) -> Preview:
    """Return whom a call for the free places of a post would ask.

    For the office and the post's lead. Raises NotFound, NotAllowed, NothingToCover and what
    `rules.check_open` raises.
    """
    post = get_post(view, post_id)
    _check_may_call(actor, post, now=view.now, config=config)
    return Preview(post, missing(post), choose(view, Wanted(post), config))


def call_for_cover(
    work: Work, *, actor: Actor, post_id: int, most: int, config: Config
) -> CoverCall:
    """Ask the first `most` people who are free and fit to come to a post; 0 asks all of them.

    A call that is open already goes on with more people. Raises what `preview` does, and
    NobodyToAsk.
    """
    post = get_post(work, post_id)
    _check_may_call(actor, post, now=work.now, config=config)
    wanted = Wanted(post)
    first = _first(choose(work, wanted, config), most)
    _lock_all(work, first)
    post = lock_post(work, post_id)
    _check_may_call(actor, post, now=work.now, config=config)
    # Another call may have asked some of them before their rows were locked.
    still = choose(work, Wanted(post), config, among=first)
    if not still.fit:
        raise NobodyToAsk(post_id=post.id)
    call = find_open(work, CoverKind.places, post_id) or _begin(work, actor, post_id)
    ask(work, call, _first(still, most), by=actor.person_id)
    return call


def ask_for(work: Work, call: CoverCall, wanted: Wanted, *, most: int, config: Config) -> int:
    """Ask the first `most` people about a call whose post is locked; return how many."""
    first = _first(choose(work, wanted, config), most)
    ask(work, call, first, by=call.asked_by)
    return len(first)


def ask(work: Work, call: CoverCall, person_ids: list[int], *, by: int | None) -> None:
    """Note that these people are asked, and let them be written to."""
    if not person_ids:
        return
    asks = [
        CoverAsk(
            call_id=call.id,
            post_id=call.post_id,
            person_id=person_id,
            state=AskState.open,
            at=work.now,
        )
        for person_id in person_ids
    ]
    work.session.add_all(asks)
    work.session.flush()
    work.tell(Asked(call.id, [one.id for one in asks]))
    record(work, "cover.asked", f"post:{call.post_id}", actor_id=by, people=len(asks))


def _begin(work: Work, actor: Actor, post_id: int) -> CoverCall:
    call = CoverCall(
        kind=CoverKind.places, post_id=post_id, asked_by=actor.person_id, created_at=work.now
    )
    work.session.add(call)
    work.session.flush()
    return call


def _check_may_call(actor: Actor, post: Post, *, now: datetime, config: Config) -> None:
    if not leads(actor, post.id):
        raise NotAllowed
    check_open(post, now=now, config=config)
    if not missing(post):
        raise NothingToCover(post_id=post.id)


def _lock_all(work: Work, person_ids: list[int]) -> None:
    for person_id in sorted(person_ids):
        lock_person(work, person_id)


def _first(found: Candidates, most: int) -> list[int]:
    return list(found.fit[: min(most, MOST_ASKED) if most > 0 else MOST_ASKED])
