"""A list of names that came as a file and was read: whom it means joins the notice or meeting."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.audience.choosing import STEP, with_parts
from bot.chat.cards.home import home_button
from bot.chat.cards.meetings.buttons import CALL
from bot.chat.cards.notices.names import list_note
from bot.chat.cards.textfiles import document_key
from bot.chat.conversation.model import Resume
from bot.chat.desk import Desk
from bot.chat.refusal import sentence
from bot.chat.screen import Button, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import T
from bot.core.errors import BusinessError, NotAllowed
from bot.features.drafts import service as drafts
from bot.features.notices.errors import NobodyChosen
from bot.features.notices.lists import find_names, names_in
from bot.features.outbox.models import Lane
from bot.features.people.actor import actor_of
from bot.features.people.models import Person
from bot.features.textfiles.facts import NamesRead
from bot.features.textfiles.models import DocumentJob

_GO_ON = {"notice": T("notices.go_on_writing"), CALL: T("meetings.go_on_calling")}
"""The conversations that ask whom something is for, and the button that goes on with each."""


@tells(NamesRead)
def choose_listed(desk: Desk, fact: NamesRead) -> None:
    """Choose whom the file named for what the sender is writing, and say who was not found."""
    job = desk.work.session.get_one(DocumentJob, fact.job_id)
    person = desk.work.session.get_one(Person, job.person_id)
    try:
        screen = _chosen(desk, person, fact.text)
    except BusinessError as refused:
        screen = Screen(sentence(refused), [[home_button()]])
    desk.send(person.id, screen, lane=Lane.interactive, key=document_key(job.id))


def _chosen(desk: Desk, person: Person, text: str) -> Screen:
    # The role may have been taken while the file was read, and the writing cancelled.
    if person.telegram_id is None or not OFFICE_ONLY.met_by(actor_of(desk.work, person)):
        raise NotAllowed
    # The one that was touched last: the list came while it asked whom it is for.
    open_ones = drafts.open_drafts(desk.work, chat_id=person.telegram_id, person_id=person.id)
    flow = next((one.flow for one in open_ones if one.flow in _GO_ON), "")
    draft = drafts.find_draft(desk.work, chat_id=person.telegram_id, person_id=person.id, flow=flow)
    if draft is None:
        raise NobodyChosen
    found = find_names(desk.work, names_in(text))
    notes = with_parts(draft.answers, found.parts)
    kept = {**draft.answers, **notes}
    if STEP in kept:
        # The card is there already: what it shows is what goes.
        kept[STEP] = notes["_audience"]
    drafts.keep_answers(desk.work, draft, kept)
    go_on = Button(_GO_ON[draft.flow], Resume(draft.flow), Style.primary)
    return Screen(list_note(found), [[go_on]])
