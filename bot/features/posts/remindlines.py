"""What a reminder says of each post, and whether a person said that they will come (VOL-03)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.features.people.reach import Reach
from bot.features.posts.models import Post, Signup, SignupState


@dataclass(frozen=True)
class Line:
    """One post in a message. `names` are those who are told through the reader, if any.

    `mine` says that the reader has a place there; `size` counts them and whom they bring, and
    `sure` means that they said that they will come.
    """

    post: Post
    mine: bool
    size: int = 1
    sure: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reminder:
    """What one person is reminded of, in order of time; `number` is unique for the message."""

    recipient_id: int
    number: int
    lines: Sequence[Line]


def lines_for(
    reader_id: int, standing: Iterable[tuple[Post, Signup]], reach: Mapping[int, Reach]
) -> list[Line]:
    """Return the posts of a message to `reader_id`, each once, in order of time."""
    by_post: dict[int, Line] = {}
    for post, signup in standing:
        line = by_post.get(post.id, Line(post, mine=False))
        if signup.person_id == reader_id:
            line = replace(line, mine=True, size=signup.size, sure=is_sure(post, signup))
        elif (other := reach.get(signup.person_id)) is not None:
            line = replace(line, names=(*line.names, other.name))
        by_post[post.id] = line
    return sorted(by_post.values(), key=lambda line: (line.post.starts_at, line.post.id))


def is_sure(post: Post, signup: Signup) -> bool:
    """Tell whether the person said that they will come, to the place and time of now."""
    if signup.sure_at is None or signup.state is not SignupState.confirmed:
        return False
    return signup.sure_at >= told_at(post, signup)


def told_at(post: Post, signup: Signup) -> datetime:
    """Return since when the person knows place and time."""
    return signup.at if post.changed_at is None else max(signup.at, post.changed_at)
