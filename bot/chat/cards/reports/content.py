"""What a report says, a line a field, and the preview before it is filed."""

from datetime import date

from bot.chat.cards.reports.words import (
    amount_text,
    metric_words,
    read_as,
    task_text,
    values_text,
    when_text,
)
from bot.chat.desk import Desk
from bot.chat.text import BLANK, Clipped, Lines, Listed, Plain, T, Text, tn
from bot.config import Config
from bot.core.dates import local_day
from bot.features.reports import rules
from bot.features.reports.content import Content

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


def content_lines(config: Config, content: Content, *, today: date, text_units: int) -> Text:
    """Return what a report says; its text is cut to `text_units`."""
    partners = Listed(tuple(Plain(one.name) for one in content.partners))
    people_unit = metric_words(config, rules.PEOPLE_METRIC)[1]
    return Lines(
        T("report.line_title", value=content.title),
        T("report.line_date", value=when_text(content.when, today=today)),
        T("report.line_place", value=content.place) if content.place else None,
        T("report.line_partners", value=partners) if content.partners else None,
        T("report.line_task", value=task_text(config, content.task_id)),
        T("report.line_people", value=amount_text(content.people, people_unit))
        if content.people
        else None,
        T("report.line_values", value=values_text(config, content.values))
        if content.values
        else None,
        _extent(content),
        _readings(config, content),
        Lines(BLANK, Clipped(content.text, text_units)) if content.text else None,
    )


def _extent(content: Content) -> Text | None:
    parts: list[Text] = []
    if content.text:
        parts.append(tn("report.extent_text", len(content.text)))
    if content.photos:
        parts.append(tn("report.extent_photos", len(content.photos)))
    return Listed(tuple(parts), between=_GAP) if parts else None


def _readings(config: Config, content: Content) -> Text | None:
    """Return how numbers were read where the words said more than a number (REP-08)."""
    given = [] if content.people is None else [(rules.PEOPLE_METRIC, content.people)]
    given += [(one.metric, one.amount) for one in content.values]
    said = [read_as(amount, metric_words(config, metric)[1]) for metric, amount in given]
    shown = [reading for reading in said if reading is not None]
    return Lines(BLANK, *shown) if shown else None
