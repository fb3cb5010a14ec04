"""A notice on its way: it begins at its time, goes out chunk by chunk, and is over."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, or_, select, update

from bot.config import Config
from bot.core.roles import OFFICE
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices import rules
from bot.features.notices.audience import Audience
from bot.features.notices.facts import NoticeChanged, NoticeDropped, NoticePaused, WhyDropped
from bot.features.notices.members import recipients
from bot.features.notices.models import Dropped, Notice, NoticeRecipient, NoticeState
from bot.features.notices.rules import Standing
from bot.features.notices.service import topic_of
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.outbox.service import hold_topic
from bot.features.people.models import Grant
from bot.features.runs.cancelled import passed_over
from bot.features.units.models import Unit

PASSED_OVER = "notice"
"""The kind under which it is noted for whom a notice was cancelled before it began."""
CHUNK = 500
"""Recipients whose messages are put into the outbox in one transaction."""
BY_ERRORS = "errors"
"""The reason of a pause that nobody pressed."""

SETTLED = (State.sent, State.blocked, State.failed)
"""What has become of a message once it is known; such ones in a row may pause the rest."""


def lock_notice(work: Work, notice_id: int) -> Notice | None:
    """Return a notice that the clock sets off, for this transaction alone; None when it is over."""
    states = [NoticeState.scheduled, *rules.UNDER_WAY, NoticeState.recalled]
    return work.session.scalar(
        select(Notice)
        .where(
            Notice.id == notice_id,
            or_(Notice.state.in_(states), Notice.correct_cursor.is_not(None)),
        )
        .with_for_update()
    )


def begin(work: Work, config: Config, notice: Notice) -> None:
    """Let a scheduled notice go out: to those of its frozen audience for whom it still is.

    Who lost their role, whose unit was closed and who is no longer chosen is noted with the reason.
    Without a confirming person in the office, or with nobody left, it is cancelled and told.
    """
    confirmers = [notice.author_id, notice.words_by, notice.confirmed_by]
    if not rules.may_begin(_in_office(work, [one for one in confirmers if one is not None])):
        _drop(work, notice, WhyDropped.no_author)
        return
    dropped = stand_now(work, config, notice)
    for why in Dropped:
        people = [person_id for person_id, reason in dropped.items() if reason is why]
        if people:
            work.session.execute(
                update(NoticeRecipient)
                .where(
                    NoticeRecipient.notice_id == notice.id, NoticeRecipient.person_id.in_(people)
                )
                .values(dropped=why)
                .execution_options(synchronize_session=False)
            )
    notice.total -= len(dropped)
    if notice.total == 0:
        _drop(work, notice, WhyDropped.nobody_left)
        return
    notice.state = NoticeState.expanding
    work.tell(NoticeChanged(notice.id))


def stand_now(view: View, config: Config, notice: Notice) -> dict[int, Dropped]:
    """Return who of a frozen audience would be sent nothing if it began now, and why.

    A fixed number of statements, however many people there are.
    """
    ours = select(NoticeRecipient.person_id).where(NoticeRecipient.notice_id == notice.id)
    frozen = list(view.session.scalars(ours))
    chosen = set(
        view.session.scalars(
            select(NoticeRecipient.person_id).where(
                NoticeRecipient.notice_id == notice.id,
                NoticeRecipient.person_id.in_(
                    recipients(view, config, Audience.of(notice.audience))
                ),
            )
        )
    )
    grants: dict[int, set[bool]] = defaultdict(set)
    for person_id, closed in view.session.execute(
        select(Grant.person_id, Unit.closed_at.is_not(None))
        .outerjoin(Unit, Unit.id == Grant.unit_id)
        .where(Grant.revoked_at.is_(None), Grant.person_id.in_(ours))
    ):
        grants[person_id].add(bool(closed))
    sorted_out = rules.sorted_out(
        frozen,
        {
            person_id: Standing(
                chosen=person_id in chosen,
                has_role=bool(grants[person_id]),
                unit_closed=grants[person_id] == {True},
            )
            for person_id in frozen
        },
    )
    by_hand = passed_over(view, PASSED_OVER, topic_of(notice.id)).intersection(frozen)
    return sorted_out | dict.fromkeys(by_hand, Dropped.by_hand)


def next_recipients(work: Work, notice: Notice) -> list[int]:
    """Return the next people whose messages are to be put into the outbox, and move on.

    An empty list means that everybody's message is there.
    """
    people = list(
        work.session.scalars(
            select(NoticeRecipient.person_id)
            .where(
                NoticeRecipient.notice_id == notice.id,
                NoticeRecipient.person_id > notice.cursor,
                NoticeRecipient.dropped.is_(None),
            )
            .order_by(NoticeRecipient.person_id)
            .limit(CHUNK)
        )
    )
    if people:
        notice.cursor = people[-1]
    else:
        notice.state = NoticeState.sending
    return people


def count_unexpanded(view: View, notice: Notice) -> int:
    """Return how many people's messages are not in the outbox yet."""
    found = view.session.scalar(
        select(func.count())
        .select_from(NoticeRecipient)
        .where(
            NoticeRecipient.notice_id == notice.id,
            NoticeRecipient.person_id > notice.cursor,
            NoticeRecipient.dropped.is_(None),
        )
    )
    return found or 0


def finish(work: Work, notice: Notice) -> None:
    """Note that nothing of `notice` is on its way any more."""
    notice.state = NoticeState.sent
    notice.finished_at = work.now


def pause_on_errors(work: Work, config: Config, notice: Notice) -> bool:
    """Pause `notice` where its latest messages all failed for good; return whether it did.

    A person looks at it and lets it go on, or ends it.
    """
    most = config.notices.pause_after_errors
    latest = work.session.execute(
        select(OutboxRow.id, OutboxRow.state)
        .where(
            OutboxRow.topic == topic_of(notice.id),
            OutboxRow.kind == Kind.send,
            OutboxRow.state.in_(SETTLED),
            OutboxRow.id > notice.errors_seen,
        )
        .order_by(OutboxRow.id.desc())
        .limit(most)
    ).all()
    if not rules.errors_in_a_row([state is not State.sent for _, state in latest], most=most):
        return False
    notice.errors_seen = latest[0].id
    notice.state = NoticeState.paused
    notice.pause_reason = BY_ERRORS
    hold_topic(work, topic_of(notice.id))
    record(work, "notice.paused", topic_of(notice.id), actor_id=None, errors=most)
    work.tell(NoticePaused(notice.id, most))
    return True


def _in_office(view: View, person_ids: Collection[int]) -> list[bool]:
    there = set(
        view.session.scalars(
            select(Grant.person_id).where(
                Grant.person_id.in_(person_ids),
                Grant.role.in_(sorted(OFFICE)),
                Grant.revoked_at.is_(None),
            )
        )
    )
    return [one in there for one in person_ids]


def _drop(work: Work, notice: Notice, why: WhyDropped) -> None:
    notice.state = NoticeState.cancelled
    notice.finished_at = work.now
    notice.pause_reason = why.value
    record(work, "notice.dropped", topic_of(notice.id), actor_id=None, why=why.value)
    work.tell(NoticeDropped(notice.id, why))
