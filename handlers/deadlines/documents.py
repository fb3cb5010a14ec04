"""A unit's documents beyond what it owes, and what the office sees of them (REP-06)."""

from dataclasses import replace

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.documents import screens, telling
from bot.chat.cards.documents.buttons import (
    AcceptDocument,
    ListDocuments,
    OpenDocument,
    SendDocument,
    ShowDocuments,
    ShowSlots,
)
from bot.chat.screen import Screen
from bot.chat.text import T
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.deadlines.access import access_own_unit
from bot.features.documents.queries import (
    DocumentCard,
    access_document,
    counts_of_slots,
    document_card,
    filed_documents,
    slots_of_unit,
)
from bot.features.documents.service import accept_document
from bot.features.units.models import UnitKind
from bot.features.units.queries import answering_units, units_by_id
from handlers.deadlines.feature import OVERSEERS, READERS, UNIT_PEOPLE, feature


@feature.press(ShowDocuments, UNIT_PEOPLE)
def show_documents(call: Call, data: ShowDocuments) -> Screen:
    """Show a unit's documents."""
    own = list(dict.fromkeys((*call.actor.unit_ids, *call.actor.headed_unit_ids)))
    unit_id = own[0] if data.unit_id is None else data.unit_id
    if unit_id not in own:
        raise NotFound
    unit = access_own_unit(call.work, unit_id, actor=call.actor)
    others = units_by_id(call.work, [one for one in own if one != unit_id])
    return screens.unit_screen(
        unit.id,
        unit.name,
        slots_of_unit(call.work, call.config, unit.id),
        may_file=unit_id in call.actor.unit_ids,
        others={one.id: one.name for one in others.values()},
    )


@feature.press(ShowSlots, OVERSEERS)
def show_slots(call: Call, _: ShowSlots) -> Screen:
    """Show how many units have filed each document."""
    units = [one for one in answering_units(call.work) if one.kind is UnitKind.unit]
    counts = counts_of_slots(call.work)
    return screens.slots_screen(call.config.documents, counts, units=len(units))


@feature.press(ListDocuments, OVERSEERS)
def list_documents(call: Call, data: ListDocuments) -> Screen:
    """Show a page of the units that have filed a document."""
    slot = call.config.document(data.slot)
    return screens.list_screen(slot, filed_documents(call.work, slot.id), number=data.page)


@feature.press(OpenDocument, READERS)
def open_document(call: Call, data: OpenDocument) -> Screen:
    """Show a version."""
    return shown_document(call, access_document_card(call, data.document_id))


@feature.press(SendDocument, READERS)
def send_document(call: Call, data: SendDocument) -> Screen:
    """Send the file of a version, by Telegram's id of it."""
    return screens.file_message(access_document_card(call, data.document_id), call.config)


@feature.press(AcceptDocument, OFFICE_ONLY)
def accept(call: Call, data: AcceptDocument) -> Screen:
    """Accept a version."""
    accept_document(call.work, data.document_id, actor=call.actor)
    card = access_document_card(call, data.document_id)
    return replace(shown_document(call, card), toast=T("deadlines.accepted_now"))


def access_document_card(call: Call, document_id: int) -> DocumentCard:
    """Return a version that the actor may see. Raises NotFound."""
    document = access_document(call.work, document_id, actor=call.actor)
    return document_card(call.work, document)


def shown_document(call: Call, card: DocumentCard) -> Screen:
    """Return a version's card with what the actor can do."""
    return screens.document_screen(
        card,
        call.config,
        reviews=call.actor.may({Role.coordinator}),
        files=card.unit.id in call.actor.unit_ids,
    )


# Importing it is what lets the messages about documents be told.
__all__ = ["telling"]
