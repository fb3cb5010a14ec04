"""The month in words: an activity as a sentence, the sections, the whole document (REP-02, REP-03).

What is assembled is written in the campaign's language, whoever looks: it is what will be filed.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.cards.deadlines.words import title
from bot.chat.cards.reports.words import amount_text, value_text, when_text
from bot.chat.desk import Desk
from bot.chat.render import to_plain
from bot.chat.text import Lines, Listed, Month, Plain, Spelled, T, Text, tn
from bot.config import Config
from bot.features.deadlines.periods import Deadline
from bot.features.months.assembling import Activity
from bot.features.months.assembling import Month as UnitMonth
from bot.features.months.filed import Written
from bot.features.months.models import Section
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.rollup import Total

SHORT = {
    Section.meaning: T("months.meaning"),
    Section.news: T("months.news"),
    Section.changes: T("months.changes"),
    Section.experience: T("months.experience"),
    Section.problems: T("months.problems"),
    Section.outlook: T("months.outlook"),
}
"""What a section is called on cards and buttons."""


def heading(config: Config, section: Section) -> Text:
    """Return the heading of a section: a focus point exactly as the source prints it (REP-03)."""
    found = [one.name for one in config.focus if one.id == section.value]
    return Plain(found[0]) if found else SHORT[section]


def purpose(config: Config, section: Section) -> str | None:
    """Return the source's sentence about a focus point; None for what it does not ask for."""
    return next((one.quote for one in config.focus if one.id == section.value), None)


def assembled(desk: Desk, month: UnitMonth) -> dict[Section, str]:
    """Return the sections that write themselves, in the campaign's language."""
    voice = desk.voice(desk.config.languages.default)
    parts = {
        Section.news: _news(desk.config, month),
        Section.experience: _experience(desk.config, month),
    }
    return {section: to_plain(text, voice) for section, text in parts.items() if text is not None}


def whole(
    desk: Desk, deadline: Deadline, unit_name: str, sections: Mapping[Section, Written]
) -> str:
    """Return the month's whole document: the headings and what stands under them."""
    voice = desk.voice(desk.config.languages.default)
    shown = [one for one in Section if one in sections and sections[one].text]
    lines: list[Text] = [T("months.document_head", title=title(deadline), unit=unit_name)]
    for number, section in enumerate(shown, 1):
        head = T("months.heading", number=Spelled(number), name=heading(desk.config, section))
        lines += [Plain(""), head, Plain(sections[section].text)]
    return to_plain(Lines(*lines), voice)


def sections_now(desk: Desk, month: UnitMonth) -> dict[Section, Written]:
    """Return every section as it would be filed now."""
    written = assembled(desk, month)
    return {one: Written(written.get(one), month.words.get(one)) for one in Section}


def activity_line(one: Activity, *, today: date) -> Text:
    """Return an activity as a line of a card."""
    mark = T("months.typical_mark") if one.typical else Plain("")
    day = when_text(one.when, today=today)
    if one.own:
        return T("months.activity_line", day=day, title=one.title, mark=mark)
    return T("months.activity_of", day=day, title=one.title, mark=mark, unit=one.unit_name)


def total_text(total: Total) -> Text:
    """Return a total with the name of its metric."""
    amount = Amount(total.value, approx=total.approx, raw="", bound=total.bound)
    return figure_text(total.metric.name, amount, total.metric.counted_in)


def figure_text(name: str, amount: Amount, unit: str) -> Text:
    """Return a figure with its name: 约 and open ends are said."""
    return T("deadlines.total", name=name, amount=amount_text(amount, unit))


def _news(config: Config, month: UnitMonth) -> Text | None:
    if not month.activities:
        return None
    items = [
        T("months.item", number=Spelled(number), sentence=_sentence(config, one))
        for number, one in enumerate(month.activities, 1)
    ]
    sums = _listed([total_text(one) for one in month.totals])
    return Lines(
        tn("months.news_head", len(items)),
        *items,
        None if sums is None else T("months.news_totals", totals=sums),
    )


def _experience(config: Config, month: UnitMonth) -> Text | None:
    if not month.typical:
        return None
    items = []
    for number, one in enumerate(month.typical, 1):
        story = Plain(_without_end(one.text)) if one.text else _sentence(config, one)
        told = T("months.story", title=one.title, story=story) if one.text else story
        items.append(T("months.item", number=Spelled(number), sentence=told))
    return Lines(*items)


def _sentence(config: Config, one: Activity) -> Text:
    """Return an activity as a sentence without its end: when, what, where, with whom, how much."""
    figures = _listed([value_text(config, value) for value in one.values])
    told = Listed([_when(one.when), Plain(one.title), _details(one)], between="")
    return told if figures is None else T("months.with_figures", told=told, figures=figures)


def _without_end(text: str) -> str:
    """Return a paragraph without its last full stop: what it is put into has one."""
    last = len(text)
    while last and unicodedata.category(text[last - 1])[0] in "PZC":
        last -= 1
    # A closing bracket or quotation mark belongs to the words.
    while last < len(text) and unicodedata.category(text[last]) in {"Pe", "Pf"}:
        last += 1
    return text[:last]


def _when(when: When) -> Text:
    """Return when it was as a document says it, without the weekday; words as they were said."""
    if when.text and when.precision is not Precision.day:
        return T("months.when", when=when.text)
    match when.precision, when.day:
        case Precision.day, date() as day:
            of_month = T("months.day", month=Month(day), day=str(day.day))
            return T("months.when", when=of_month)
        case Precision.month, date() as day:
            return T("months.when", when=Month(day))
    return Plain("")


def _details(one: Activity) -> Text:
    names = [partner.name for partner in one.partners if one.own or partner.unit_id is None]
    if not one.own:
        names.insert(0, one.unit_name)
    details: list[Text] = []
    if one.place:
        details.append(Plain(one.place))
    if names:
        details.append(T("months.together", names=Listed([Plain(name) for name in names])))
    return T("months.details", details=Listed(details)) if details else Plain("")


def _listed(parts: Sequence[Text]) -> Text | None:
    return Listed(parts) if parts else None
