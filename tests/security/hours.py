"""Hours of the house: some that were asked for, and some that count."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.db.work import Work
from bot.features.hours.models import HourEntry, HourKind, HourRequest, RequestKind
from bot.features.posts.models import Post, Signup


@dataclass(frozen=True)
class HourThings:
    """Requests of the people of the own and the other post, and hours of the other one."""

    own: int
    other: int
    other_entry: int


def furnish_hours(work: Work, posts: Sequence[Post], words: str) -> HourThings:
    """Let who has a place at the first two posts ask for hours, and the second have some."""
    asked = [_asked(work, post, words) for post in posts]
    entry = HourEntry(
        person_id=_person(work, posts[1]),
        post_id=posts[1].id,
        kind=HourKind.signed,
        minutes=60,
        day=work.now.date(),
        at=work.now,
    )
    work.session.add(entry)
    work.session.flush()
    return HourThings(asked[0].id, asked[1].id, entry.id)


def _asked(work: Work, post: Post, words: str) -> HourRequest:
    person_id = _person(work, post)
    request = HourRequest(
        kind=RequestKind.missing,
        person_id=person_id,
        by_person_id=person_id,
        post_id=post.id,
        day=work.now.date(),
        minutes=60,
        words=words,
        at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    return request


def _person(work: Work, post: Post) -> int:
    first = select(Signup.person_id).where(Signup.post_id == post.id).order_by(Signup.id).limit(1)
    return work.session.scalars(first).one()
