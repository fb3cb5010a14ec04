"""Parts of a report in words: when, how many, which task, which state."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bot.chat.text import Listed, Month, Plain, T, Text, tn
from bot.config import Config
from bot.core.errors import NotFound
from bot.features.reports.content import Content, Value, photo_of
from bot.features.reports.gaps import Lack
from bot.features.reports.models import PartnerState, ReportStatus, ReturnReason
from bot.features.reports.partners import Standing
from bot.features.reports.reading.amounts import Amount, Bound, is_plain
from bot.features.reports.reading.dates import Precision, When

STATUS = {
    ReportStatus.submitted: T("report.status_submitted"),
    ReportStatus.accepted: T("report.status_accepted"),
    ReportStatus.returned: T("report.status_returned"),
    ReportStatus.withdrawn: T("report.status_withdrawn"),
}
REASON = {
    ReturnReason.date_place: T("report.reason_date_place"),
    ReturnReason.numbers: T("report.reason_numbers"),
    ReturnReason.text_photos: T("report.reason_text_photos"),
    ReturnReason.task: T("report.reason_task"),
}
_LACKS = {
    Lack.text: T("report.label_text"),
    Lack.photo: T("report.label_photos"),
    Lack.date: T("report.label_date"),
}
BETWEEN_VALUES = " · "


def lacks_text(lacks: Iterable[Lack]) -> Text:
    """Return what a report lacks in a row."""
    return Listed([_LACKS[lack] for lack in lacks])


def when_text(when: When, *, today: date) -> Text:
    """Return when something was; the year is said where it is not this one."""
    known = _known(when, today)
    if known is None:
        return Plain(when.text) if when.text else T("report.date_unknown")
    if not when.text:
        return known
    return T("report.date_with_words", when=known, words=when.text)


def _known(when: When, today: date) -> Text | None:
    day = when.day
    if day is None:
        return None
    match when.precision:
        case Precision.day:
            shown: Text = T("report.on_day", day=day)
        case Precision.month:
            shown = Month(day)
        case _:
            return T("report.in_year", year=str(day.year))
    if day.year == today.year:
        return shown
    return T("report.of_year", year=str(day.year), day=shown)


def attachments_text(photos: Sequence[Mapping[str, Any]], links: Sequence[str]) -> Text | None:
    """Return how many photos, other files and links there are; None for none.

    `photos` are photos as JSON data (`content.photo_to_plain`).
    """
    pictures = sum(photo_of(one).is_picture for one in photos)
    parts: list[Text] = []
    if pictures:
        parts.append(tn("report.count_photos", pictures))
    if pictures < len(photos):
        parts.append(tn("report.count_files", len(photos) - pictures))
    if links:
        parts.append(tn("report.count_links", len(links)))
    return Listed(parts) if parts else None


def number_text(value: Decimal) -> Text:
    """Return a number with its thousands grouped, exactly."""
    return Plain(f"{value:,f}")


def amount_text(amount: Amount, unit: str) -> Text:
    """Return a number with its unit, with 约 or 以上 where it was given so."""
    number = number_text(amount.value)
    if amount.bound is not None and amount.approx:
        number = T("report.number_about", number=number)
    if amount.bound is Bound.at_least:
        return T("report.amount_at_least", number=number, unit=unit)
    if amount.bound is Bound.at_most:
        return T("report.amount_at_most", number=number, unit=unit)
    if amount.approx:
        return T("report.amount_about", number=number, unit=unit)
    return T("report.amount", number=number, unit=unit)


def value_text(config: Config, value: Value) -> Text:
    """Return a number with the name of its metric; one that is configured no more by its slug."""
    name, unit = metric_words(config, value.metric)
    return T("report.value", name=name, amount=amount_text(value.amount, unit))


def metric_words(config: Config, slug: str) -> tuple[str, str]:
    """Return a metric's name and unit; the slug and no unit for one that is configured no more."""
    try:
        metric = config.metric(slug)
    except NotFound:
        return slug, ""
    return metric.name, metric.counted_in


def values_text(config: Config, values: Iterable[Value]) -> Text:
    """Return several numbers in a row."""
    return Listed(tuple(value_text(config, one) for one in values), between=BETWEEN_VALUES)


def read_as(amount: Amount, unit: str) -> Text | None:
    """Return how words were read as a number; None where they are the number itself (REP-08)."""
    if is_plain(amount, counted_in=unit):
        return None
    return T("report.read_as", raw=amount.raw, amount=amount_text(amount, unit))


def task_text(config: Config, task_id: str | None) -> Text:
    """Return a task's id and title; 其他 for none."""
    if task_id is None:
        return T("report.no_task")
    try:
        return T("report.task", id=task_id, title=config.task(task_id).title)
    except NotFound:
        return Plain(task_id)


def reason_text(reason: ReturnReason | None, words: str | None) -> Text:
    """Return why a report came back, in own words or one of the usual ones."""
    usual = None if reason is None else REASON.get(reason)
    return Plain(words or "") if usual is None else usual


def partner_names(content: Content, standings: Sequence[Standing]) -> list[Text]:
    """Return the partners of a report, those that were asked with where they stand (ORG-08)."""
    states = {one.unit_id: one.state for one in standings}
    names: list[Text] = []
    for partner in content.partners:
        state = None if partner.unit_id is None else states.get(partner.unit_id)
        match state:
            case PartnerState.pending:
                names.append(T("joint.named_pending", unit=partner.name))
            case PartnerState.confirmed:
                names.append(T("joint.named_confirmed", unit=partner.name))
            case PartnerState.denied:
                names.append(T("joint.named_denied", unit=partner.name))
            case _:
                names.append(Plain(partner.name))
    return names


def person_text(name: str) -> Text:
    """Return a person's name; nobody's name for those who were forgotten."""
    return Plain(name) if name else T("report.nobody")
