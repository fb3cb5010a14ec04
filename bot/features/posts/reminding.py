"""Reminders before posts: who is due for which, and taking them, each once (VOL-03).

A reminder is noted for a sign-up, a step and the place and time that the post had then
(`period_key`): late joiners get theirs, a post that moved reminds anew, and two copies of the bot
send one message. People without a chat are reminded through who looks after them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.people.models import Person
from bot.features.people.reach import Reach, reach_of
from bot.features.posts.models import Post, PostState, Signup, SignupState
from bot.features.posts.remindlines import Reminder, lines_for, told_at
from bot.features.posts.remindtimes import (
    CHOICES,
    JUST_TOLD,
    Step,
    Verdict,
    When,
    day_before,
    moment_of,
    verdict,
)
from bot.features.posts.rules import move_stamp
from bot.features.runs.models import RunState
from bot.features.runs.service import Effect, claim_many, noted

KIND = "post-reminder"
_RECIPIENTS_AT_ONCE = 100
_NOTES_AT_ONCE = 500
_LOOK_BACK = timedelta(days=2)
_LOOK_AHEAD = timedelta(days=2)


@dataclass(frozen=True)
class Note:
    """Steps that are not sent: only noted, with the reason."""

    effects: Sequence[Effect]


@dataclass(frozen=True)
class Remind:
    """The sign-ups and posts of some recipients, of which at least one step is due."""

    post_ids: Sequence[int]
    signup_ids: Sequence[int]


@dataclass(frozen=True)
class _Due:
    """A step of one sign-up about which something is to be done."""

    signup: Signup
    post: Post
    step: Step
    verdict: Verdict

    @property
    def effect(self) -> Effect:
        return Effect(
            scope_of(self.signup.id),
            period_key(self.post, self.step),
            self.verdict.state,
            self.verdict.reason,
        )


def due(view: View, config: Config) -> list[Note | Remind]:
    """Return what is to be done about reminders now; the same number of statements for any rows."""
    posts = _posts_near(view, config)
    if not posts:
        return []
    found = _open_steps(view, config, posts, Signup.post_id.in_(list(posts)))
    noting = [one.effect for one in found if one.verdict.state is not RunState.done]
    sending = [one for one in found if one.verdict.state is RunState.done]
    notes = [Note(noting[at : at + _NOTES_AT_ONCE]) for at in range(0, len(noting), _NOTES_AT_ONCE)]
    return [*notes, *_pages(view, sending)]


def note(work: Work, effect: Note) -> None:
    """Note steps that are not sent."""
    claim_many(work, KIND, effect.effects)


def take(work: Work, config: Config, effect: Remind) -> list[Reminder]:
    """Take what is due for the sign-ups of `effect`; return the messages to be written.

    The posts are locked meanwhile: what is cancelled, moved or left beside this is not reminded of.
    """
    posts = lock_in_order(work, effect.post_ids)
    found = [
        one
        for one in _open_steps(work, config, posts, Signup.id.in_(effect.signup_ids))
        if one.verdict.state is RunState.done
    ]
    fresh = claim_many(work, KIND, [one.effect for one in found])
    taken = [
        (one, number)
        for one in found
        if (number := fresh.get((one.effect.scope, one.effect.period_key))) is not None
    ]
    return _messages(work, taken)


def settle_passed(work: Work, config: Config, post_ids: Collection[int]) -> None:
    """Note the steps of posts whose time has come: people are told otherwise in this moment."""
    posts = {post.id: post for post in _posts(work, Post.id.in_(list(post_ids)))}
    rows = _standing(work, Signup.post_id.in_(list(posts)))
    effects = [
        Effect(scope_of(signup.id), period_key(post, step), RunState.not_needed, JUST_TOLD)
        for signup, minutes in rows
        for post in [posts[signup.post_id]]
        for step in Step
        if (moment := moment_of(step, _when(post, signup, minutes), config)) is not None
        and moment <= work.now
    ]
    claim_many(work, KIND, effects)


def reader_of(post: Post, signup: Signup, reach: Mapping[int, Reach]) -> int:
    """Return who is told: the person, who looks after them, or else the lead; 0 for nobody."""
    found = reach.get(signup.person_id)
    recipient = None if found is None else found.recipient_id
    return recipient or signup.by_person_id or post.lead_person_id or 0


def scope_of(signup_id: int) -> str:
    """Return whom a noted step concerns."""
    return f"signup:{signup_id}"


def period_key(post: Post, step: Step) -> str:
    """Return which reminder it is, of the post at the place and time of now."""
    return f"{post.id}:{move_stamp(post)}:{step}"


def lock_in_order(work: Work, post_ids: Iterable[int]) -> dict[int, Post]:
    """Return posts as they stand now, by id, locked in one statement in the order of their ids."""
    found = work.session.scalars(
        select(Post)
        .where(Post.id.in_(sorted(set(post_ids))))
        .order_by(Post.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {post.id: post for post in found}


def _posts_near(view: View, config: Config) -> dict[int, Post]:
    """Return the posts that have begun lately, or of which a reminder may be due, by id."""
    soon = timedelta(minutes=max(config.posts.reminders.hours_before * 60, *CHOICES))
    found = posts_between(view, view.now - _LOOK_BACK, view.now + max(_LOOK_AHEAD, soon))
    return {
        post.id: post
        for post in found
        if view.now >= min(day_before(post.starts_at, config), post.starts_at - soon)
    }


def posts_between(view: View, start: datetime, end: datetime) -> Sequence[Post]:
    """Return the posts that begin in (start, end] and take place or took place."""
    return _posts(
        view,
        Post.state.in_([PostState.published, PostState.closed])
        & (Post.starts_at > start)
        & (Post.starts_at <= end),
    )


def _posts(view: View, which: ColumnElement[bool]) -> Sequence[Post]:
    return view.session.scalars(select(Post).where(which).order_by(Post.id)).all()


def _standing(view: View, which: ColumnElement[bool]) -> list[tuple[Signup, int | None]]:
    """Return who has a place, with how long before a post they want to be reminded."""
    found = view.session.execute(
        select(Signup, Person.reminder_minutes)
        .join(Person, Person.id == Signup.person_id)
        .where(which, Signup.state == SignupState.confirmed)
        .order_by(Signup.id)
        .execution_options(populate_existing=True)
    )
    return [(signup, minutes) for signup, minutes in found]


def _open_steps(
    view: View, config: Config, posts: dict[int, Post], which: ColumnElement[bool]
) -> list[_Due]:
    """Return the steps that are neither noted nor still to come."""
    keys = [period_key(post, step) for post in posts.values() for step in Step]
    before = noted(view, KIND, keys)
    found: list[_Due] = []
    for signup, minutes in _standing(view, which):
        post = posts.get(signup.post_id)
        if post is None or not _reminds(post):
            continue
        when = _when(post, signup, minutes)
        for step in Step:
            if (scope_of(signup.id), period_key(post, step)) in before:
                continue
            decided = verdict(step, when, now=view.now, config=config)
            if decided is not None:
                found.append(_Due(signup, post, step, decided))
    return found


def _reminds(post: Post) -> bool:
    return post.state in {PostState.published, PostState.closed} and post.paused_at is None


def _when(post: Post, signup: Signup, minutes: int | None) -> When:
    return When(post.starts_at, told_at(post, signup), minutes)


def _pages(view: View, sending: Sequence[_Due]) -> list[Remind]:
    """Return the due sign-ups in pages of whole recipients: one message for each of them."""
    if not sending:
        return []
    reach = reach_of(view, {one.signup.person_id for one in sending})
    by_reader: dict[int, list[_Due]] = defaultdict(list)
    for one in sending:
        by_reader[reader_of(one.post, one.signup, reach)].append(one)
    readers = sorted(
        by_reader.values(), key=lambda theirs: (theirs[0].post.id, theirs[0].signup.id)
    )
    pages = []
    for at in range(0, len(readers), _RECIPIENTS_AT_ONCE):
        page = [one for theirs in readers[at : at + _RECIPIENTS_AT_ONCE] for one in theirs]
        pages.append(
            Remind(sorted({one.post.id for one in page}), sorted({one.signup.id for one in page}))
        )
    return pages


def _messages(work: Work, taken: Sequence[tuple[_Due, int]]) -> list[Reminder]:
    if not taken:
        return []
    reach = reach_of(work, {one.signup.person_id for one, _ in taken})
    by_reader: dict[int, list[tuple[_Due, int]]] = defaultdict(list)
    for one, number in taken:
        by_reader[reader_of(one.post, one.signup, reach)].append((one, number))
    return [
        Reminder(
            reader,
            min(number for _, number in theirs),
            lines_for(reader, [(one.post, one.signup) for one, _ in theirs], reach),
        )
        for reader, theirs in sorted(by_reader.items())
        if reader
    ]
