"""Confirming a notice: by its author, and where it is to many by a second person (BUL-01)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, literal, select

from bot.config import Config
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices import rules
from bot.features.notices.audience import Audience
from bot.features.notices.content import Content, check_content
from bot.features.notices.errors import (
    CorrectedMeanwhile,
    InThePast,
    NobodyToTell,
    NoSecondPerson,
    NotNow,
    OwnNotice,
    Settled,
)
from bot.features.notices.facts import (
    Answer,
    AskedNoMore,
    NoticeAwaits,
    NoticeChanged,
    NoticeConfirmed,
)
from bot.features.notices.members import recipients
from bot.features.notices.models import Notice, NoticeRecipient, NoticeState
from bot.features.notices.rules import Act
from bot.features.people.actor import Actor
from bot.features.people.queries import office


@dataclass(frozen=True)
class Plan:
    """When and how a notice goes.

    `send_at` is campaign time; None: at once. What `disturbs` goes through the quiet hours. A
    `once` notice is sent to nobody twice. `chase_at` is when those without a receipt are asked
    again; None: never.
    """

    send_at: datetime | None = None
    disturbs: bool = False
    once: bool = False
    wants_receipt: bool = False
    chase_at: datetime | None = None


def confirm(
    work: Work,
    *,
    actor: Actor,
    config: Config,
    content: Content,
    audience: Audience,
    plan: Plan | None = None,
) -> Notice:
    """Confirm a notice to `audience`, which is frozen now by one INSERT … SELECT (BUL-01).

    It begins at once, at its time, or once a second person agreed. Raises NotAllowed,
    NothingToSay, TooLong, TooManyFiles, InThePast, NobodyToTell when nobody can be reached, or
    NoSecondPerson.
    """
    actor.check(Role.coordinator)
    check_content(content)
    plan = plan or Plan()
    if plan.send_at is not None and plan.send_at <= work.now:
        raise InThePast(at=plan.send_at)
    notice = _kept(work, actor, content, audience, plan)
    notice.total = _freeze(work, config, notice, audience)
    if notice.total == 0:
        raise NobodyToTell
    above = config.notices.second_person_above
    if rules.needs_second(notice.total, above=above):
        others = others_in_office(work, actor.person_id)
        if not others:
            raise NoSecondPerson(people=notice.total, most=above)
        ask_another(work, notice, others)
    elif plan.send_at is not None:
        notice.state = NoticeState.scheduled
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


def agree(work: Work, *, actor: Actor, notice_id: int, edition: int) -> Notice:
    """Let a second person confirm a notice; it goes, once, however many agree at the same time.

    Raises NotAllowed, NotFound, OwnNotice for whoever wrote its words, Settled when it does not
    wait any more, and CorrectedMeanwhile when it does not say what it said as that `edition`.
    """
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    if not rules.can(Act.agree, notice.state):
        raise Settled
    if (notice.words_by or notice.author_id) == actor.person_id:
        raise OwnNotice
    if notice.edition != edition:
        raise CorrectedMeanwhile
    notice.confirmed_by = actor.person_id
    later = notice.send_at is not None and notice.send_at > work.now
    # What waited for a word is looked through again before it goes: who left gets nothing.
    notice.send_at = notice.send_at if later else work.now
    notice.state = NoticeState.scheduled
    record(work, "notice.agreed", topic_of(notice.id), actor_id=actor.person_id)
    work.tell(NoticeChanged(notice.id))
    work.tell(AskedNoMore(notice.id, Answer.agreed, actor.person_id, edition=notice.edition))
    return notice


def access_notice(work: Work, *, actor: Actor, notice_id: int) -> Notice:
    """Return a notice that `actor` may follow and stop. Raises NotAllowed or NotFound."""
    actor.check(Role.coordinator)
    notice = work.session.scalar(select(Notice).where(Notice.id == notice_id).with_for_update())
    if notice is None:
        raise NotFound
    return notice


def check_can(act: Act, notice: Notice) -> None:
    """Raise NotNow where `act` means nothing for the notice as it stands."""
    if not rules.can(act, notice.state):
        raise NotNow


def ask_another(work: Work, notice: Notice, others: tuple[int, ...]) -> None:
    """Let a notice that has not begun wait for the word of one of `others`."""
    notice.state = NoticeState.awaiting
    notice.confirmed_by = None
    work.tell(NoticeAwaits(notice.id, others))


def topic_of(notice_id: int) -> str:
    """Return the topic under which a notice's messages are counted."""
    return f"notice:{notice_id}"


def others_in_office(view: View, person_id: int) -> tuple[int, ...]:
    """Return who can be the second person for a notice of `person_id`."""
    return tuple(one for one in office(view) if one != person_id)


def content_of(notice: Notice) -> Content:
    """Return what `notice` says."""
    return Content.of({"text": notice.text, "entities": notice.entities, "files": notice.files})


def _kept(work: Work, actor: Actor, content: Content, audience: Audience, plan: Plan) -> Notice:
    notice = Notice(
        author_id=actor.person_id,
        text=content.text,
        entities=[dict(one) for one in content.entities],
        files=[file.plain() for file in content.files],
        audience=audience.plain(),
        state=NoticeState.expanding,
        created_at=work.now,
        send_at=plan.send_at,
        disturbs=plan.disturbs,
        once=plan.once,
        wants_receipt=plan.wants_receipt,
        chase_at=plan.chase_at,
    )
    work.session.add(notice)
    work.session.flush()
    return notice


def _freeze(work: Work, config: Config, notice: Notice, audience: Audience) -> int:
    people = recipients(work, config, audience).subquery()
    frozen = work.session.execute(
        insert(NoticeRecipient)
        .from_select(["notice_id", "person_id"], select(literal(notice.id), people.c.id))
        .returning(NoticeRecipient.person_id)
    )
    return len(frozen.all())
