"""Adding to a filed report what it lacks (ARC-03): nothing that was said is changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.text import units
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.reports import rules
from bot.features.reports.access import access_own_report
from bot.features.reports.content import Photo
from bot.features.reports.errors import LinksFull, NotOpenForChange, PhotosFull, TextTooLong
from bot.features.reports.facts import ReportSupplemented
from bot.features.reports.files import admit_files, attached, links_of
from bot.features.reports.models import EventKind, Report, ReportStatus
from bot.features.reports.queries import content_of
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.service import event, keep_links, keep_photos


@dataclass(frozen=True)
class Addition:
    """What is added; `text` and `when` None where there is nothing to add."""

    text: str | None = None
    when: When | None = None
    photos: Sequence[Photo] = ()
    links: Sequence[str] = ()


def supplement_report(work: Work, report_id: int, addition: Addition, *, actor: Actor) -> Report:
    """Add to a report of the actor's unit that waits or was accepted what it lacks.

    A text or a date that is there already stays. What is added to an accepted report is filed in
    the archive at once; the coordinators are told. Raises NotFound, NotOpenForChange, PhotosFull,
    LinksFull, TextTooLong.
    """
    report = access_own_report(work, report_id, actor=actor)
    if report.status not in rules.COUNTED:
        raise NotOpenForChange(number=report.number)
    if addition.text and not report.text:
        if units(addition.text) > rules.MOST_TEXT_UNITS:
            raise TextTooLong(length=units(addition.text), most=rules.MOST_TEXT_UNITS)
        report.text = addition.text
    if addition.when is not None and report.date_precision is Precision.none:
        report.day, report.date_text = addition.when.day, addition.when.text
        report.date_precision = addition.when.precision
    _add_files(work, report, addition, actor)
    work.session.flush()
    event(work, report, EventKind.supplemented, actor, content=content_of(work, report))
    record(work, "report.supplement", f"report:{report.id}", actor_id=actor.person_id)
    if report.status is ReportStatus.accepted:
        admit_files(work, report)
    work.tell(ReportSupplemented(report.id, report.version))
    return report


def _add_files(work: Work, report: Report, addition: Addition, actor: Actor) -> None:
    there = [photo for photo, _ in attached(work, report.id)]
    known = {photo.unique_id for photo in there}
    new = [photo for photo in addition.photos if photo.unique_id not in known]
    if len(there) + len(new) > rules.MOST_PHOTOS:
        raise PhotosFull(most=rules.MOST_PHOTOS)
    keep_photos(work, report, new, actor=actor, at=len(there))
    links = links_of(work, report.id)
    more = [link for link in addition.links if link not in links]
    if len(links) + len(more) > rules.MOST_LINKS:
        raise LinksFull(most=rules.MOST_LINKS)
    keep_links(work, report, more, at=len(links))
