"""Taking a place that somebody hands on: the first who takes it has it (VOL-02).

One transaction under the locks of both persons and of the posts: all of it happens or nothing.
"""

from bot.config import Config
from bot.core.errors import NotFound
from bot.db.work import Work
from bot.features.cover.access import check_not_there, check_wanted, find_place, reread
from bot.features.cover.closing import answer, close
from bot.features.cover.errors import NobodyWanted, NoPlaceThere, OwnPlace, SizesDiffer
from bot.features.cover.facts import StoodIn, Swapped
from bot.features.cover.models import AskState, CoverCall, CoverEnd, CoverKind
from bot.features.people.actor import Actor
from bot.features.posts.access import lock_person, lock_posts
from bot.features.posts.errors import NotRegistered, PostIsPaused
from bot.features.posts.leaving import end_wards
from bot.features.posts.line import fill_places
from bot.features.posts.models import Post, Signup
from bot.features.posts.rules import check_not_begun
from bot.features.posts.standins import occupy, vacate


def take_over(work: Work, *, actor: Actor, call: CoverCall, config: Config) -> Post:
    """Let `actor` have the place that the call is about; return its post.

    For a swap they give theirs at the other post. The lead and both persons are told once. Raises
    NotRegistered, OwnPlace, AlreadyCovered, NobodyWanted, AlreadyThere, NoPlaceThere, SizesDiffer,
    PostIsPaused, and what `check_not_begun` and `check_eligible` raise.
    """
    if not actor.registered:
        raise NotRegistered(post_id=call.post_id)
    if call.person_id is None:
        raise NotFound
    if call.person_id == actor.person_id:
        raise OwnPlace
    for person_id in sorted({call.person_id, actor.person_id}):
        lock_person(work, person_id)
    posts = lock_posts(work, {one for one in (call.post_id, call.other_post_id) if one})
    call = reread(work, call.id)
    check_wanted(call)
    for one in posts.values():
        check_not_begun(one, now=work.now)
        if one.paused_at is not None:
            raise PostIsPaused
    if call.kind is CoverKind.swap and call.other_post_id is not None:
        _swap(work, actor, call, posts, config)
    else:
        _stand_in(work, actor, call, posts[call.post_id], config)
    answer(work, call.id, actor.person_id, AskState.accepted)
    close(work, call, posts[call.post_id], CoverEnd.taken)
    return posts[call.post_id]


def _stand_in(work: Work, actor: Actor, call: CoverCall, post: Post, config: Config) -> None:
    signup = _wanted_signup(work, call, post)
    check_not_there(work, post, actor.person_id)
    place = vacate(work, post, signup)
    occupy(work, post, place, person_id=actor.person_id, size=1, config=config)
    if end_wards(work, post, signup.person_id) or place.size > 1:
        fill_places(work, post, config)
    work.tell(StoodIn(call.id, actor.person_id))


def _swap(
    work: Work, actor: Actor, call: CoverCall, posts: dict[int, Post], config: Config
) -> None:
    post, other = posts[call.post_id], posts[call.other_post_id or 0]
    signup = _wanted_signup(work, call, post)
    check_not_there(work, post, actor.person_id)
    theirs = find_place(work, other, actor.person_id)
    if theirs is None:
        raise NoPlaceThere(place=other.place)
    if theirs.size != signup.size:
        raise SizesDiffer
    check_not_there(work, other, signup.person_id)
    here, there = vacate(work, post, signup), vacate(work, other, theirs)
    occupy(work, post, here, person_id=actor.person_id, size=here.size, config=config)
    occupy(work, other, there, person_id=signup.person_id, size=there.size, config=config)
    for given_up, person_id in ((post, signup.person_id), (other, actor.person_id)):
        if end_wards(work, given_up, person_id):
            fill_places(work, given_up, config)
    work.tell(Swapped(call.id, actor.person_id))


def _wanted_signup(work: Work, call: CoverCall, post: Post) -> Signup:
    signup = find_place(work, post, call.person_id or 0)
    if signup is None:
        raise NobodyWanted
    return signup
