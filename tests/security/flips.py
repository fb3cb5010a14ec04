"""A decision about many posts that can still be taken back."""

from bot.db.work import Work
from bot.features.flips.models import Flip, FlipPost, What
from bot.features.posts.models import Post


def flip_of(work: Work, by: int, post: Post) -> int:
    """Keep a decision about `post` and return its id."""
    made = Flip(what=What.resume, reason="rain", by_person_id=by, at=work.now)
    work.session.add(made)
    work.session.flush()
    work.session.add(
        FlipPost(
            flip_id=made.id,
            post_id=post.id,
            version=post.version,
            old_state=post.state,
            old_starts_at=post.starts_at,
            old_ends_at=post.ends_at,
            led=True,
        )
    )
    work.session.flush()
    return made.id
