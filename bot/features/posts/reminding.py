"""Reminders before posts: who is due for which, and taking them, each once (VOL-03).

A reminder is noted for a sign-up, a step and the place and time that the post had then
(`period_key`): late joiners get theirs, a post that moved reminds anew, and two copies of the bot
send one message. People without a chat are reminded through who looks after them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.people.reach import reach_of
from bot.features.posts.models import Post, Signup
from bot.features.posts.remindlines import Reminder, lines_for
from bot.features.posts.remindsteps import (
    KIND,
    LOOK_BACK,
    Due,
    Rows,
    ahead,
    by_reader,
    claimed,
    decided_at,
    is_near,
    noted_of,
    period_key,
    posts_between,
    posts_where,
    reader_of,
    scope_of,
    standing,
    when_of,
)
from bot.features.posts.remindtimes import JUST_TOLD, Step, moment_of
from bot.features.runs.models import RunState
from bot.features.runs.service import Effect, claim_many

_RECIPIENTS_AT_ONCE = 100
_NOTES_AT_ONCE = 500


@dataclass(frozen=True)
class Note:
    """Steps that are not sent: only noted, with the reason."""

    effects: Sequence[Effect]


@dataclass(frozen=True)
class Remind:
    """The sign-ups and posts of some recipients, of which at least one step is due."""

    post_ids: Sequence[int]
    signup_ids: Sequence[int]


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
    return _messages(work, claimed(work, found))


def settle_passed(work: Work, config: Config, post_ids: Collection[int]) -> None:
    """Note the steps of posts whose time has come: people are told otherwise in this moment."""
    posts = {post.id: post for post in posts_where(work, Post.id.in_(list(post_ids)))}
    rows = standing(work, Signup.post_id.in_(list(posts)))
    effects = [
        Effect(scope_of(signup.id), period_key(post, step), RunState.not_needed, JUST_TOLD)
        for signup, minutes in rows
        for post in [posts[signup.post_id]]
        for step in Step
        if (moment := moment_of(step, when_of(post, signup, minutes), config)) is not None
        and moment <= work.now
    ]
    claim_many(work, KIND, effects)


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
    found = posts_between(view, view.now - LOOK_BACK, view.now + ahead(config))
    return {post.id: post for post in found if is_near(post, view.now, config)}


def _open_steps(
    view: View, config: Config, posts: dict[int, Post], which: ColumnElement[bool]
) -> list[Due]:
    """Return the steps that are neither noted nor still to come."""
    rows = Rows(posts, standing(view, which))
    return decided_at(rows, noted_of(view, posts), view.now, config)


def _pages(view: View, sending: Sequence[Due]) -> list[Remind]:
    """Return the due sign-ups in pages of whole recipients: one message for each of them."""
    if not sending:
        return []
    reach = reach_of(view, {one.signup.person_id for one in sending})
    by_reader: dict[int, list[Due]] = defaultdict(list)
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


def _messages(work: Work, taken: Sequence[tuple[Due, int]]) -> list[Reminder]:
    if not taken:
        return []
    reach = reach_of(work, {one.signup.person_id for one, _ in taken})
    return [
        Reminder(
            reader,
            min(number for _, number in theirs),
            lines_for(reader, [(one.post, one.signup) for one, _ in theirs], reach),
        )
        for reader, theirs in by_reader(taken, reach).items()
    ]
