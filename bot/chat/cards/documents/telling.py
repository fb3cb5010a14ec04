"""Who is told of documents: the office silently, the contacts of what became of theirs."""

from bot.chat.cards.documents.buttons import DOCUMENT, OpenDocument, document_arg
from bot.chat.cards.documents.screens import send_button, slot_name
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import Begin
from bot.chat.desk import Desk
from bot.chat.screen import Button, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import T
from bot.features.documents.facts import DocumentFiled, DocumentReviewed
from bot.features.documents.models import DocumentState, UnitDocument
from bot.features.outbox.models import Lane
from bot.features.people.queries import contacts_of_units, office
from bot.features.units.models import Unit


@tells(DocumentFiled)
def tell_filed(desk: Desk, fact: DocumentFiled) -> None:
    """Tell every coordinator, without a sound, that a document came in."""
    one = desk.work.session.get_one(UnitDocument, fact.document_id)
    screen = Screen(
        T(
            "documents.news",
            title=slot_name(desk.config, one.slot),
            unit=desk.work.session.get_one(Unit, one.unit_id).name,
            version=str(one.version),
        ),
        [
            [Button(T("deadlines.look_at_it"), OpenDocument(one.id)), send_button(one.id)],
            [home_button()],
        ],
        silent=True,
    )
    for person_id in office(desk.work):
        desk.send(person_id, screen, lane=Lane.reminder, key=f"document:{one.id}:{person_id}")


@tells(DocumentReviewed)
def tell_reviewed(desk: Desk, fact: DocumentReviewed) -> None:
    """Tell the unit's contacts what became of their document."""
    one = desk.work.session.get_one(UnitDocument, fact.document_id)
    unit = desk.work.session.get_one(Unit, one.unit_id).name
    title = slot_name(desk.config, one.slot)
    look = [Button(T("deadlines.see_filing"), OpenDocument(one.id)), home_button()]
    if one.state is DocumentState.returned:
        reason = one.return_reason or ""
        text = T("deadlines.told_returned", title=title, unit=unit, reason=reason)
        begin = Begin(DOCUMENT, document_arg(one.unit_id, one.slot))
        mend = [Button(T("deadlines.mend"), begin, Style.primary)]
        screen = Screen(text, [mend, look])
    else:
        screen = Screen(T("deadlines.told_accepted", title=title, unit=unit), [look], silent=True)
    for person_id in contacts_of_units(desk.work, [one.unit_id]).get(one.unit_id, []):
        key = f"document:{one.id}:{one.state}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)
