"""What people write back to a notice, and what the office answers (BUL-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices.models import Notice, NoticeRecipient
from bot.features.notices.service import topic_of
from bot.features.outbox.payload import Attachment
from bot.features.people.actor import Actor
from bot.features.people.forgetting import Forgotten, erases
from bot.features.people.models import Person
from bot.features.receipts.errors import EmptyReply
from bot.features.receipts.facts import NoticeReplied, ReplyAnswered
from bot.features.receipts.models import NoticeReply
from bot.features.receipts.people import home_unit
from bot.features.units.models import Unit


@dataclass(frozen=True)
class Written:
    """Something to hand on: words, a file, or both; `album_id` joins the photos of one album."""

    text: str
    file: Attachment | None = None
    album_id: str | None = None


@dataclass(frozen=True)
class Line:
    """One reply with who wrote it; `answer` is the last answer of the office, None for none.

    `unit` is None for people without one, `name` is empty for who was erased.
    """

    reply: NoticeReply
    name: str
    unit: str | None
    answer: NoticeReply | None


def write_back(work: Work, *, actor: Actor, notice_id: int, written: Written) -> NoticeReply:
    """Keep what a recipient wrote back to a notice, and let the office be told.

    The further photos of an album join the first. Raises NotFound for who is none of the
    notice's recipients, and EmptyReply.
    """
    recipient = work.session.get(NoticeRecipient, (notice_id, actor.person_id))
    if recipient is None:
        raise NotFound
    _check(written)
    reply = _of_album(work, notice_id, actor.person_id, written)
    if reply is None:
        reply = _keep(work, notice_id, actor.person_id, written, author_id=actor.person_id)
    elif written.file is not None:
        reply.files = [*reply.files, written.file.plain()]
        reply.text = reply.text or written.text
    work.tell(NoticeReplied(reply.id, max(0, len(reply.files) - 1)))
    return reply


def answer(work: Work, *, actor: Actor, reply_id: int, written: Written) -> NoticeReply:
    """Answer what somebody wrote back; they are told. Raises NotAllowed, NotFound, EmptyReply."""
    reply = access_reply(work, actor=actor, reply_id=reply_id)
    _check(written)
    kept = _keep(
        work,
        reply.notice_id,
        reply.person_id,
        written,
        author_id=actor.person_id,
        answers_id=reply.id,
    )
    record(
        work,
        "notice.answered",
        topic_of(reply.notice_id),
        actor_id=actor.person_id,
        reply=reply.id,
    )
    work.tell(ReplyAnswered(kept.id))
    return kept


def access_reply(view: View, *, actor: Actor, reply_id: int) -> NoticeReply:
    """Return what a recipient wrote back, for the office. Raises NotAllowed or NotFound."""
    actor.check(Role.coordinator)
    reply = view.session.get(NoticeReply, reply_id)
    if reply is None or reply.answers_id is not None:
        raise NotFound
    return reply


def line_of(view: View, reply: NoticeReply) -> Line:
    """Return one reply with who wrote it and the last answer."""
    return _lines(view, [reply])[0]


def notice_of(view: View, reply: NoticeReply) -> Notice:
    """Return the notice that a reply belongs to."""
    return view.session.get_one(Notice, reply.notice_id)


def count_replies(view: View, notice_id: int) -> int:
    """Return how often people wrote back to a notice; an album counts once, answers do not."""
    counted = (
        select(func.count())
        .select_from(NoticeReply)
        .where(NoticeReply.notice_id == notice_id, NoticeReply.answers_id.is_(None))
    )
    return view.session.scalar(counted) or 0


def replies_to(view: View, notice_id: int, *, most: int, skip: int = 0) -> list[Line]:
    """Return what people wrote back to a notice, the newest first."""
    found = view.session.scalars(
        select(NoticeReply)
        .where(NoticeReply.notice_id == notice_id, NoticeReply.answers_id.is_(None))
        .order_by(NoticeReply.id.desc())
        .limit(most)
        .offset(skip)
    )
    return _lines(view, list(found))


def replies_by(view: View, person_id: int) -> list[tuple[datetime, int, str]]:
    """Return what somebody wrote to or about notices, oldest first: when, which notice, words."""
    found = view.session.execute(
        select(NoticeReply.at, NoticeReply.notice_id, NoticeReply.text)
        .where(NoticeReply.author_id == person_id)
        .order_by(NoticeReply.id)
    )
    return [(at, notice_id, text) for at, notice_id, text in found]


@erases
def erase_replies(work: Work, who: Forgotten) -> None:
    """Blank the words and files that the person wrote back, and those of the answers to them."""
    work.session.execute(
        update(NoticeReply)
        .where(NoticeReply.person_id == who.person_id)
        .values(text="", files=[], album_id=None)
        .execution_options(synchronize_session=False)
    )


def _check(written: Written) -> None:
    if not written.text.strip() and written.file is None:
        raise EmptyReply


def _keep(
    work: Work,
    notice_id: int,
    person_id: int,
    written: Written,
    *,
    author_id: int,
    answers_id: int | None = None,
) -> NoticeReply:
    reply = NoticeReply(
        notice_id=notice_id,
        person_id=person_id,
        author_id=author_id,
        answers_id=answers_id,
        text=written.text,
        files=[] if written.file is None else [written.file.plain()],
        album_id=written.album_id,
        at=work.now,
    )
    work.session.add(reply)
    work.session.flush()
    return reply


def _of_album(work: Work, notice_id: int, person_id: int, written: Written) -> NoticeReply | None:
    if written.album_id is None:
        return None
    return work.session.scalar(
        select(NoticeReply)
        .where(
            NoticeReply.notice_id == notice_id,
            NoticeReply.person_id == person_id,
            NoticeReply.answers_id.is_(None),
            NoticeReply.album_id == written.album_id,
        )
        .with_for_update()
    )


def _lines(view: View, replies: Sequence[NoticeReply]) -> list[Line]:
    ids = [reply.id for reply in replies]
    home = home_unit().subquery("home")
    people = {
        number: (name, unit)
        for number, name, unit in view.session.execute(
            select(Person.id, Person.name, Unit.name)
            .outerjoin(home, home.c.person_id == Person.id)
            .outerjoin(Unit, Unit.id == home.c.unit_id)
            .where(Person.id.in_({reply.person_id for reply in replies}))
        )
    }
    answers = {
        kept.answers_id: kept
        for kept in view.session.scalars(
            select(NoticeReply).where(NoticeReply.answers_id.in_(ids)).order_by(NoticeReply.id)
        )
    }
    return [Line(reply, *people[reply.person_id], answers.get(reply.id)) for reply in replies]
