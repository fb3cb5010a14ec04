"""Reminders that still wait for Telegram when their post moves or does not take place.

They are never sent: what people are told instead says how it is now. What such a message says of
other posts is said again by the next tick.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select

from bot.db.work import Work
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.reach import reach_of
from bot.features.posts.models import Post, Signup, SignupState
from bot.features.posts.remindsteps import KIND, period_key, reader_of, scope_of
from bot.features.posts.remindtimes import Step
from bot.features.runs.models import JobRun, RunState

TOPIC = "post-reminder"
NO_LONGER_SO = "the post changed"
_MARK = "posts:"
_MOST = 110


def context_of(post_ids: Iterable[int]) -> str:
    """Return the context by which a reminder's posts are known again; as many as it can hold."""
    text = _MARK
    for post_id in post_ids:
        if len(text) > _MOST - len(str(post_id)):
            break
        text += f"{post_id},"
    return text


def withdraw(work: Work, post_ids: Collection[int]) -> int:
    """Cancel the reminders of these posts that wait; return how many messages."""
    waiting = work.session.scalars(
        select(OutboxRow)
        .where(OutboxRow.topic == TOPIC, OutboxRow.state.in_([State.held, State.pending]))
        .order_by(OutboxRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    gone = [row for row in waiting if _posts_in(row) & set(post_ids)]
    for row in gone:
        row.state, row.error = State.cancelled, NO_LONGER_SO
    work.session.flush()
    others = {post_id for row in gone for post_id in _posts_in(row)} - set(post_ids)
    if others:
        _remind_again(work, others, {row.person_id for row in gone if row.person_id is not None})
    return len(gone)


def _remind_again(work: Work, post_ids: Collection[int], reader_ids: Collection[int]) -> None:
    """Forget that these readers were reminded of these posts."""
    found = work.session.execute(
        select(Post, Signup)
        .join(Signup, Signup.post_id == Post.id)
        .where(Post.id.in_(list(post_ids)), Signup.state == SignupState.confirmed)
    ).all()
    reach = reach_of(work, {signup.person_id for _, signup in found})
    theirs = [
        (post, signup) for post, signup in found if reader_of(post, signup, reach) in reader_ids
    ]
    work.session.execute(
        delete(JobRun).where(
            JobRun.kind == KIND,
            JobRun.state == RunState.done,
            JobRun.scope.in_([scope_of(signup.id) for _, signup in theirs]),
            JobRun.period_key.in_([period_key(post, step) for post, _ in theirs for step in Step]),
        )
    )


def _posts_in(row: OutboxRow) -> set[int]:
    listed = (row.context or "").removeprefix(_MARK)
    return {int(number) for number in listed.split(",") if number.isascii() and number.isdigit()}
