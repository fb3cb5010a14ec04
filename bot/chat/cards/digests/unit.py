"""The digest of a unit's people, and the short line of it in another digest."""

from datetime import date

from bot.chat.cards.deadlines.buttons import ShowCurrentMonth, ShowDues
from bot.chat.cards.deadlines.dues import due_lines
from bot.chat.cards.deadlines.reminder import slot_rows
from bot.chat.cards.deadlines.words import Holidays
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Row
from bot.chat.text import BLANK, Listed, Plain, T, Text, tn
from bot.features.digests.content import UnitDigest

_MOST_LINES = 8


def unit_lines(digest: UnitDigest, *, today: date, holidays: Holidays) -> list[Text]:
    """Return what a unit's people read: what they reported, and what they owe by when."""
    lines: list[Text] = [
        tn("digests.own_reports", digest.reports) if digest.reports else T("digests.no_own_reports")
    ]
    if not digest.owed:
        return [*lines, T("digests.nothing_owed")]
    return [
        *lines,
        BLANK,
        tn("digests.owed", len(digest.owed)),
        *due_lines(digest.owed[:_MOST_LINES], today=today, holidays=holidays),
    ]


def unit_rows(digest: UnitDigest) -> list[Row]:
    """Return what a contact can do at once; a head only looks."""
    if not digest.may_file:
        return [[Button(T("deadlines.month"), ShowCurrentMonth())]]
    return [*slot_rows(digest.owed), [Button(T("report.new"), Begin("report"))]]


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
