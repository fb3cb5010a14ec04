"""What people answer who were asked to come."""

from datetime import datetime

from bot.config import Config
from bot.core.errors import NotFound
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.cover.access import check_wanted, reread
from bot.features.cover.closing import answer
from bot.features.cover.errors import AlreadyCovered
from bot.features.cover.models import AskState, CoverAsk, CoverCall
from bot.features.cover.rules import week_around
from bot.features.cover.taking import take_over
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.access import lock_person, lock_post
from bot.features.posts.models import Post, SignupState
from bot.features.posts.rules import missing
from bot.features.posts.signing import sign_up


def access_ask(view: View, actor: Actor, ask_id: int) -> tuple[CoverAsk, CoverCall]:
    """Return what the actor was asked, and its call. Raises NotFound for others."""
    found = view.session.get(CoverAsk, ask_id)
    if found is None or found.person_id != actor.person_id:
        raise NotFound
    return found, view.session.get_one(CoverCall, found.call_id)


def accept(work: Work, *, actor: Actor, ask_id: int, config: Config) -> Post:
    """Let who was asked have the place, under all the rules of a sign-up; return its post.

    A no that was said before does not stand in the way. Raises NotFound, AlreadyCovered,
    NobodyWanted, and what `sign_up` or `take_over` raise.
    """
    found, call = access_ask(work, actor, ask_id)
    if call.person_id is not None:
        return take_over(work, actor=actor, call=call, config=config)
    lock_person(work, actor.person_id)
    post = lock_post(work, call.post_id)
    work.session.refresh(found)
    if found.state is AskState.accepted:
        return post
    call = reread(work, call.id)
    check_wanted(call)
    if not missing(post):
        raise AlreadyCovered(post_id=post.id)
    done = sign_up(work, actor=actor, post_id=post.id, config=config)
    if done.state is not SignupState.confirmed:
        raise AlreadyCovered(post_id=post.id)
    answer(work, call.id, actor.person_id, AskState.accepted)
    return post


def decline(work: Work, *, actor: Actor, ask_id: int) -> CoverCall:
    """Note that who was asked cannot come; return the call. Raises NotFound.

    Nothing changes for somebody who said yes, or once the call is over.
    """
    found, call = access_ask(work, actor, ask_id)
    lock_post(work, call.post_id)
    work.session.refresh(found)
    if found.state is AskState.open:
        answer(work, call.id, actor.person_id, AskState.declined)
    return call


def rest_this_week(
    work: Work, *, actor: Actor, config: Config, ask_id: int | None = None
) -> datetime:
    """Let nobody ask the actor until the week is over, local time; return when that is.

    The ask, where one is named, is declined. Raises NotFound.
    """
    lock_person(work, actor.person_id)
    if ask_id is not None:
        found, call = access_ask(work, actor, ask_id)
        lock_post(work, call.post_id)
        work.session.refresh(found)
        if found.state in {AskState.open, AskState.declined}:
            answer(work, call.id, actor.person_id, AskState.resting)
    person = work.session.get_one(Person, actor.person_id)
    _, person.no_asks_until = week_around(work.now, config.time.zone_info)
    record(work, "cover.rests", f"person:{actor.person_id}", actor_id=actor.person_id)
    return person.no_asks_until


def ask_again(work: Work, *, actor: Actor) -> None:
    """Take it back that the actor wants no asks."""
    person = work.session.get_one(Person, actor.person_id)
    person.no_asks_until = None
    record(work, "cover.asks_again", f"person:{actor.person_id}", actor_id=actor.person_id)


def rests_until(view: View, person_id: int) -> datetime | None:
    """Return until when somebody wants no asks; None where they may be asked."""
    person = view.session.get(Person, person_id)
    until = None if person is None else person.no_asks_until
    return until if until is not None and until > view.now else None
