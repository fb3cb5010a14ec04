"""Asking the partners of a report, and what they answer (ORG-08).

The report's row is locked, so that of two contacts who answer at the same moment one answers and
the other sees what was answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from bot.core.errors import NotFound, StaleButton
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.reports.access import locked
from bot.features.reports.credit import alone_in
from bot.features.reports.errors import (
    AnsweredOtherwise,
    NotOpenForAnswer,
    NotPartnersContact,
    PartnerNamedNoMore,
)
from bot.features.reports.facts import (
    PartnerConfirmed,
    PartnerDenied,
    PartnerRemoved,
    PartnersNamed,
)
from bot.features.reports.matching import find_match
from bot.features.reports.models import PartnerAnswer, PartnerState, Report
from bot.features.reports.rules import COUNTED
from bot.features.units.models import Unit


@dataclass(frozen=True)
class Answered:
    """The answer that stands now; `changed` when it was given just now."""

    answer: PartnerAnswer
    changed: bool


def ask_partners(work: Work, report: Report, unit_ids: Iterable[int], *, actor: Actor) -> None:
    """Ask the units that `report` names now and did not name before, each once.

    Who answered is not asked again. Who is named no more loses the credit; the answer stays as a
    trace. Whoever changes the report holds its row.
    """
    wanted = [unit_id for unit_id in dict.fromkeys(unit_ids) if unit_id != report.unit_id]
    known = {
        one.unit_id: one
        for one in work.session.scalars(
            select(PartnerAnswer).where(PartnerAnswer.report_id == report.id)
        )
    }
    for unit_id, answer in known.items():
        if unit_id not in wanted and answer.state is not PartnerState.removed:
            _remove(work, answer, actor)
    new = [
        unit_id
        for unit_id in wanted
        if unit_id not in known or known[unit_id].state is PartnerState.removed
    ]
    for unit_id in new:
        answer = known.get(unit_id) or PartnerAnswer(report_id=report.id, unit_id=unit_id)
        answer.state, answer.asked_at = PartnerState.pending, work.now
        answer.answered_by = answer.answered_at = answer.own_report_id = None
        answer.apart = False
        work.session.add(answer)
    work.session.flush()
    if new:
        work.tell(PartnersNamed(report.id, tuple(new)))


def _remove(work: Work, answer: PartnerAnswer, actor: Actor) -> None:
    credited = answer.state is PartnerState.confirmed
    answer.state = PartnerState.removed
    answer.own_report_id = None
    record(work, "partner.remove", _object(answer), actor_id=actor.person_id)
    work.tell(PartnerRemoved(answer.report_id, answer.unit_id, credited))


def join_confirmed(work: Work, report: Report) -> None:
    """Tie a report that was just filed to what its unit has confirmed, where that is certain.

    So an activity that the unit confirmed first and reported afterwards counts once.
    """
    if report.day is None:
        return
    joined = work.session.scalars(
        select(Report.id)
        .where(alone_in([report.unit_id]), Report.day == report.day)
        .order_by(Report.id)
    ).all()
    for report_id in joined:
        other = locked(work, report_id)
        match = find_match(work, other, report.unit_id)
        if match is None or not match.certain or match.report_id != report.id:
            continue
        answer = _answer(work, report_id, report.unit_id)
        if answer is not None and answer.state is PartnerState.confirmed:
            answer.own_report_id = report.id
    work.session.flush()


def answer_partner(
    work: Work, report_id: int, unit_id: int, *, took_part: bool, change: bool = False, actor: Actor
) -> Answered:
    """Say for a unit whether it took part in what another reported; twice changes nothing.

    The other answer replaces the one that stands only with `change`. Where the unit's own report is
    certainly of the same activity, the two are tied together. Raises NotPartnersContact, NotFound,
    PartnerNamedNoMore, NotOpenForAnswer, AnsweredOtherwise.
    """
    report, answer = _asked(work, report_id, unit_id, actor)
    wanted = PartnerState.confirmed if took_part else PartnerState.denied
    if answer.state is wanted:
        return Answered(answer, changed=False)
    if answer.state is not PartnerState.pending and not change:
        raise AnsweredOtherwise(report_id=report_id, unit_id=unit_id)
    answer.state, answer.answered_by, answer.answered_at = wanted, actor.person_id, work.now
    answer.own_report_id, answer.apart = None, False
    if took_part:
        match = find_match(work, report, unit_id)
        answer.own_report_id = match.report_id if match is not None and match.certain else None
    work.session.flush()
    action = "partner.confirm" if took_part else "partner.deny"
    record(work, action, _object(answer), actor_id=actor.person_id)
    told = PartnerConfirmed if took_part else PartnerDenied
    work.tell(told(report_id, unit_id))
    return Answered(answer, changed=True)


def same_activity(
    work: Work, report_id: int, unit_id: int, *, own_id: int, actor: Actor
) -> PartnerAnswer:
    """Say that the unit's own report `own_id` is of the same activity, which it thereby confirms.

    Raises what `answer_partner` raises, and NotFound for a report that does not look like it.
    """
    answered = answer_partner(work, report_id, unit_id, took_part=True, actor=actor)
    answer = answered.answer
    if answer.own_report_id == own_id:
        return answer
    match = find_match(work, work.session.get_one(Report, report_id), unit_id)
    if match is None or match.report_id != own_id:
        raise NotFound
    answer.own_report_id, answer.apart = own_id, False
    _noted(work, answer, "partner.same", actor)
    return answer


def another_activity(work: Work, report_id: int, unit_id: int, *, actor: Actor) -> PartnerAnswer:
    """Say that the unit's own report is of another activity: both count.

    Doing it twice changes nothing. Raises NotPartnersContact, NotFound, PartnerNamedNoMore,
    NotOpenForAnswer, or StaleButton where the unit has not confirmed, or not any more.
    """
    _, answer = _asked(work, report_id, unit_id, actor)
    if answer.state is not PartnerState.confirmed:
        raise StaleButton
    if not answer.apart:
        answer.own_report_id, answer.apart = None, True
        _noted(work, answer, "partner.another", actor)
    return answer


def _noted(work: Work, answer: PartnerAnswer, action: str, actor: Actor) -> None:
    work.session.flush()
    record(work, action, _object(answer), actor_id=actor.person_id)
    work.tell(PartnerConfirmed(answer.report_id, answer.unit_id))


def _asked(work: Work, report_id: int, unit_id: int, actor: Actor) -> tuple[Report, PartnerAnswer]:
    if unit_id not in actor.unit_ids:
        raise NotPartnersContact
    report = locked(work, report_id)
    answer = _answer(work, report_id, unit_id)
    if answer is None:
        raise NotFound
    said = {"title": report.title, "reporter": work.session.get_one(Unit, report.unit_id).name}
    if answer.state is PartnerState.removed:
        raise PartnerNamedNoMore(**said)
    if report.status not in COUNTED:
        raise NotOpenForAnswer(**said)
    return report, answer


def _answer(work: Work, report_id: int, unit_id: int) -> PartnerAnswer | None:
    """Return the answer as it is now: whoever asks holds the report's row."""
    return work.session.get(PartnerAnswer, (report_id, unit_id), populate_existing=True)


def _object(answer: PartnerAnswer) -> str:
    return f"report:{answer.report_id}:unit:{answer.unit_id}"
