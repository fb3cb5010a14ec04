"""The register, one document, and what is registered while it is given (ARC-04)."""

from collections.abc import Sequence

from bot.chat.cards.archive.files import trouble_lines
from bot.chat.cards.deadlines.filing import file_text
from bot.chat.cards.home import home_button
from bot.chat.cards.register.buttons import REGISTER, ListRegister, OpenOfficial, SendOfficial
from bot.chat.cards.reports.words import person_text
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_count, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import Clipped, Lines, Listed, Plain, T, Text, tn
from bot.features.outbox.payload import Attachment
from bot.features.register.models import OfficialDocument, OfficialKind
from bot.features.register.queries import OfficialCard, RegisterPage
from bot.features.register.service import NewDocument, given_of

PAGE = 8
"""Documents on one page."""
KINDS = {
    OfficialKind.notice: T("register.kind_notice"),
    OfficialKind.circular: T("register.kind_circular"),
    OfficialKind.plan: T("register.kind_plan"),
    OfficialKind.bulletin: T("register.kind_bulletin"),
    OfficialKind.minutes: T("register.kind_minutes"),
}
_TITLE_UNITS = 40


def list_screen(page: RegisterPage, *, registers: bool) -> Screen:
    """Return a page of the register; who `registers` can add to it."""
    rows: list[Row] = [
        [Button(row_text(one.kind, one.title), OpenOfficial(one.id))] for one in page.rows
    ]
    rows.append(pager(page.number, page_count(page.total, size=PAGE), ListRegister))
    if registers:
        rows.append([Button(T("register.add"), Begin(REGISTER), Style.primary)])
    count = tn("register.count", page.total) if page.total else T("register.nothing")
    return Screen(Lines(T("register.head"), count, T("register.hint")), [*rows, [home_button()]])


def row_text(kind: OfficialKind, title: str) -> Text:
    """Return a document in one line."""
    return T("register.row", kind=KINDS[kind], title=Clipped(title, _TITLE_UNITS))


def document_screen(card: OfficialCard) -> Screen:
    """Return a document with its file and the way back."""
    one = card.document
    there = one.file_id or card.path
    send = [Button(T("deadlines.send_file"), SendOfficial(one.id))] if there else []
    return Screen(
        Lines(
            said(given_of(one)),
            T("register.registered", at=one.registered_at, by=person_text(card.registered_by)),
            *([] if card.file is None else trouble_lines([card.file])),
        ),
        [send, [Button(T("register.back"), ListRegister()), home_button()]],
    )


def said(new: NewDocument) -> Text:
    """Return what is registered, as it stands before and after."""
    file = new.file
    return Lines(
        T("register.title", kind=KINDS[new.kind], title=new.title),
        T("register.line_issuers", issuers=issuers_text(new.issuers)),
        T("register.line_day", day=new.day),
        T("register.line_number", number=new.number) if new.number else None,
        None if file is None else T("deadlines.file_line", file=file_text(file.name, file.kind)),
    )


def issuers_text(issuers: Sequence[str]) -> Text:
    """Return who issued a document."""
    return Listed([Plain(one) for one in issuers])


def file_message(card: OfficialCard) -> Screen:
    """Return the file as a message of its own, or why it cannot be shown."""
    one = card.document
    if card.file is not None and not card.file.can_be_shown:
        return Screen(Lines(*trouble_lines([card.file])), new=True)
    file = Attachment(
        kind=one.file_kind or "", file_id=one.file_id, name=one.file_name, path=card.path
    )
    return Screen(
        T("register.title", kind=KINDS[one.kind], title=one.title), files=[file], new=True
    )


def receipt(document: OfficialDocument) -> Screen:
    """Confirm that a document is in the register."""
    return Screen(
        T("register.added", kind=KINDS[document.kind], title=document.title),
        [[Button(T("register.open"), OpenOfficial(document.id)), home_button()]],
        event=True,
    )
