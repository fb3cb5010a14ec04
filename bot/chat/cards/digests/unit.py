"""The digest of a unit's people, and the short line of it in another digest."""

from dataclasses import dataclass
from datetime import date

from bot.chat.callback import callback
from bot.chat.cards.deadlines.buttons import ShowCurrentMonth, ShowDues
from bot.chat.cards.deadlines.dues import due_lines
from bot.chat.cards.deadlines.reminder import slot_rows
from bot.chat.cards.deadlines.words import Holidays
from bot.chat.cards.reports.buttons import ListJoint
from bot.chat.cards.reports.words import lacks_text
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Row
from bot.chat.text import BLANK, Clipped, Listed, Plain, T, Text, tn
from bot.features.digests.content import UnitDigest
from bot.features.reports.gaps import Gap

_MOST_LINES = 8
_MOST_HINTS = 5
_MOST_JOINT = 5
_TITLE_UNITS = 40
_BUTTON_UNITS = 16


@callback("dg.h")
@dataclass(frozen=True)
class SetHints:
    """Lets a contact have hints about reports that could have more, or none any more."""

    on: bool


def unit_lines(digest: UnitDigest, *, today: date, holidays: Holidays) -> list[Text]:
    """Return what a unit's people read: what they reported, and what they owe by when."""
    lines: list[Text] = [
        tn("digests.own_reports", digest.reports) if digest.reports else T("digests.no_own_reports")
    ]
    lines += [
        T("digests.filed", number=one.number, title=Clipped(one.title, _TITLE_UNITS))
        for one in digest.filed
    ]
    if digest.reports > len(digest.filed):
        lines.append(tn("digests.filed_more", digest.reports - len(digest.filed)))
    lines += _joint_lines(digest)
    if not digest.owed:
        return [*lines, T("digests.nothing_owed"), *_hint_lines(digest)]
    return [
        *lines,
        BLANK,
        tn("digests.owed", len(digest.owed)),
        *due_lines(digest.owed[:_MOST_LINES], today=today, holidays=holidays),
        *_hint_lines(digest),
    ]


def unit_rows(digest: UnitDigest, *, asked: bool) -> list[Row]:
    """Return what a contact can do at once; a head only looks.

    Who switched hints off can switch them on again where the digest was `asked` for.
    """
    if not digest.may_file:
        return [[Button(T("deadlines.month"), ShowCurrentMonth())]]
    rows: list[Row] = [*slot_rows(digest.owed), [Button(T("report.new"), Begin("report"))]]
    if digest.joint:
        rows.append([Button(T("joint.see_waiting"), ListJoint())])
    rows += [[_supply_button(gap)] for gap in digest.hints.gaps[:_MOST_HINTS]]
    if digest.hints.gaps:
        rows.append([Button(T("digests.no_hints"), SetHints(on=False))])
    elif digest.hints.off and asked:
        rows.append([Button(T("digests.want_hints"), SetHints(on=True))])
    return rows


def _joint_lines(digest: UnitDigest) -> list[Text]:
    """Return the joint activities that wait for the unit's word (ORG-08)."""
    if not digest.joint:
        return []
    shown = digest.joint[:_MOST_JOINT]
    lines: list[Text] = [BLANK, tn("joint.home_waiting", len(digest.joint))]
    lines += [
        T("joint.digest_line", title=Clipped(one.title, _TITLE_UNITS), unit=one.reporter)
        for one in shown
    ]
    return [*lines, BLANK]


def _hint_lines(digest: UnitDigest) -> list[Text]:
    """Return what could be added to which report, if anything could."""
    gaps = digest.hints.gaps
    if not gaps:
        return []
    lines: list[Text] = [BLANK, tn("digests.gaps", len(gaps))]
    lines += [
        T("digests.gap", title=Clipped(gap.title, _TITLE_UNITS), lacks=lacks_text(gap.lacks))
        for gap in gaps[:_MOST_HINTS]
    ]
    if len(gaps) > _MOST_HINTS:
        lines.append(tn("digests.more_gaps", len(gaps) - _MOST_HINTS))
    return [*lines, T("digests.gaps_note")]


def _supply_button(gap: Gap) -> Button:
    label = T("digests.supply", title=Clipped(gap.title, _BUTTON_UNITS))
    return Button(label, Begin("supply", str(gap.report_id)))


def unit_names(digest: UnitDigest) -> Text:
    """Return the names of the units."""
    return Listed([Plain(name) for name in digest.names])


def unit_summary(digest: UnitDigest) -> Text:
    """Return the one line that stands in the digest of another role."""
    names = unit_names(digest)
    if not digest.owed:
        return T("digests.short_nothing_owed", units=names)
    return tn("digests.short_owed", len(digest.owed), units=names)


def dues_row(digest: UnitDigest) -> Row:
    """Return the way to what is owed, for the digest of another role; empty where nothing is."""
    if not digest.owed or not digest.may_file:
        return []
    return [Button(tn("deadlines.see_dues", len(digest.owed)), ShowDues())]
