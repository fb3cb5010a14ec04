"""What the office and post leads do with posts (VOL-01)."""

from dataclasses import dataclass
from datetime import datetime

from bot.config import Config
from bot.core.errors import NotAllowed
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.places.service import resolve
from bot.features.posts.access import access_post_to_manage, leads, lock_person, lock_post
from bot.features.posts.drafting import NewPost, add_posts, check_times, move_to
from bot.features.posts.errors import BelowSignedUp, ChangedMeanwhile, TooManyPlaces
from bot.features.posts.facts import CannotCome, PostCancelled, PostChanged, Removed
from bot.features.posts.held import live_signup
from bot.features.posts.leads import end_leading, set_lead
from bot.features.posts.leaving import end
from bot.features.posts.line import fill_places
from bot.features.posts.models import Post, PostState, SignupState
from bot.features.posts.planerrors import MoreAtLeastThanPlaces
from bot.features.posts.rules import check_not_begun, may_leave
from bot.features.posts.withdrawing import open_offers, withdraw


@dataclass(frozen=True)
class Changes:
    """What a post is to be after an edit; the number of places is changed by itself.

    `minimum` and `companions` are left as they are where they are None; `title` and `speaker` are
    a lecture's, and None for what is none.
    """

    kind: str
    place: str
    starts_at: datetime
    ends_at: datetime
    lead_person_id: int | None
    note: str | None
    minimum: int | None = None
    companions: int | None = None
    title: str | None = None
    speaker: str | None = None


def publish(work: Work, *, actor: Actor, post: NewPost) -> Post:
    """Publish a post; its lead is told.

    Raises NotAllowed, StartsInPast, and NotFound for a lead who is not registered. The caller has
    checked the number of places against the configuration (`check_places`).
    """
    return add_posts(work, actor=actor, groups=[[post]])[0]


def check_places(capacity: int, config: Config) -> None:
    """Raise TooManyPlaces unless a post may have so many places."""
    if not 1 <= capacity <= config.posts.max_capacity:
        raise TooManyPlaces(most=config.posts.max_capacity)


def set_capacity(
    work: Work, *, actor: Actor, post_id: int, capacity: int, config: Config
) -> list[int]:
    """Change the number of places; return to whom of the line one is offered.

    Offers are taken back where there are too few places, the last in line first. Who has a place
    is not put out: raises BelowSignedUp with the figures. Raises NotAllowed, NotFound,
    TooManyPlaces and what `rules.check_not_begun` raises.
    """
    post = access_post_to_manage(work, actor=actor, post_id=post_id)
    check_not_begun(post, now=work.now)
    check_places(capacity, config)
    _withdraw_down_to(work, post, capacity)
    if capacity < post.taken:
        raise BelowSignedUp(capacity=capacity, taken=post.taken)
    before = post.capacity
    post.capacity = capacity
    post.minimum = min(post.minimum, capacity)
    post.version += 1
    work.session.flush()
    record(
        work,
        "post.capacity",
        f"post:{post.id}",
        actor_id=actor.person_id,
        before=before,
        after=capacity,
    )
    return fill_places(work, post, config)


def change(
    work: Work, *, actor: Actor, post_id: int, version: int, changes: Changes, config: Config
) -> Post:
    """Change a post that was read at `version`; everyone concerned is told once.

    Where it was moved, offers are taken back and made anew for the new place and time. Whoever
    brings more people than may be brought from now on brings them still. The minimum and the
    companions concern nobody who has signed up, and nobody is told of them.

    Raises ChangedMeanwhile when somebody else edited it since, NotAllowed, NotFound,
    StartsInPast, MoreAtLeastThanPlaces and what `rules.check_not_begun` raises.
    """
    post = access_post_to_manage(
        work, actor=actor, post_id=post_id, new_lead_id=changes.lead_person_id
    )
    is_draft = post.state is PostState.draft
    if not is_draft:
        check_not_begun(post, now=work.now)
    if post.version != version:
        raise ChangedMeanwhile
    old = (post.place, post.starts_at, post.ends_at)
    new = (changes.place, changes.starts_at, changes.ends_at)
    moved = old != new
    if moved:
        check_times(work, changes.starts_at, changes.ends_at, draft=is_draft)
        post.changed_at = None if is_draft else work.now
    post.version += 1
    old_title = post.title
    noted = _write_down(post, changes)
    place = next(iter(resolve(work, [changes.place], by=actor.person_id).values()))
    post.place_id = place.id
    post.place, post.starts_at, post.ends_at = new
    work.session.flush()
    if is_draft:
        post.lead_person_id = changes.lead_person_id
    elif moved or noted:
        work.tell(PostChanged(post.id, post.version, moved, *old, old_title))
    if moved and not is_draft:
        withdraw(work, post, open_offers(work, post))
        fill_places(work, post, config)
    if not is_draft:
        set_lead(
            work,
            post,
            changes.lead_person_id,
            by=actor.person_id,
            quietly=post.group_id not in {None, post.id},
        )
    record(work, "post.changed", f"post:{post.id}", actor_id=actor.person_id, moved=moved)
    return post


def cancel(work: Work, *, actor: Actor, post_id: int) -> Post:
    """Cancel a post; everyone who has a place, waits or leads it is told.

    Raises NotAllowed, NotFound and what `rules.check_not_begun` raises.
    """
    post = access_post_to_manage(work, actor=actor, post_id=post_id)
    if post.state is PostState.draft:
        move_to(post, PostState.cancelled)
    else:
        check_not_begun(post, now=work.now)
        withdraw(work, post, open_offers(work, post))
        move_to(post, PostState.cancelled)
        end_leading(work, post, by=actor.person_id)
        work.tell(PostCancelled(post.id))
    record(work, "post.cancelled", f"post:{post.id}", actor_id=actor.person_id, taken=post.taken)
    return post


def remove(work: Work, *, actor: Actor, post_id: int, person_id: int, config: Config) -> list[int]:
    """Take a person off a post; they are told. Return to whom of the line the place is offered.

    For the office and the post's lead. Raises NotAllowed, NotFound, NotSignedUp and what
    `rules.check_not_begun` raises.
    """
    post = lock_post(work, post_id)
    if not leads(actor, post.id):
        raise NotAllowed
    check_not_begun(post, now=work.now)
    signup = live_signup(work, post, person_id)
    work.tell(Removed(post.id, person_id, signup.number))
    record(work, "post.removed", f"post:{post.id}", actor_id=actor.person_id, person=person_id)
    return end(work, post, signup, SignupState.removed, config)


def tell_lead(work: Work, *, actor: Actor, post_id: int, config: Config) -> bool:
    """Let the lead know that `actor` cannot come, once it is too late to leave by oneself.

    The place stays theirs until the lead gives it away. False, and nobody is troubled, where the
    person may still leave. Raises NotFound, NotSignedUp and what `rules.check_not_begun` raises.
    """
    lock_person(work, actor.person_id)
    post = lock_post(work, post_id)
    check_not_begun(post, now=work.now)
    signup = live_signup(work, post, actor.person_id)
    if may_leave(post, signup, now=work.now, config=config):
        return False
    work.tell(CannotCome(post.id, actor.person_id, signup.number))
    record(work, "post.cannot_come", f"post:{post.id}", actor_id=actor.person_id)
    return True


def _write_down(post: Post, changes: Changes) -> bool:
    """Change what a post is but for its place and times; tell whether it concerns who comes."""
    if changes.minimum is not None:
        if changes.minimum > post.capacity:
            raise MoreAtLeastThanPlaces(minimum=changes.minimum, capacity=post.capacity)
        post.minimum = changes.minimum
    if changes.companions is not None:
        post.companions = changes.companions
    old = (post.kind, post.note, post.title, post.speaker)
    new = (changes.kind, changes.note, changes.title, changes.speaker)
    post.kind, post.note, post.title, post.speaker = new
    return old != new


def _withdraw_down_to(work: Work, post: Post, capacity: int) -> None:
    for signup in open_offers(work, post) if capacity < post.taken else ():
        if capacity < post.taken:
            withdraw(work, post, [signup])
