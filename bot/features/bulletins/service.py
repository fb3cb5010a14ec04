"""Making and issuing bulletins; everything is the coordinator's (BUL-04)."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import delete, func, select, update

from bot.config import Config
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.insert import insert_missing
from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.bulletins.errors import (
    AlreadyIssued,
    DraftChanged,
    NotAccepted,
    NothingChosen,
    NotIssued,
    TooMany,
)
from bot.features.bulletins.material import of_period
from bot.features.bulletins.models import (
    Bulletin,
    BulletinItem,
    BulletinSeries,
    BulletinState,
)
from bot.features.bulletins.queries import correcting_draft, draft_of
from bot.features.bulletins.rules import (
    MOST_FOREWORD,
    MOST_ITEM,
    MOST_ITEMS,
    MOST_TITLE,
    checked_words,
)
from bot.features.people.actor import Actor
from bot.features.reports.models import Report, ReportStatus
from bot.features.units.models import Unit

_MOST_NAMED = 5


def begin(
    work: Work, config: Config, *, actor: Actor, title: str, first: date, last: date
) -> Bulletin:
    """Begin a draft about the days from `first` to `last`, with their accepted reports in it.

    A draft about these days that is there already is returned as it is. Of more than `MOST_ITEMS`
    reports the first filed are taken. Raises NotAllowed, or NotFound for days in no order.
    """
    actor.check(Role.coordinator)
    if first > last:
        raise NotFound
    there = draft_of(work, first, last)
    if there is not None:
        return there
    bulletin = Bulletin(
        state=BulletinState.draft,
        title=title,
        first=first,
        last=last,
        version=1,
        created_by=actor.person_id,
        created_at=work.now,
    )
    work.session.add(bulletin)
    work.session.flush()
    reports = (
        select(Report.id)
        .where(*of_period(config, bulletin))
        .order_by(Report.filed_at, Report.id)
        .limit(MOST_ITEMS)
    )
    _add(work, config, bulletin, work.session.scalars(reports).all())
    return bulletin


def choose(
    work: Work,
    config: Config,
    *,
    actor: Actor,
    bulletin_id: int,
    report_ids: Collection[int],
    chosen: bool,
) -> Bulletin:
    """Let accepted reports stand in a draft, or no more; doing it twice changes nothing.

    Raises NotAllowed, NotFound, AlreadyIssued or TooMany.
    """
    bulletin = access_draft(work, actor=actor, bulletin_id=bulletin_id)
    if chosen:
        wanted = select(Report.id).where(
            Report.id.in_(report_ids), Report.status == ReportStatus.accepted
        )
        _add(work, config, bulletin, work.session.scalars(wanted).all())
        if _count(work, bulletin) > MOST_ITEMS:
            raise TooMany(most=MOST_ITEMS)
    else:
        work.session.execute(
            delete(BulletinItem).where(
                BulletinItem.bulletin_id == bulletin.id, BulletinItem.report_id.in_(report_ids)
            )
        )
    bulletin.version += 1
    return bulletin


def retitle(work: Work, *, actor: Actor, bulletin_id: int, title: str) -> Bulletin:
    """Give a draft another title. Raises NotAllowed, NotFound, AlreadyIssued or NoWords."""
    bulletin = access_draft(work, actor=actor, bulletin_id=bulletin_id)
    bulletin.title = checked_words(title, most=MOST_TITLE)
    bulletin.version += 1
    return bulletin


def introduce(work: Work, *, actor: Actor, bulletin_id: int, foreword: str) -> Bulletin:
    """Give a draft a foreword. Raises NotAllowed, NotFound, AlreadyIssued or NoWords."""
    bulletin = access_draft(work, actor=actor, bulletin_id=bulletin_id)
    bulletin.foreword = checked_words(foreword, most=MOST_FOREWORD)
    bulletin.version += 1
    return bulletin


def reword(work: Work, *, actor: Actor, item_id: int, text: str) -> BulletinItem:
    """Give an item of a draft other words; the report stays as it is.

    Raises NotAllowed, NotFound, AlreadyIssued or NoWords.
    """
    item = access_item(work, actor=actor, item_id=item_id)
    bulletin = access_draft(work, actor=actor, bulletin_id=item.bulletin_id)
    item.text = checked_words(text, most=MOST_ITEM)
    item.edited = True
    bulletin.version += 1
    return item


def drop(work: Work, *, actor: Actor, bulletin_id: int) -> Bulletin:
    """Give up a draft; no number is lost. Raises NotAllowed, NotFound or AlreadyIssued."""
    bulletin = access_draft(work, actor=actor, bulletin_id=bulletin_id)
    bulletin.state = BulletinState.dropped
    return bulletin


def issue(work: Work, config: Config, *, actor: Actor, bulletin_id: int, version: int) -> Bulletin:
    """Give the draft that was shown, its `version`, the next number of the year, for good.

    Raises NotAllowed, NotFound, AlreadyIssued, DraftChanged or NothingChosen.
    """
    bulletin = access_draft(work, actor=actor, bulletin_id=bulletin_id)
    if bulletin.version != version:
        raise DraftChanged
    if _count(work, bulletin) == 0:
        raise NothingChosen
    _check_accepted(work, bulletin)
    today = local_day(work.now, config.time.zone_info)
    office = config.unit(config.campaign.coordinator)
    bulletin.state = BulletinState.issued
    bulletin.year, bulletin.serial = today.year, _next_serial(work, today.year)
    bulletin.issued_on = today
    bulletin.issuer = office.expanded_name or office.name
    bulletin.issued_by, bulletin.issued_at = actor.person_id, work.now
    work.session.flush()
    record(
        work,
        "bulletin.issue",
        f"bulletin:{bulletin.id}",
        actor_id=actor.person_id,
        year=bulletin.year,
        serial=bulletin.serial,
    )
    return bulletin


def correct(work: Work, *, actor: Actor, bulletin_id: int) -> Bulletin:
    """Begin a draft that corrects an issued bulletin: it holds the same and gets its own number.

    The one that is there already is returned. Raises NotAllowed, NotFound or NotIssued.
    """
    old = access_bulletin(work, actor=actor, bulletin_id=bulletin_id)
    if old.state is not BulletinState.issued:
        raise NotIssued
    there = correcting_draft(work, old.id)
    if there is not None:
        return there
    new = Bulletin(
        state=BulletinState.draft,
        title=old.title,
        foreword=old.foreword,
        first=old.first,
        last=old.last,
        version=1,
        created_by=actor.person_id,
        created_at=work.now,
        corrects_id=old.id,
    )
    work.session.add(new)
    work.session.flush()
    copied = ("report_id", "section", "typical", "unit_name", "title", "text", "edited", "place")
    items = work.session.scalars(
        select(BulletinItem).where(BulletinItem.bulletin_id == old.id).order_by(BulletinItem.id)
    )
    work.session.add_all(
        BulletinItem(bulletin_id=new.id, **{name: getattr(item, name) for name in copied})
        for item in items.all()
    )
    work.session.flush()
    return new


def access_bulletin(work: Work, *, actor: Actor, bulletin_id: int) -> Bulletin:
    """Return a bulletin, its row locked. Raises NotAllowed, or NotFound (also for dropped ones)."""
    actor.check(Role.coordinator)
    found = work.session.scalar(
        select(Bulletin)
        .where(Bulletin.id == bulletin_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None or found.state is BulletinState.dropped:
        raise NotFound
    return found


def access_draft(work: Work, *, actor: Actor, bulletin_id: int) -> Bulletin:
    """Return a draft, its row locked. Raises NotAllowed, NotFound or AlreadyIssued."""
    found = access_bulletin(work, actor=actor, bulletin_id=bulletin_id)
    if found.state is BulletinState.issued:
        raise AlreadyIssued(year=str(found.year), serial=str(found.serial))
    return found


def access_item(work: Work, *, actor: Actor, item_id: int) -> BulletinItem:
    """Return an item. Raises NotAllowed or NotFound."""
    actor.check(Role.coordinator)
    item = work.session.get(BulletinItem, item_id)
    if item is None:
        raise NotFound
    return item


def _add(work: Work, config: Config, bulletin: Bulletin, report_ids: Sequence[int]) -> None:
    """Let reports stand in the bulletin with the words that they have now."""
    if not report_ids:
        return
    sections = {task.id: task.section for task in config.tasks}
    found = work.session.execute(
        select(Report, Unit.name)
        .join(Unit, Unit.id == Report.unit_id)
        .where(Report.id.in_(report_ids))
        .order_by(Report.filed_at, Report.id)
    )
    rows = [
        {
            "bulletin_id": bulletin.id,
            "report_id": report.id,
            "section": sections.get(report.task_id or ""),
            "typical": report.typical,
            "unit_name": unit_name,
            "title": report.title,
            "text": (report.text or "")[:MOST_ITEM],
            "edited": False,
        }
        for report, unit_name in found
    ]
    insert_missing(work.session, BulletinItem, rows, key=("bulletin_id", "report_id"))


def _check_accepted(work: Work, bulletin: Bulletin) -> None:
    """Raise NotAccepted when a report was given back since it was chosen."""
    numbers = work.session.scalars(
        select(Report.number)
        .join(BulletinItem, BulletinItem.report_id == Report.id)
        .where(BulletinItem.bulletin_id == bulletin.id, Report.status != ReportStatus.accepted)
        .order_by(Report.number)
        .limit(_MOST_NAMED)
    ).all()
    if numbers:
        raise NotAccepted(numbers=" ".join(numbers))


def _count(work: Work, bulletin: Bulletin) -> int:
    number = select(func.count(BulletinItem.id)).where(BulletinItem.bulletin_id == bulletin.id)
    return work.session.scalar(number) or 0


def _next_serial(work: Work, year: int) -> int:
    """Return the next number of a year; who issues at once waits, who fails gives it back."""
    series = BulletinSeries
    insert_missing(work.session, series, [{"year": year, "last": 0}], key=["year"])
    return work.session.scalars(
        update(series)
        .where(series.year == year)
        .values(last=series.last + 1)
        .returning(series.last)
    ).one()
