"""Pure decisions about posts (VOL-02)."""

from datetime import datetime, timedelta

from bot.config import Config
from bot.features.posts.errors import (
    PostHasEnded,
    PostHasStarted,
    PostIsCancelled,
    PostIsDraft,
    PostIsPaused,
    PostIsSettled,
    SignupHasClosed,
)
from bot.features.posts.models import Post, PostState, Signup, SignupState


def overlap_minutes(
    starts_at: datetime, ends_at: datetime, other_starts_at: datetime, other_ends_at: datetime
) -> int:
    """Return how many minutes two half-open stretches share, rounded up; 0 where they touch."""
    shared = min(ends_at, other_ends_at) - max(starts_at, other_starts_at)
    return max(0, -(-shared // timedelta(minutes=1)))


def missing(post: Post) -> int:
    """Return how many places are free."""
    return max(0, post.capacity - post.taken)


def closes_at(post: Post, config: Config) -> datetime:
    """Return when sign-up ends."""
    return post.starts_at - timedelta(minutes=config.posts.signup_closes_minutes_before_start)


def most_companions(post: Post, config: Config) -> int:
    """Return how many people one person may bring."""
    return min(post.companions, config.posts.signing.companions)


def is_open(post: Post, *, now: datetime, config: Config) -> bool:
    """Tell whether one can sign up."""
    if post.state is not PostState.published or post.paused_at is not None:
        return False
    return now < closes_at(post, config)


def is_over(post: Post, *, now: datetime) -> bool:
    """Tell whether nothing of the post can change any more."""
    return post.state in {PostState.cancelled, PostState.closed} or now >= post.starts_at


def check_not_begun(post: Post, *, now: datetime) -> None:
    """Raise unless the post is still to come.

    PostIsCancelled, PostIsSettled, PostHasEnded or PostHasStarted.
    """
    if post.state is PostState.cancelled:
        raise PostIsCancelled
    if post.state is PostState.closed:
        raise PostIsSettled
    if now >= post.ends_at:
        raise PostHasEnded
    if now >= post.starts_at:
        raise PostHasStarted


def check_open(post: Post, *, now: datetime, config: Config) -> None:
    """Raise unless one can sign up.

    What `check_not_begun` raises, PostIsDraft, PostIsPaused, or SignupHasClosed shortly before the
    start.
    """
    check_not_begun(post, now=now)
    if post.state is PostState.draft:
        raise PostIsDraft
    if post.paused_at is not None:
        raise PostIsPaused
    if now >= closes_at(post, config):
        raise SignupHasClosed(minutes=config.posts.signup_closes_minutes_before_start)


def may_leave(post: Post, signup: Signup, *, now: datetime, config: Config) -> bool:
    """Tell whether a person may leave by themselves.

    Who waits, or is offered a place, always may. Those with a place may until the cut-off, and at
    any time where the post's place or time changed after they took it.
    """
    if signup.state is not SignupState.confirmed:
        return True
    if post.changed_at is not None and post.changed_at >= signup.at:
        return True
    if now - signup.at < timedelta(minutes=config.posts.signing.undo_minutes):
        return True
    return now < post.starts_at - timedelta(hours=config.posts.leave_cutoff_hours)


def move_stamp(post: Post) -> int:
    """Return what tells whether a card shows the place and time that the post has now.

    0 for a post that is where it was published.
    """
    return 0 if post.changed_at is None else int(post.changed_at.timestamp())
