"""Filing: each time a new version, the older ones are kept (TIME-03, TIME-04)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from bot.config import Config, Form
from bot.core.dates import local_day
from bot.db.work import Work
from bot.features.archive.filing import Document, admit
from bot.features.archive.names import Place, base_of_filing
from bot.features.archive.service import Incoming, keep
from bot.features.audit.service import record
from bot.features.deadlines.access import access_unit, find_known_deadline
from bot.features.deadlines.errors import NotOwed
from bot.features.deadlines.expiry import cancel_waiting, context_of
from bot.features.deadlines.facts import AskedLess, PlanFiled
from bot.features.deadlines.models import FilingState, Submission
from bot.features.deadlines.owing import is_bound_by
from bot.features.deadlines.periods import Deadline
from bot.features.deadlines.rules import (
    MOST_FILED_UNITS,
    MOST_PART_UNITS,
    check_excuse,
    check_plan_file,
    check_words,
)
from bot.features.people.actor import Actor
from bot.features.units.models import Unit

_FILES, _MONTHS = frozenset({Form.file}), frozenset({Form.information})
SUBMISSION_OWNER = "submission"
"""Under which the archive keeps the files of filings, with the filing's id."""
FILED = "filed"
"""The error of a reminder that was cancelled because what it asks for was filed."""


@dataclass(frozen=True)
class Where:
    """The slot that is filed for: an obligation's id, a period and a unit's id."""

    obligation: str
    period: str
    unit_id: int


@dataclass(frozen=True)
class Filed:
    """What was filed, for whom, and what it was owed for."""

    submission: Submission
    unit: Unit
    deadline: Deadline


def file_plan(
    work: Work,
    where: Where,
    *,
    actor: Actor,
    config: Config,
    file: Incoming,
    official_day: date | None,
) -> Filed:
    """File a plan: its Telegram id is kept at once, its bytes follow into the archive (TIME-03).

    It is filed as received, every version of it (ARC-01).

    Raises NotYourUnit, NotOwed, FileTooBig or WrongFile.
    """
    checked = check_plan_file(file)
    filed = file_version(
        work,
        where,
        FilingState.submitted,
        forms=_FILES,
        actor=actor,
        config=config,
        file_kind=checked.kind,
        file_id=checked.tg_file_id,
        file_name=checked.name,
        official_day=official_day,
    )
    number = str(filed.submission.id)
    stored = keep(
        work, checked, owner_kind=SUBMISSION_OWNER, owner_ref=number, added_by=actor.person_id
    )
    filed.submission.stored_file_id = stored.id
    day = local_day(work.now, config.time.zone_info)
    base = base_of_filing(day.year, where.obligation, filed.unit.slug)
    place = Place(base, day.year, where.obligation, filed.unit.slug)
    title = filed.deadline.obligation.name
    admit(work, Document(place, filed.unit.id, title, official_day or day), [stored.id])
    work.tell(PlanFiled(filed.submission.id))
    return filed


def file_words(work: Work, where: Where, *, actor: Actor, config: Config, text: str) -> Filed:
    """File words where words are owed; the office reviews them.

    Raises NotYourUnit, NotOwed, WordsNeeded or WordsTooLong.
    """
    words = check_words(text, most_units=MOST_FILED_UNITS)
    filed = file_version(
        work,
        where,
        FilingState.submitted,
        forms=frozenset({Form.text}),
        actor=actor,
        config=config,
        text=words,
    )
    work.tell(PlanFiled(filed.submission.id))
    return filed


def confirm_done(work: Work, where: Where, *, actor: Actor, config: Config) -> Filed:
    """File that it is done where only that is owed; there is nothing to review.

    Who presses twice has filed once. Raises NotYourUnit or NotOwed.
    """
    unit = access_unit(work, where.unit_id, actor=actor)
    last = work.session.scalar(
        select(Submission)
        .where(
            Submission.obligation == where.obligation,
            Submission.period == where.period,
            Submission.unit_id == where.unit_id,
        )
        .order_by(Submission.version.desc())
        .limit(1)
    )
    deadline = find_known_deadline(work, config, where.obligation, where.period)
    if last is not None and last.state is FilingState.accepted and deadline is not None:
        return Filed(last, unit, deadline)
    return file_version(
        work,
        where,
        FilingState.accepted,
        forms=frozenset({Form.confirm}),
        actor=actor,
        config=config,
    )


def file_nothing(
    work: Work,
    where: Where,
    *,
    actor: Actor,
    config: Config,
    reason: str,
    excused_until: date | None = None,
) -> Filed:
    """File 本月无活动 with its reason, or a 情况说明 that excuses until a day (TIME-04).

    `excused_until` None files 本月无活动. Raises NotYourUnit, NotOwed, WordsNeeded, WordsTooLong or
    EndNeeded.
    """
    words = check_words(reason, most_units=MOST_PART_UNITS)
    if excused_until is None:
        state = FilingState.no_activity
    else:
        state = FilingState.explained
        check_excuse(excused_until, today=local_day(work.now, config.time.zone_info))
    return file_version(
        work,
        where,
        state,
        forms=_MONTHS if excused_until is None else frozenset(Form),
        actor=actor,
        config=config,
        text=words,
        excused_until=excused_until,
    )


def file_version(
    work: Work,
    where: Where,
    state: FilingState,
    *,
    forms: Collection[Form],
    actor: Actor,
    config: Config,
    **content: Any,
) -> Filed:
    """Add the next version of a slot with `content`, the columns of one of `forms`.

    The unit's row is held, so that two contacts never get the same version. Reminders of it that
    still wait are cancelled. Raises NotYourUnit, or NotOwed for what the unit does not owe by now
    or what is owed in another form.
    """
    unit = access_unit(work, where.unit_id, actor=actor)
    deadline = find_known_deadline(work, config, where.obligation, where.period)
    if deadline is None or deadline.obligation.handed_in not in forms:
        raise NotOwed
    group = None if unit.parent_id is None else work.session.get(Unit, unit.parent_id)
    if not is_bound_by(config, deadline, unit, group):
        raise NotOwed
    submission = Submission(
        obligation=where.obligation,
        period=where.period,
        unit_id=unit.id,
        version=_last_version(work, where) + 1,
        state=state,
        filed_at=work.now,
        filed_by=actor.person_id,
        **content,
    )
    work.session.add(submission)
    work.session.flush()
    _stop_reminders(work, where, unit)
    record(
        work,
        f"submission.{state.value}",
        f"submission:{submission.id}",
        actor_id=actor.person_id,
        unit=unit.id,
        obligation=where.obligation,
        period=where.period,
    )
    return Filed(submission, unit, deadline)


def _last_version(work: Work, where: Where) -> int:
    last = work.session.scalar(
        select(func.max(Submission.version)).where(
            Submission.obligation == where.obligation,
            Submission.period == where.period,
            Submission.unit_id == where.unit_id,
        )
    )
    return last or 0


def _stop_reminders(work: Work, where: Where, unit: Unit) -> None:
    """Cancel reminders of only this that still wait for Telegram: filed is filed (TIME-15).

    Those of several things, and those that were sent today, are changed.
    """
    cancel_waiting(work, [context_of(where.obligation, unit.slug, where.period)], FILED)
    work.tell(AskedLess(where.obligation, where.period, (unit.id,)))
