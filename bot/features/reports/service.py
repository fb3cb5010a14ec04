"""Filing reports, and filing them again (REP-01, REP-15)."""

from collections.abc import Sequence

from sqlalchemy import delete, update

from bot.config import Config
from bot.core.text import units
from bot.db.insert import insert_missing
from bot.db.work import Work
from bot.features.archive import service as archive
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.reports import rules
from bot.features.reports.access import access_own_report, access_unit
from bot.features.reports.confirming import ask_partners, join_confirmed
from bot.features.reports.content import NO_TASK, Content, Photo
from bot.features.reports.errors import (
    LinksFull,
    NotOpenForChange,
    PhotosFull,
    TaskNotYours,
    TextMissing,
    TextTooLong,
    TooManyPartners,
    TooManyValues,
)
from bot.features.reports.facts import ReportSubmitted
from bot.features.reports.files import ARCHIVE_OWNER
from bot.features.reports.models import (
    EventKind,
    MetricValue,
    Report,
    ReportEvent,
    ReportLink,
    ReportPartner,
    ReportPhoto,
    ReportSeries,
    ReportStatus,
)
from bot.features.reports.reading.amounts import Amount
from bot.features.tasks.queries import tasks_of_unit


def file_report(work: Work, config: Config, content: Content, *, actor: Actor) -> Report:
    """File a new report of a unit that `actor` is contact of; it gets its number and waits.

    Raises NotYourUnit, TaskNotYours and the errors of what does not fit.
    """
    unit = access_unit(work, content.unit_id, actor=actor)
    _check(work, config, content)
    year = rules.month_of(config, work.now).year
    series = content.task_id or NO_TASK
    serial = _next_serial(work, year, series)
    report = Report(
        number=rules.number_of(year, series, serial),
        year=year,
        series=series,
        serial=serial,
        unit_id=unit.id,
        month=rules.month_counted(config, content.when, work.now),
        phase=_phase(config, work),
        submitted_by=actor.person_id,
        filed_at=work.now,
        version=0,
    )
    _say(report, content)
    _submit(work, report, actor)
    work.session.add(report)
    work.session.flush()
    _filed(work, config, report, content, actor)
    return report


def refile_report(
    work: Work, config: Config, report_id: int, content: Content, *, actor: Actor
) -> Report:
    """File a returned or withdrawn report again: same number, next version, new contents.

    Raises NotFound, NotOpenForChange and what `file_report` raises.
    """
    report = access_own_report(work, report_id, actor=actor)
    if not rules.is_open_for_change(report.status):
        raise NotOpenForChange(number=report.number)
    access_unit(work, content.unit_id, actor=actor)
    _check(work, config, content)
    report.unit_id = content.unit_id
    report.month = rules.month_counted(config, content.when, report.filed_at)
    _say(report, content)
    _submit(work, report, actor)
    for table in (MetricValue, ReportPartner, ReportPhoto, ReportLink):
        work.session.execute(delete(table).where(table.report_id == report.id))
    _filed(work, config, report, content, actor)
    return report


def _submit(work: Work, report: Report, actor: Actor) -> None:
    report.status = ReportStatus.submitted
    report.version += 1
    report.submitted_by = actor.person_id
    report.submitted_at = work.now
    report.reviewed_by = report.reviewed_at = None
    report.return_reason = report.return_text = None


def _say(report: Report, content: Content) -> None:
    report.task_id = content.task_id
    report.title = content.title
    report.day = content.when.day
    report.date_precision = content.when.precision
    report.date_text = content.when.text
    report.place = content.place
    report.text = content.text


def _filed(work: Work, config: Config, report: Report, content: Content, actor: Actor) -> None:
    numbers = [(one.metric, one.amount) for one in content.values]
    if content.people is not None:
        numbers.insert(0, (rules.PEOPLE_METRIC, content.people))
    work.session.add_all(
        _metric_value(config, report, position, metric, amount)
        for position, (metric, amount) in enumerate(numbers)
    )
    work.session.add_all(
        ReportPartner(
            report_id=report.id,
            position=position,
            unit_id=one.unit_id,
            name=one.name if one.unit_id is None else None,
        )
        for position, one in enumerate(content.partners)
    )
    keep_photos(work, report, content.photos, actor=actor)
    keep_links(work, report, content.links)
    event(work, report, EventKind.submitted, actor, content=content)
    record(work, "report.submit", f"report:{report.id}", actor_id=actor.person_id)
    work.session.flush()
    named = [one.unit_id for one in content.partners if one.unit_id is not None]
    ask_partners(work, report, named, actor=actor)
    join_confirmed(work, report)
    work.tell(ReportSubmitted(report.id, report.version))


def keep_links(work: Work, report: Report, links: Sequence[str], *, at: int = 0) -> None:
    """Keep the links of a report, the first of them at position `at`."""
    work.session.add_all(
        ReportLink(report_id=report.id, position=position, url=url)
        for position, url in enumerate(links, at)
    )


def keep_photos(
    work: Work, report: Report, photos: Sequence[Photo], *, actor: Actor, at: int = 0
) -> None:
    """Keep the photos by Telegram's ids, and have the bytes of new ones fetched (section 3).

    The first of them gets the position `at`.
    """
    owner = str(report.id)
    known = {
        file.tg_unique_id
        for file in archive.files_of(work, owner_kind=ARCHIVE_OWNER, owner_ref=owner)
    }
    for position, one in enumerate(photos, at):
        work.session.add(
            ReportPhoto(
                report_id=report.id,
                position=position,
                kind=one.kind,
                file_id=one.file_id,
                unique_id=one.unique_id,
            )
        )
        if one.unique_id not in known:
            archive.keep(
                work,
                archive.Incoming(
                    one.file_id, one.unique_id, one.kind, one.name, one.size_bytes, one.mime
                ),
                owner_kind=ARCHIVE_OWNER,
                owner_ref=owner,
                added_by=actor.person_id,
            )


def event(
    work: Work, report: Report, kind: EventKind, actor: Actor, *, content: Content | None = None
) -> None:
    """Note in the report's history what `actor` did to it."""
    work.session.add(
        ReportEvent(
            report_id=report.id,
            version=report.version,
            kind=kind,
            at=work.now,
            person_id=actor.person_id,
            reason=report.return_reason if kind is EventKind.returned else None,
            reason_text=report.return_text if kind is EventKind.returned else None,
            content=None if content is None else content.plain(),
        )
    )


def _metric_value(
    config: Config, report: Report, position: int, metric: str, amount: Amount
) -> MetricValue:
    return MetricValue(
        report_id=report.id,
        position=position,
        metric=metric,
        value=amount.value,
        approx=amount.approx,
        bound=amount.bound,
        unit=config.metric(metric).counted_in,
        raw=amount.raw,
    )


def _next_serial(work: Work, year: int, series: str) -> int:
    """Return the next number of the series; its row stays locked, so a rollback leaves no gap."""
    first = {"year": year, "series": series, "last": 0}
    insert_missing(work.session, ReportSeries, [first], key=("year", "series"))
    counted = work.session.execute(
        update(ReportSeries)
        .where(ReportSeries.year == year, ReportSeries.series == series)
        .values(last=ReportSeries.last + 1)
        .returning(ReportSeries.last)
        .execution_options(synchronize_session=False)
    )
    return counted.scalar_one()


def _phase(config: Config, work: Work) -> str | None:
    phase = config.phase_on(rules.date_limits(config, work.now).today)
    return None if phase is None else phase.id


def _check(work: Work, config: Config, content: Content) -> None:
    own = tasks_of_unit(work, config, content.unit_id)
    if content.task_id is not None and content.task_id not in {task.id for task in own}:
        raise TaskNotYours
    if not content.title:
        raise TextMissing
    for given, most in ((content.title, rules.MOST_TITLE), (content.place, rules.MOST_PLACE)):
        if given is not None and len(given) > most:
            raise TextTooLong(length=len(given), most=most)
    if content.text is not None and units(content.text) > rules.MOST_TEXT_UNITS:
        raise TextTooLong(length=units(content.text), most=rules.MOST_TEXT_UNITS)
    if len(content.photos) > rules.MOST_PHOTOS:
        raise PhotosFull(most=rules.MOST_PHOTOS)
    if len(content.links) > rules.MOST_LINKS:
        raise LinksFull(most=rules.MOST_LINKS)
    if len(content.values) > rules.MOST_VALUES:
        raise TooManyValues(most=rules.MOST_VALUES)
    if len(content.partners) > rules.MOST_PARTNERS:
        raise TooManyPartners(most=rules.MOST_PARTNERS)
