"""What can be asked about notices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, func, literal, or_, select

from bot.db.work import View
from bot.features.notices.models import Dropped, Notice, NoticeRecipient, NoticeState
from bot.features.notices.rules import GOING_OUT
from bot.features.notices.service import topic_of
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.outbox.queries import topic_counts
from bot.features.people.models import Person
from bot.features.posts.models import Post, PostState


@dataclass(frozen=True)
class Delivery:
    """How many messages of a notice (people) are where.

    `waiting` have not gone out yet, `unknown` were sent without an answer.
    """

    total: int
    sent: int
    blocked: int
    failed: int
    unknown: int
    cancelled: int

    @property
    def settled(self) -> int:
        """How many messages need nothing more."""
        return self.sent + self.blocked + self.failed + self.unknown + self.cancelled

    @property
    def waiting(self) -> int:
        """How many messages are still to go."""
        return max(0, self.total - self.settled)


def undecided(view: View, *, most: int) -> list[Notice]:
    """Return the first `most` notices that go no further without a person, the oldest first.

    They await a second person, for themselves or for other words, or are paused. One statement.
    """
    found = view.session.scalars(
        select(Notice)
        .where(
            or_(
                Notice.state.in_([NoticeState.awaiting, NoticeState.paused]),
                Notice.proposed.is_not(None),
            )
        )
        .order_by(Notice.id)
        .limit(most)
    )
    return list(found)


def under_way(view: View) -> list[int]:
    """Return the notices that the clock has something to do for, oldest first.

    They go out, are corrected or taken back, or are paused while a message that was on its way
    came back.
    """
    came_back = (
        select(OutboxRow.id)
        .where(
            OutboxRow.topic == literal("notice:").concat(cast(Notice.id, String)),
            OutboxRow.state == State.pending,
        )
        .exists()
    )
    found = view.session.scalars(
        select(Notice.id)
        .where(
            or_(
                Notice.state.in_(sorted(GOING_OUT)),
                (Notice.state == NoticeState.recalled) & Notice.finished_at.is_(None),
                (Notice.state == NoticeState.paused) & came_back,
                Notice.correct_cursor.is_not(None),
            )
        )
        .order_by(Notice.id)
    )
    return list(found)


def delivery(view: View, notice: Notice) -> Delivery:
    """Return where the messages of `notice` are."""
    counts = topic_counts(view, topic_of(notice.id))
    return Delivery(
        total=notice.total,
        sent=counts.get(State.sent, 0),
        blocked=counts.get(State.blocked, 0),
        failed=counts.get(State.failed, 0),
        unknown=counts.get(State.unknown, 0),
        cancelled=counts.get(State.cancelled, 0),
    )


def recent_notices(view: View, *, most: int, skip: int = 0) -> list[Notice]:
    """Return notices, the newest first."""
    found = view.session.scalars(select(Notice).order_by(Notice.id.desc()).limit(most).offset(skip))
    return list(found)


def count_notices(view: View) -> int:
    """Return how many notices were ever confirmed."""
    return view.session.scalar(select(func.count()).select_from(Notice)) or 0


def not_reached(view: View, notice_id: int, *, most: int) -> Sequence[tuple[str, State]]:
    """Return the names of people whom the notice did not reach, with what became of it."""
    found = view.session.execute(
        select(Person.name, OutboxRow.state)
        .join(Person, Person.id == OutboxRow.person_id)
        .where(
            OutboxRow.topic == topic_of(notice_id),
            OutboxRow.kind == Kind.send,
            OutboxRow.state.in_([State.blocked, State.failed, State.unknown]),
        )
        .order_by(OutboxRow.id)
        .limit(most)
    )
    return [(name, state) for name, state in found]


def dropped(view: View, notice_id: int) -> dict[Dropped, int]:
    """Return how many of a frozen audience were sent nothing, by the reason."""
    found = view.session.execute(
        select(NoticeRecipient.dropped, func.count())
        .where(NoticeRecipient.notice_id == notice_id, NoticeRecipient.dropped.is_not(None))
        .group_by(NoticeRecipient.dropped)
    )
    return {why: count for why, count in found if why is not None}


def written_by(view: View, person_id: int) -> list[tuple[datetime, int, str]]:
    """Return the notices of an author, the oldest first: when, which number, and the text."""
    found = view.session.execute(
        select(Notice.created_at, Notice.id, Notice.text)
        .where(Notice.author_id == person_id)
        .order_by(Notice.id)
    )
    return [(at, number, text) for at, number, text in found]


def posts_by_id(view: View, post_ids: Iterable[int]) -> dict[int, Post]:
    """Return the posts with the given ids, by id; ids that lead nowhere are left out."""
    wanted = sorted(set(post_ids))
    if not wanted:
        return {}
    return {post.id: post for post in view.session.scalars(select(Post).where(Post.id.in_(wanted)))}


def recent_posts(view: View, *, since: datetime, most: int) -> list[Post]:
    """Return posts that were published and end after `since`, the earliest first.

    Of a post with several roles the first row stands for all.
    """
    found = view.session.scalars(
        select(Post)
        .where(
            Post.state.in_([PostState.published, PostState.closed]),
            Post.ends_at > since,
            or_(Post.group_id.is_(None), Post.group_id == Post.id),
        )
        .order_by(Post.starts_at, Post.id)
        .limit(most)
    )
    return list(found)
