"""What a report says, a line a field, and the preview before it is filed."""

from collections.abc import Sequence
from datetime import date

from bot.chat.cards.reports.words import (
    amount_text,
    attachments_text,
    metric_words,
    partner_names,
    read_as,
    task_text,
    values_text,
    when_text,
)
from bot.chat.desk import Desk
from bot.chat.text import BLANK, Clipped, Lines, Listed, T, Text, tn
from bot.config import Config
from bot.core.dates import local_day
from bot.features.reports import rules
from bot.features.reports.content import Content, photo_to_plain
from bot.features.reports.partners import Standing
from bot.features.reports.supplement import Addition

_PREVIEW_TEXT_UNITS = 160
_GAP = "   "


def today_of(desk: Desk) -> date:
    """Return the campaign's day of the desk's transaction."""
    return local_day(desk.now, desk.config.time.zone_info)


def preview_text(desk: Desk, content: Content, unit_name: str) -> Text:
    """Return the card before it is filed."""
    return Lines(
        T("report.line_unit", value=unit_name),
        content_lines(desk.config, content, today=today_of(desk), text_units=_PREVIEW_TEXT_UNITS),
    )


def supply_text(desk: Desk, number: str, title: str, addition: Addition) -> Text:
    """Return what is to be added to a report, before it is."""
    photos = [photo_to_plain(photo) for photo in addition.photos]
    files = attachments_text(photos, addition.links)
    nothing = not (addition.text or addition.when or files)
    return Lines(
        T("report.supply_head", number=number, title=title),
        T("report.supply_nothing") if nothing else None,
        T("report.line_date", value=when_text(addition.when, today=today_of(desk)))
        if addition.when
        else None,
        T("report.line_files", value=files) if files else None,
        *(T("report.line_link", url=link) for link in addition.links),
        Lines(BLANK, Clipped(addition.text, _PREVIEW_TEXT_UNITS)) if addition.text else None,
    )


def content_lines(
    config: Config,
    content: Content,
    *,
    today: date,
    text_units: int,
    files: Sequence[Text] = (),
    partners: Sequence[Standing] = (),
) -> Text:
    """Return what a report says; its text is cut to `text_units`. `files` are said after it.

    `partners` is where those stand that were asked (ORG-08).
    """
    named = partner_names(content, partners)
    people_unit = metric_words(config, rules.PEOPLE_METRIC)[1]
    return Lines(
        T("report.line_title", value=content.title),
        T("report.line_date", value=when_text(content.when, today=today)),
        T("report.line_place", value=content.place) if content.place else None,
        T("report.line_partners", value=Listed(named)) if content.partners else None,
        T("report.line_task", value=task_text(config, content.task_id)),
        T("report.line_people", value=amount_text(content.people, people_unit))
        if content.people
        else None,
        T("report.line_values", value=values_text(config, content.values))
        if content.values
        else None,
        _extent(content),
        Lines(*(T("report.line_link", url=link) for link in content.links))
        if content.links
        else None,
        _readings(config, content),
        Lines(BLANK, Clipped(content.text, text_units)) if content.text else None,
        Lines(BLANK, *files) if files else None,
    )


def _extent(content: Content) -> Text | None:
    parts: list[Text] = []
    if content.text:
        parts.append(tn("report.extent_text", len(content.text)))
    pictures = sum(photo.is_picture for photo in content.photos)
    others = len(content.photos) - pictures
    if pictures:
        parts.append(tn("report.extent_photos", pictures))
    if others:
        parts.append(tn("report.extent_files", others))
    if content.links:
        parts.append(tn("report.extent_links", len(content.links)))
    return Listed(tuple(parts), between=_GAP) if parts else None


def _readings(config: Config, content: Content) -> Text | None:
    """Return how numbers were read where the words said more than a number (REP-08)."""
    given = [] if content.people is None else [(rules.PEOPLE_METRIC, content.people)]
    given += [(one.metric, one.amount) for one in content.values]
    said = [read_as(amount, metric_words(config, metric)[1]) for metric, amount in given]
    shown = [reading for reading in said if reading is not None]
    return Lines(BLANK, *shown) if shown else None
