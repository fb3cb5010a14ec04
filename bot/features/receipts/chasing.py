"""Asking again those who have not confirmed: by hand, and once by the clock (BUL-02)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.config import Config
from bot.core.dates import local_day
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.service import topic_of
from bot.features.people.actor import Actor
from bot.features.receipts.errors import ChasedToday, NobodyToChase
from bot.features.receipts.models import ReceiptChase, ReceiptClosing
from bot.features.receipts.people import recipients_of
from bot.features.receipts.service import access_collection
from bot.features.receipts.standing import chases_of, closed_at, wants_receipt
from bot.features.runs.cancelled import passed_over, person_scope
from bot.features.runs.foresight import About, Foresight
from bot.features.runs.foresight import Planned as Messages
from bot.features.runs.models import JobRun, RunState
from bot.features.runs.service import claim

KIND = "receipts"
"""The kind under which it is noted that the clock asked for the receipts of a notice."""
CHUNK = 500
"""People who are asked in one transaction."""
LATEST = timedelta(days=1)
"""So long after its time the clock still asks; later it is noted as too late."""
_PERIOD = "chase"
_WENT_OUT = (NoticeState.sending, NoticeState.paused, NoticeState.sent, NoticeState.stopped)


@dataclass(frozen=True)
class Planned:
    """What the clock will do: ask those who have not confirmed `notice_id`, at `at`."""

    notice_id: int
    at: datetime


def chase(work: Work, *, actor: Actor, notice_id: int, config: Config) -> int:
    """Begin to ask everybody who has not confirmed, once a day; return how many that is now.

    Whoever confirms before their message goes is not asked. Raises NotAllowed, NotFound,
    NoReceiptWanted, CollectionClosed, ChasedToday or NobodyToChase.
    """
    notice = access_collection(work, actor=actor, notice_id=notice_id)
    last = chased_today(work, notice_id, config)
    if last is not None:
        raise ChasedToday(at=last.at)
    people = count_askable(work, notice_id)
    if people == 0:
        raise NobodyToChase
    _begin(work, notice, by=actor.person_id)
    record(work, "notice.chased", topic_of(notice_id), actor_id=actor.person_id, people=people)
    return people


def chased_today(view: View, notice_id: int, config: Config) -> ReceiptChase | None:
    """Return the round that began today, the campaign's day; None where there was none."""
    rounds = chases_of(view, notice_id)
    zone = config.time.zone_info
    if rounds and local_day(rounds[-1].at, zone) == local_day(view.now, zone):
        return rounds[-1]
    return None


def count_askable(view: View, notice_id: int) -> int:
    """Return how many have not confirmed although the notice reached them."""
    people = recipients_of(notice_id)
    counted = select(func.count()).select_from(people.rows).where(people.can_be_asked)
    return view.session.scalar(counted) or 0


def planned(view: View, *, until: datetime) -> list[Planned]:
    """Return which notices the clock is to chase up to `until`, in the order of their times.

    Those that were dealt with are left out: chased, skipped, closed or taken back; and those that
    have not gone out.
    """
    dealt_with = select(JobRun.scope).where(JobRun.kind == KIND, JobRun.period_key == _PERIOD)
    found = view.session.execute(
        select(Notice.id, Notice.chase_at)
        .where(
            Notice.chase_at <= until,
            Notice.wants_receipt.is_(True),
            Notice.state.in_(_WENT_OUT),
            Notice.id.not_in(select(ReceiptClosing.notice_id)),
        )
        .order_by(Notice.chase_at, Notice.id)
    ).all()
    done = set(view.session.scalars(dealt_with)) if found else set()
    return [Planned(number, at) for number, at in found if at and topic_of(number) not in done]


def who_is_asked(view: View, notice_id: int) -> list[int]:
    """Return whom a round that began now would ask, as person ids."""
    people = recipients_of(notice_id)
    found = view.session.scalars(
        select(people.rows.c.person_id).where(people.can_be_asked).order_by(people.rows.c.person_id)
    )
    return list(found)


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Messages]:
    """Yield whom the clock asks from now until `until`, as long as nobody else confirms."""
    for plan in planned(view, until=until):
        at = max(plan.at, view.now)
        if at >= until:
            continue
        then = view.at(at)
        notice = view.session.get_one(Notice, plan.notice_id)
        state, reason = _skipped(then, notice, plan, config)
        topic = topic_of(notice.id)
        claimed = claim(then, KIND, topic, _PERIOD, state=state, reason=reason)
        if not claimed or state is not RunState.done:
            continue
        about = (About(str(plan.notice_id), _PERIOD),)
        whole = ((KIND, topic_of(plan.notice_id), _PERIOD),)
        key = key_of(plan.notice_id)
        left_out = passed_over(view, KIND, key)
        for person_id in who_is_asked(view, plan.notice_id):
            if person_id not in left_out:
                claims = ((KIND, person_scope(person_id), key),)
                yield Messages(KIND, person_id, at, about, claims, whole)


def key_of(notice_id: int) -> str:
    """Return under which key it is noted that the clock does not ask somebody."""
    return f"{topic_of(notice_id)}:{_PERIOD}"


def retime(work: Work, name: str, to: datetime) -> None:
    """Let the clock ask for the receipts of a notice at `to`."""
    work.session.get_one(Notice, int(name)).chase_at = to
    work.session.flush()


def hold(work: Work, name: str) -> None:
    """Let the clock not begin to ask for the receipts of a notice until this is written."""
    _lock(work, int(name))


def begin_planned(work: Work, plan: Planned, config: Config) -> bool:
    """Begin the round that the clock is to make; False where it is not made, noted with why."""
    notice = _lock(work, plan.notice_id)
    state, reason = _skipped(work, notice, plan, config)
    if not claim(work, KIND, topic_of(notice.id), _PERIOD, state=state, reason=reason):
        return False
    if state is not RunState.done:
        return False
    _begin(work, notice, by=None)
    return True


def open_rounds(view: View) -> list[int]:
    """Return the rounds whose messages are not all in the outbox, as ids."""
    found = view.session.scalars(
        select(ReceiptChase.id).where(ReceiptChase.finished_at.is_(None)).order_by(ReceiptChase.id)
    )
    return list(found)


def next_asked(work: Work, round_id: int) -> tuple[ReceiptChase, Notice, Sequence[int]] | None:
    """Return a round, its notice and the next people to ask, and move on; None when it is over.

    Nobody who confirms meanwhile is among them: they wait for this transaction, or it for them.
    """
    begun = work.session.get(ReceiptChase, round_id)
    if begun is None:
        return None
    notice = _lock(work, begun.notice_id)
    work.session.refresh(begun)
    if begun.finished_at is not None:
        return None
    open_now = wants_receipt(notice) and closed_at(work, notice.id) is None
    people = _next_people(work, begun) if open_now else []
    if not people:
        begun.finished_at = work.now
        return None
    begun.cursor = people[-1]
    if begun.by_id is None:
        left_out = passed_over(work, KIND, key_of(notice.id))
        people = [person_id for person_id in people if person_id not in left_out]
    begun.asked += len(people)
    return begun, notice, people


def _next_people(work: Work, begun: ReceiptChase) -> list[int]:
    people = recipients_of(begun.notice_id)
    found = work.session.scalars(
        select(people.rows.c.person_id)
        .where(people.can_be_asked, people.rows.c.person_id > begun.cursor)
        .order_by(people.rows.c.person_id)
        .limit(CHUNK)
    )
    return list(found)


def _skipped(
    view: View, notice: Notice, plan: Planned, config: Config
) -> tuple[RunState, str | None]:
    if not wants_receipt(notice) or closed_at(view, notice.id) is not None:
        return RunState.not_needed, "closed"
    if view.now - plan.at > LATEST:
        return RunState.too_late, None
    if chased_today(view, notice.id, config) is not None:
        return RunState.not_needed, "chased today"
    if count_askable(view, notice.id) == 0:
        return RunState.not_needed, "all confirmed"
    return RunState.done, None


def _begin(work: Work, notice: Notice, *, by: int | None) -> None:
    number = 1 + len(chases_of(work, notice.id))
    work.session.add(ReceiptChase(notice_id=notice.id, number=number, by_id=by, at=work.now))
    work.session.flush()


def _lock(work: Work, notice_id: int) -> Notice:
    return work.session.scalars(
        select(Notice).where(Notice.id == notice_id).with_for_update()
    ).one()
