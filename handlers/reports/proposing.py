"""What a document said becomes the line of cards that a pasted text becomes (REP-19)."""

from collections.abc import Sequence

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call, Place
from bot.chat.cards.home import home_button
from bot.chat.cards.textfiles import (
    ReadAgain,
    document_key,
    document_name,
    reading_line,
    reading_screen,
)
from bot.chat.conversation.model import Answers, Resume
from bot.chat.desk import Desk
from bot.chat.refusal import sentence
from bot.chat.screen import Button, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import Lines, T, Text, tn
from bot.chat.textfiles import Paper
from bot.core.errors import NotAllowed
from bot.features.drafts import service as drafts
from bot.features.drafts.models import Draft, DraftState
from bot.features.outbox.models import Lane
from bot.features.people.actor import actor_of
from bot.features.people.models import Person
from bot.features.textfiles import forgetting
from bot.features.textfiles.errors import NoActivities
from bot.features.textfiles.facts import DocumentRead
from bot.features.textfiles.models import DocumentJob
from bot.features.textfiles.service import Digested, count_waiting, order_again
from handlers.reports.conversation import REPORT, begin
from handlers.reports.feature import feature
from handlers.reports.filling import activities_in, answers_of, is_activity, read_one
from handlers.reports.pasting import PASTED, begun, behind, in_line, own_draft

__all__ = ["digest", "forgetting"]

_CHOSEN = ("unit", "task")
"""What a report holds that was only begun."""


def digest(paper: Paper, text: str) -> Digested:
    """Return the activities in a document's words. Raises NotAllowed or NoActivities."""
    CONTACT_ONLY.check(paper.actor)
    given = begin(paper, None)
    several, left_out = activities_in(paper, text, given)
    if len(several) > 1:
        return Digested(several, left_out)
    reading = read_one(paper, text, unit_id=given.get("unit"))
    if not is_activity(reading):
        raise NoActivities
    return Digested([answers_of(paper, reading, given)])


@tells(DocumentRead)
def propose(desk: Desk, fact: DocumentRead) -> None:
    """Show the sender what was read, to be checked and submitted."""
    job = desk.work.session.get_one(DocumentJob, fact.job_id)
    person = desk.work.session.get_one(Person, job.person_id)
    if person.telegram_id is None:
        return
    call = Call(
        work=desk.work,
        config=desk.config,
        bot_username=desk.bot_username,
        actor=actor_of(desk.work, person),
        place=Place(person.telegram_id),
        inbox_id=0,
    )
    if CONTACT_ONLY.met_by(call.actor):
        screen = _proposed(call, fact, document_name(job.name))
    else:
        # The role may have been taken while the file was read.
        screen = Screen(sentence(NotAllowed()), [[home_button()]])
    desk.send(job.person_id, screen, lane=Lane.interactive, key=document_key(job.id))


@feature.press(ReadAgain, CONTACT_ONLY)
def read_again(call: Call, data: ReadAgain) -> Screen:
    """Have a file read that holds what was read before."""
    before = count_waiting(call.work, call.actor.person_id)
    job = order_again(call.work, data.job_id, actor=call.actor)
    return reading_screen(reading_line(job.name, before=before))


def _proposed(call: Call, fact: DocumentRead, name: Text) -> Screen:
    """Let the activities stand in line; what the person is filling in is not taken from them."""
    active = drafts.find_active(
        call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id
    )
    activities = list(fact.activities)
    if active is not None and _is_only_begun(active):
        chosen = {key: active.answers[key] for key in _CHOSEN if key in active.answers}
        activities = [{**chosen, **one} for one in activities]
        drafts.finish(call.work, active)
        active = None
    screen = _in_line(call, activities, fact.left_out, name)
    if active is None or active.flow == PASTED.name:
        return screen
    drafts.resume(call.work, active)
    return _waiting(len(activities), name, T(f"flow.{active.flow}"))


def _in_line(call: Call, activities: Sequence[Answers], left_out: int, name: Text) -> Screen:
    rest = tn("textfiles.left_out", left_out) if left_out else None
    waiting = own_draft(call)
    if waiting is not None and waiting.state is not DraftState.cancelled:
        note = Lines(tn("textfiles.put_behind", len(activities), name=name), rest)
        return behind(call, waiting, activities, note)
    read: Text = T("textfiles.read_one", name=name)
    if len(activities) > 1:
        read = tn("textfiles.read", len(activities), name=name)
    return begun(call, in_line(activities), Lines(read, rest))


def _waiting(count: int, name: Text, title: Text) -> Screen:
    look = Button(T("textfiles.look"), Resume(PASTED.name), Style.primary)
    return Screen(tn("textfiles.waits", count, name=name, title=title), [[look], [home_button()]])


def _is_only_begun(draft: Draft) -> bool:
    """Tell whether a report was begun with nothing said of the activity."""
    return draft.flow == REPORT.name and draft.answers.keys() <= {*_CHOSEN}
