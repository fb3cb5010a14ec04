"""What is said of files that are read: that it goes on, and why nothing came of it (REP-19)."""

from dataclasses import dataclass

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.desk import Desk
from bot.chat.mydata import DataPart, exact, my_data
from bot.chat.refusal import sentence
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import Clipped, T, Text, tn
from bot.features.outbox.models import Lane
from bot.features.textfiles.facts import DocumentRefused, DocumentRepeated
from bot.features.textfiles.models import DocumentJob
from bot.features.textfiles.service import find_earlier, sent_by

_NAME_UNITS = 60


@callback("do.r")
@dataclass(frozen=True)
class ReadAgain:
    """Has a file read although the same was read before."""

    job_id: int


def document_name(name: str | None) -> Text:
    """Return what the sender called a file, as it is shown."""
    return T("textfiles.unnamed") if not name else Clipped(name, _NAME_UNITS)


def reading_line(name: str | None, *, before: int) -> Text:
    """Say that a file came and is being read; `before` files of the person come first."""
    if before:
        return tn("textfiles.reading_behind", before, name=document_name(name))
    return T("textfiles.reading", name=document_name(name))


def reading_screen(line: Text, *ways: Button) -> Screen:
    """Return `line` as a message of its own, with other `ways` to use the file."""
    return Screen(line, [[way] for way in (*ways, home_button())])


def document_key(job_id: int) -> str:
    """Return the key of the message that tells what became of a file, so that it goes once."""
    return f"document:{job_id}"


@tells(DocumentRefused)
def tell_refused(desk: Desk, fact: DocumentRefused) -> None:
    """Tell the sender in one sentence why a file gave nothing."""
    job = desk.work.session.get_one(DocumentJob, fact.job_id)
    text = T("textfiles.refused", name=document_name(job.name), why=sentence(fact.why))
    _send(desk, job, Screen(text, [[home_button()]]))


@tells(DocumentRepeated)
def tell_repeated(desk: Desk, fact: DocumentRepeated) -> None:
    """Tell the sender that the same was read before; one press has it read all the same."""
    job = desk.work.session.get_one(DocumentJob, fact.job_id)
    earlier = find_earlier(desk.work, job)
    at = desk.now if earlier is None or earlier.ended_at is None else earlier.ended_at
    text = T("textfiles.repeated", name=document_name(job.name), at=at)
    again = Button(T("textfiles.read_again"), ReadAgain(job.id))
    _send(desk, job, Screen(text, [[again], [home_button()]]))


def _send(desk: Desk, job: DocumentJob, screen: Screen) -> None:
    desk.send(job.person_id, screen, lane=Lane.interactive, key=document_key(job.id))


@my_data(53)
def own_documents(call: Call) -> DataPart:
    """Tell which files the actor sent to be read."""
    zone = call.config.time.zone_info
    return DataPart(
        T("mydata.textfiles"),
        [
            T("mydata.textfile_row", at=exact(at, zone), name=document_name(name))
            for at, name in sent_by(call.work, call.actor.person_id)
        ],
    )
