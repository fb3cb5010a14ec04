"""Who is told that a file cannot be had: those who sent it, once for a report or filing."""

from bot.chat.cards.archive.files import trouble_lines
from bot.chat.cards.deadlines.buttons import OpenFiling
from bot.chat.cards.documents.buttons import OpenDocument
from bot.chat.cards.documents.screens import slot_name
from bot.chat.cards.register.buttons import OpenOfficial
from bot.chat.cards.reports.buttons import OpenReport
from bot.chat.desk import Desk
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import BLANK, Lines, T, Text
from bot.features.archive.facts import FileMissing
from bot.features.archive.queries import find_standing, owner_of
from bot.features.deadlines.filing import SUBMISSION_OWNER
from bot.features.deadlines.models import Submission
from bot.features.documents.models import UnitDocument
from bot.features.documents.service import DOCUMENT_OWNER
from bot.features.obligations.queries import with_made
from bot.features.outbox.models import Lane
from bot.features.people.queries import contacts_of_units
from bot.features.register.models import OfficialDocument
from bot.features.register.service import OFFICIAL_OWNER
from bot.features.reports.access import answerable
from bot.features.reports.files import ARCHIVE_OWNER
from bot.features.reports.models import Report


@tells(FileMissing)
def tell_missing(desk: Desk, fact: FileMissing) -> None:
    """Tell the contact which file was not kept, and that the rest was; the card says it to all."""
    owner = owner_of(desk.work, fact.file_id)
    standing = find_standing(desk.work, fact.file_id)
    if owner is None or standing is None:
        return
    found = _addressed(desk, *owner)
    if found is None:
        return
    head, button, people = found
    screen = Screen(
        Lines(head, *trouble_lines([standing]), BLANK, T("archive.rest_is_kept")), [[button]]
    )
    kind, ref = owner
    for person_id in people:
        # Ten photos that are lost together are one message; the card names them all.
        key = f"file:{kind}:{ref}:{standing.state.value}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)


def _addressed(desk: Desk, kind: str, ref: str) -> tuple[Text, Button, list[int]] | None:
    if kind == ARCHIVE_OWNER:
        report = desk.work.session.get_one(Report, int(ref))
        head = T("archive.about_report", number=report.number, title=report.title)
        button = Button(T("report.open"), OpenReport(report.id))
        return head, button, answerable(desk.work, report)
    if kind == SUBMISSION_OWNER:
        filing = desk.work.session.get_one(Submission, int(ref))
        name = with_made(desk.work, desk.config).obligation(filing.obligation).name
        button = Button(T("deadlines.see_filing"), OpenFiling(filing.id))
        contacts = contacts_of_units(desk.work, [filing.unit_id]).get(filing.unit_id, [])
        people = [filing.filed_by] if filing.filed_by in contacts else contacts
        return T("archive.about_filing", name=name), button, people
    if kind == DOCUMENT_OWNER:
        document = desk.work.session.get_one(UnitDocument, int(ref))
        title = slot_name(desk.config, document.slot)
        button = Button(T("deadlines.see_filing"), OpenDocument(document.id))
        people = contacts_of_units(desk.work, [document.unit_id]).get(document.unit_id, [])
        return T("archive.about_filing", name=title), button, people
    if kind == OFFICIAL_OWNER:
        official = desk.work.session.get_one(OfficialDocument, int(ref))
        head = T("archive.about_official", title=official.title)
        return head, Button(T("register.open"), OpenOfficial(official.id)), [official.registered_by]
    return None
