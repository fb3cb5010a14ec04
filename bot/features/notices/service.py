"""What can be done with a notice."""

from collections.abc import Sequence

from sqlalchemy import insert, literal, select

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.core.text import CAPTION_UNITS, MESSAGE_UNITS, units
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.notices.audience import Audience, recipients
from bot.features.notices.errors import NobodyToTell, NothingToSay, TooLong
from bot.features.notices.facts import NoticeConfirmed
from bot.features.notices.models import Notice, NoticeRecipient, NoticeState
from bot.features.outbox.payload import Attachment
from bot.features.outbox.service import cancel_topic
from bot.features.people.actor import Actor

HEADING_UNITS = 60
"""Room that the heading of a notice takes of its message, in UTF-16 units."""
CHUNK = 500
"""Recipients whose messages are put into the outbox in one transaction."""


def check_text(text: str, *, with_file: bool) -> None:
    """Raise TooLong when `text` does not fit into one message below the heading."""
    most = (CAPTION_UNITS if with_file else MESSAGE_UNITS) - HEADING_UNITS
    if units(text) > most:
        raise TooLong(units=units(text), most=most)


def confirm(
    work: Work, *, actor: Actor, text: str, files: Sequence[Attachment], audience: Audience
) -> Notice:
    """Begin to send a notice to `audience`, frozen now by one INSERT … SELECT (BUL-01).

    Raises NotAllowed, NothingToSay, TooLong, or NobodyToTell when nobody can be reached.
    """
    actor.check(Role.coordinator)
    if not text and not files:
        raise NothingToSay
    check_text(text, with_file=bool(files))
    notice = Notice(
        author_id=actor.person_id,
        text=text,
        files=[file.plain() for file in files],
        audience=audience.plain(),
        state=NoticeState.expanding,
        created_at=work.now,
    )
    work.session.add(notice)
    work.session.flush()
    notice.total = _freeze(work, notice, audience)
    if notice.total == 0:
        raise NobodyToTell
    record(
        work,
        "notice.confirmed",
        topic_of(notice.id),
        actor_id=actor.person_id,
        people=notice.total,
        audience=audience.plain(),
    )
    work.tell(NoticeConfirmed(notice.id))
    return notice


def stop(work: Work, *, actor: Actor, notice_id: int) -> int:
    """Stop a notice that is going out; return how many messages were kept back.

    Zero when everything had gone out. Raises NotAllowed or NotFound.
    """
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    if notice.state not in {NoticeState.expanding, NoticeState.sending}:
        return 0
    waiting = len(_next_recipients(work, notice, most=notice.total))
    kept_back = waiting + cancel_topic(work, topic_of(notice.id))
    notice.state = NoticeState.stopped
    notice.finished_at = work.now
    record(
        work,
        "notice.stopped",
        topic_of(notice.id),
        actor_id=actor.person_id,
        kept_back=kept_back,
    )
    return kept_back


def access_notice(work: Work, *, actor: Actor, notice_id: int) -> Notice:
    """Return a notice that `actor` may follow and stop. Raises NotAllowed or NotFound."""
    actor.check(Role.coordinator)
    notice = work.session.scalar(select(Notice).where(Notice.id == notice_id).with_for_update())
    if notice is None:
        raise NotFound
    return notice


def lock_notice(work: Work, notice_id: int) -> Notice | None:
    """Return a notice that is going out, for this transaction alone; None when it is over."""
    return work.session.scalar(
        select(Notice)
        .where(
            Notice.id == notice_id,
            Notice.state.in_([NoticeState.expanding, NoticeState.sending]),
        )
        .with_for_update()
    )


def next_recipients(work: Work, notice: Notice) -> list[int]:
    """Return the next people whose messages are to be put into the outbox, and move on.

    An empty list means that everybody's message is there.
    """
    people = _next_recipients(work, notice, most=CHUNK)
    if people:
        notice.cursor = people[-1]
    else:
        notice.state = NoticeState.sending
    return people


def finish(work: Work, notice: Notice) -> None:
    """Note that nothing of `notice` is on its way any more."""
    notice.state = NoticeState.sent
    notice.finished_at = work.now


def topic_of(notice_id: int) -> str:
    """Return the topic under which a notice's messages are counted."""
    return f"notice:{notice_id}"


def _freeze(work: Work, notice: Notice, audience: Audience) -> int:
    people = recipients(audience).subquery()
    frozen = work.session.execute(
        insert(NoticeRecipient)
        .from_select(["notice_id", "person_id"], select(literal(notice.id), people.c.id))
        .returning(NoticeRecipient.person_id)
    )
    return len(frozen.all())


def _next_recipients(work: Work, notice: Notice, *, most: int) -> list[int]:
    found = work.session.scalars(
        select(NoticeRecipient.person_id)
        .where(NoticeRecipient.notice_id == notice.id, NoticeRecipient.person_id > notice.cursor)
        .order_by(NoticeRecipient.person_id)
        .limit(most)
    )
    return list(found)
