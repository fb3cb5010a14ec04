"""What the conversations of this package have in common: the slot, and reading replies."""

from collections.abc import Mapping
from typing import Any

from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards.deadlines.buttons import read_slot
from bot.chat.conversation.model import Answers, Reply
from bot.chat.render import to_plain
from bot.chat.text import Text
from bot.chat.textfiles import as_incoming
from bot.config import Form
from bot.core.errors import NotFound
from bot.features.archive.service import Incoming as IncomingFile
from bot.features.deadlines.board import find_slot, open_slots, own_slots
from bot.features.deadlines.errors import NotOwed, NotYourUnit, WordsNeeded
from bot.features.deadlines.filing import Where
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.rules import MOST_PART_UNITS, check_words

SLOT = "slot"
"""The step, and the answer, that says what is filed for."""

WHICH = "_which"
"""The note that what is filed for is to be asked."""


def where_of(answers: Answers) -> Where:
    """Return what is filed for. Raises StaleButton when it is not chosen."""
    where, _ = read_slot(answers.get(SLOT))
    return where


def slot_of(call: Call, answers: Answers) -> Slot:
    """Return the slot that is filed for. Raises NotOwed when it is not owed (any more)."""
    where = where_of(answers)
    slots = own_slots(call.work, call.config, [where.unit_id])
    slot = find_slot(slots, where.obligation, where.period, where.unit_id)
    if slot is None:
        raise NotOwed
    return slot


def check_own(call: Call, arg: str) -> None:
    """Check that the actor files for what `arg` names. Raises StaleButton or NotYourUnit."""
    where, _ = read_slot(arg)
    if where.unit_id not in call.actor.unit_ids:
        raise NotYourUnit


def candidates(call: Call, form: Form) -> list[Slot]:
    """Return the slots of one form that the actor has still to file."""
    return [
        slot
        for slot in open_slots(call.work, call.config, call.actor)
        if slot.deadline.obligation.handed_in is form
    ]


def words(reply: Reply, *, most_units: int) -> str:
    """Return the text of a reply. Raises WordsNeeded or WordsTooLong."""
    message = reply.message
    if message is None or message.sent is not Sent.text:
        raise WordsNeeded
    return check_words(message.text, most_units=most_units)


def picked_or_words(call: Call, reply: Reply, reasons: Mapping[str, Text]) -> str:
    """Return the reason that was picked, or else written. Raises WordsNeeded or WordsTooLong."""
    if reply.choice is None:
        return words(reply, most_units=MOST_PART_UNITS)
    text = reasons.get(reply.choice)
    if text is None:
        raise WordsNeeded
    # The reason is kept as words, in the language of the campaign.
    return to_plain(text, call.voice(call.config.languages.default))


def file_of(message: Incoming | None) -> IncomingFile | None:
    """Return the file of a message as the archive takes it; None when there is none."""
    return None if message is None or message.file is None else as_incoming(message.file)


def plain_file(file: IncomingFile) -> dict[str, Any]:
    """Return a file as JSON data, to be kept in a draft."""
    return vars(file).copy()


def read_file(data: Any) -> IncomingFile:
    """Read back what `plain_file` wrote. Raises NotFound when there is nothing."""
    if not isinstance(data, dict):
        raise NotFound
    return IncomingFile(**data)
