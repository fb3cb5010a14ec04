"""Calendar files of a person's posts: what goes into them, and who has one already (VOL-03)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from bot.db.work import View
from bot.features.making.models import FileJob, JobState
from bot.features.posts.models import Post, PostState, Signup, SignupState

KIND = "calendar"
"""The kind of file that it is."""
_NEVER_CAME = (JobState.failed, JobState.cancelled)


@dataclass(frozen=True)
class Entry:
    """A post in a person's calendar; one that is not `on` is to be taken out of it."""

    post: Post
    on: bool


def entries(view: View, person_id: int, post_ids: Collection[int]) -> list[Entry]:
    """Return the person's posts among `post_ids`, in order of time; one statement.

    Posts that they wait for are left out: nobody knows yet.
    """
    found = view.session.execute(
        select(Post, Signup.state)
        .join(Signup, Signup.post_id == Post.id)
        .where(
            Signup.person_id == person_id,
            Post.id.in_(list(post_ids)),
            Signup.state.not_in([SignupState.waiting, SignupState.offered]),
        )
        .order_by(Post.starts_at, Post.id)
    )
    return [
        Entry(post, state is SignupState.confirmed and post.state is not PostState.cancelled)
        for post, state in found
    ]


def coming(view: View, person_id: int) -> list[int]:
    """Return the posts to come of a person that belong into one file; two statements.

    Those with a place, and those that stand in a file given before and are on no more.
    """
    given = given_posts(view, [person_id]).get(person_id, frozenset())
    found = view.session.execute(
        select(Post.id, Post.state, Signup.state)
        .join(Signup, Signup.post_id == Post.id)
        .where(Signup.person_id == person_id, Post.ends_at > view.now)
        .order_by(Post.starts_at, Post.id)
    )
    return [
        post_id
        for post_id, state, own in found
        if post_id in given or (state is PostState.published and own is SignupState.confirmed)
    ]


def given_posts(view: View, person_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return which posts stand in the files that people were given; one statement."""
    wanted = sorted(set(person_ids))
    if not wanted:
        return {}
    found = view.session.execute(
        select(FileJob.person_id, FileJob.params).where(
            FileJob.kind == KIND,
            FileJob.person_id.in_(wanted),
            FileJob.state.not_in(_NEVER_CAME),
        )
    )
    given: dict[int, frozenset[int]] = {}
    for person_id, params in found:
        given[person_id] = given.get(person_id, frozenset()) | frozenset(params["posts"])
    return given


def has_file(view: View, person_ids: Iterable[int], post_id: int) -> set[int]:
    """Return who of `person_ids` was given a file with the post."""
    return {
        person_id for person_id, posts in given_posts(view, person_ids).items() if post_id in posts
    }
