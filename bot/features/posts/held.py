"""What a person has at the time of a post, locked until the transaction ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.db.work import Work
from bot.features.posts.errors import NotSignedUp
from bot.features.posts.models import HOLDING, LIVE, Post, Signup, SignupState
from bot.features.posts.statements import OWN_AT_THAT_TIME


@dataclass(frozen=True)
class Own:
    """A sign-up of one person, with the times of its post."""

    id: int
    post_id: int
    state: SignupState
    number: int
    size: int
    starts_at: datetime
    ends_at: datetime

    @property
    def holds(self) -> bool:
        """Whether the person has a place, or one is kept for them."""
        return self.state in HOLDING


def own_at_that_time(work: Work, person_id: int, post: Post) -> list[Own]:
    """Return the person's row for `post` and their live rows for posts at the same time.

    The rows are locked: another post's line may be about to offer one of them a place.
    """
    found = work.session.execute(
        OWN_AT_THAT_TIME,
        {
            "person_id": person_id,
            "post_id": post.id,
            "starts_at": post.starts_at,
            "ends_at": post.ends_at,
        },
    )
    return [Own(*row) for row in found]


def posts_of(work: Work, own: Sequence[Own]) -> Sequence[Post]:
    """Return the posts of these sign-ups, in order of time."""
    if not own:
        return ()
    ids = [one.post_id for one in own]
    return work.session.scalars(
        select(Post).where(Post.id.in_(ids)).order_by(Post.starts_at, Post.id)
    ).all()


def live_signup(work: Work, post: Post, person_id: int) -> Signup:
    """Return how a person stands with a locked post. Raises NotSignedUp."""
    signup = work.session.scalar(
        select(Signup)
        .where(
            Signup.post_id == post.id,
            Signup.person_id == person_id,
            Signup.state.in_(LIVE),
        )
        .execution_options(populate_existing=True)
    )
    if signup is None:
        raise NotSignedUp
    return signup
