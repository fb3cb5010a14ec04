"""A unit's documents, one version, and what all units filed (REP-06)."""

from collections.abc import Mapping, Sequence

from bot.chat.cards.archive.files import trouble_lines
from bot.chat.cards.deadlines.buttons import ShowPlan
from bot.chat.cards.deadlines.filing import file_text
from bot.chat.cards.documents.buttons import (
    DOCUMENT,
    DOCUMENT_BACK,
    AcceptDocument,
    ListDocuments,
    OpenDocument,
    SendDocument,
    ShowDocuments,
    ShowSlots,
    document_arg,
)
from bot.chat.cards.home import home_button
from bot.chat.cards.register.buttons import ListRegister
from bot.chat.cards.reports.words import person_text
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.config import Config, DocumentSlot
from bot.core.errors import NotFound
from bot.features.documents.models import DocumentState
from bot.features.documents.queries import DocumentCard, FiledDocument, SlotState
from bot.features.outbox.payload import Attachment

PAGE = 8
"""Units on one page."""
STATES = {
    DocumentState.submitted: T("deadlines.state_submitted"),
    DocumentState.accepted: T("deadlines.state_accepted"),
    DocumentState.returned: T("deadlines.state_returned"),
}
_PLAN = "O1"
_SHOWN_DIGITS = 12


def unit_screen(
    unit_id: int,
    unit: str,
    slots: Sequence[SlotState],
    *,
    may_file: bool,
    others: Mapping[int, str],
) -> Screen:
    """Return a unit's documents, how each stands, and what can be done.

    `others` are further units of the reader, names by id.
    """
    rows: list[Row] = [[Button(T("documents.see_plan"), ShowPlan(unit_id, _PLAN))]]
    for one in slots:
        row = []
        if one.latest is not None:
            row.append(Button(T("documents.see", name=one.slot.name), OpenDocument(one.latest.id)))
        elif may_file:
            begin = Begin(DOCUMENT, document_arg(unit_id, one.slot.id))
            row.append(Button(T("documents.file", name=one.slot.name), begin))
        rows.append(row)
    rows += [[Button(Plain(name), ShowDocuments(one))] for one, name in others.items()]
    return Screen(
        Lines(
            T("documents.head", unit=unit),
            T("documents.hint"),
            BLANK,
            *(_standing(one) for one in slots),
        ),
        [*rows, [home_button()]],
    )


def document_text(card: DocumentCard, config: Config) -> Text:
    """Return a version: whose, when, by whom, its file, and what became of it."""
    one = card.document
    return Lines(
        T(
            "deadlines.filing_head",
            title=slot_name(config, one.slot),
            unit=card.unit.name,
            version=str(one.version),
        ),
        T(
            "documents.state",
            state=STATES[one.state],
            at=one.filed_at,
            by=person_text(card.filed_by),
        ),
        None if card.is_latest else T("deadlines.replaced"),
        T("deadlines.file_line", file=file_text(one.file_name, one.file_kind)),
        T("documents.checksum", sha256=card.sha256[:_SHOWN_DIGITS]) if card.sha256 else None,
        T("documents.same_as", version=str(card.same_as)) if card.same_as else None,
        *([] if card.file is None else trouble_lines([card.file])),
        T("deadlines.official_line", day=one.official_day) if one.official_day else None,
        T("deadlines.part", label=T("deadlines.label_returned"), text=one.return_reason)
        if one.return_reason
        else None,
    )


def document_screen(card: DocumentCard, config: Config, *, reviews: bool, files: bool) -> Screen:
    """Return a version with what its reader can do: review it, or file the next one."""
    one = card.document
    rows: list[Row] = []
    if reviews and card.is_latest and one.state is DocumentState.submitted:
        accept = Button(T("deadlines.accept"), AcceptDocument(one.id), Style.primary)
        rows.append([accept, return_button(one.id)])
    rows.append([send_button(one.id)])
    if files and card.is_latest:
        begin = Begin(DOCUMENT, document_arg(one.unit_id, one.slot))
        rows.append([Button(T("deadlines.file_again"), begin)])
    back = ShowDocuments(one.unit_id) if files else ListDocuments(one.slot)
    rows.append([Button(T("deadlines.back"), back), home_button()])
    return Screen(document_text(card, config), rows)


def receipt(card: DocumentCard, config: Config, *, office: str) -> Screen:
    """Confirm that a version came in."""
    one = card.document
    return Screen(
        Lines(
            T(
                "deadlines.plan_received",
                title=slot_name(config, one.slot),
                unit=card.unit.name,
                version=str(one.version),
            ),
            T("deadlines.file_line", file=file_text(one.file_name, one.file_kind)),
            T("deadlines.will_hear", office=office),
        ),
        [[Button(T("deadlines.see_filing"), OpenDocument(one.id)), home_button()]],
        event=True,
    )


def slots_screen(slots: Sequence[DocumentSlot], counts: Mapping[str, int], *, units: int) -> Screen:
    """Return how many of the `units` have filed each document."""
    rows: list[Row] = [
        [
            Button(
                T("documents.slot", name=one.name, filed=counts.get(one.id, 0), total=units),
                ListDocuments(one.id),
            )
        ]
        for one in slots
    ]
    return Screen(
        Lines(T("documents.office_head"), T("documents.office_hint")),
        [*rows, [Button(T("register.see"), ListRegister()), home_button()]],
    )


def list_screen(slot: DocumentSlot, filed: Sequence[FiledDocument], *, number: int) -> Screen:
    """Return a page of the units that have filed a document."""
    page = page_of(filed, number, size=PAGE)
    rows: list[Row] = [
        [
            Button(
                T(
                    "documents.row",
                    unit=one.unit_name,
                    version=str(one.version),
                    state=STATES[one.state],
                ),
                OpenDocument(one.id),
            )
        ]
        for one in page.items
    ]
    return Screen(
        Lines(
            T("documents.list_head", name=slot.name),
            None if filed else T("documents.nobody"),
        ),
        [
            *rows,
            pager(page.number, page.pages, lambda to: ListDocuments(slot.id, to)),
            [Button(T("deadlines.back"), ShowSlots()), home_button()],
        ],
    )


def file_message(card: DocumentCard, config: Config) -> Screen:
    """Return the file of a version as a message of its own, or why it cannot be shown."""
    one = card.document
    if card.file is not None and not card.file.can_be_shown:
        return Screen(Lines(*trouble_lines([card.file])), new=True)
    file = Attachment(kind=one.file_kind, file_id=one.file_id, name=one.file_name)
    caption = T("deadlines.file_caption", title=slot_name(config, one.slot), unit=card.unit.name)
    return Screen(caption, files=[file], new=True)


def slot_name(config: Config, slot: str) -> str:
    """Return what a document is called; its id where it is configured no more."""
    try:
        return config.document(slot).name
    except NotFound:
        return slot


def send_button(document_id: int) -> Button:
    """Return the button that sends the file."""
    return Button(T("deadlines.send_file"), SendDocument(document_id))


def return_button(document_id: int) -> Button:
    """Return the button that asks why a version goes back (退回)."""
    return Button(T("deadlines.return"), Begin(DOCUMENT_BACK, str(document_id)))


def _standing(one: SlotState) -> Text:
    if one.latest is None:
        return T("documents.none", name=one.slot.name)
    return T(
        "documents.standing",
        name=one.slot.name,
        version=str(one.latest.version),
        state=STATES[one.latest.state],
    )
