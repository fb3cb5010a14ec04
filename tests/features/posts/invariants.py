"""What must always hold of posts, sign-ups and the steps of lines."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from sqlalchemy import select

from bot.db.work import View
from bot.features.posts.models import (
    HOLDING,
    LineEntry,
    LineStep,
    Post,
    PostState,
    Signup,
    SignupState,
)
from bot.features.posts.rules import overlap_minutes


def everything(view: View) -> tuple[dict[int, Post], list[Signup], list[LineEntry]]:
    """Return all posts by id, all sign-ups in order, and all steps of lines."""
    posts = {post.id: post for post in view.session.scalars(select(Post))}
    rows = list(view.session.scalars(select(Signup).order_by(Signup.number)))
    return posts, rows, list(view.session.scalars(select(LineEntry).order_by(LineEntry.id)))


def check_counts(posts: Mapping[int, Post], rows: Sequence[Signup]) -> None:
    """Check that the counts are right and nobody is over."""
    for post in posts.values():
        mine = [one for one in rows if one.post_id == post.id]
        held = sum(one.size for one in mine if one.state in HOLDING)
        assert post.taken == held <= post.capacity
        assert post.waiting == sum(one.state is SignupState.waiting for one in mine)


def check_overlaps(posts: Mapping[int, Post], rows: Sequence[Signup]) -> None:
    """Check that nobody is at two places at once."""
    held = [
        (one.person_id, posts[one.post_id])
        for one in rows
        if one.state in HOLDING and posts[one.post_id].state is PostState.published
    ]
    for (person, one), (other, two) in combinations(held, 2):
        clash = overlap_minutes(one.starts_at, one.ends_at, two.starts_at, two.ends_at)
        assert person != other or not clash


def check_order(steps: Sequence[LineEntry], rows: Sequence[Signup]) -> None:
    """Check that no place was offered past somebody who waits, unless they were passed over."""
    waiting: set[int] = set()
    passed: set[int] = set()
    for entry in steps:
        if entry.step is LineStep.passed_over:
            passed.add(entry.number)
            continue
        if entry.step is LineStep.offered:
            before = {number for number in waiting if number < entry.number}
            assert before <= passed, "a place was offered past somebody who waits"
        waiting.discard(entry.number)
        if entry.step in {LineStep.joined, LineStep.withdrawn}:
            waiting.add(entry.number)
    still = {one.number for one in rows if one.state is SignupState.waiting}
    assert waiting == still, "the steps of the line tell how people stand"
