"""Finding: /find with everything in one line, or the same line asked for (ARC-01)."""

from dataclasses import replace

from bot.chat.access import needs
from bot.chat.call import Call, Sent
from bot.chat.cards.archive.buttons import FoundPage, OpenFound
from bot.chat.cards.archive.found import FIND, PAGE, back_row, count_text, found_screen
from bot.chat.cards.reports.card import photos_screen, report_screen
from bot.chat.conversation import machine
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.feature import Command
from bot.chat.screen import Screen
from bot.chat.text import Lines, Plain, T, Text
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.core.text import one_line
from bot.features.finding.errors import NothingToFind
from bot.features.finding.models import Search
from bot.features.finding.queries import Results, search
from bot.features.finding.service import get_search, remember
from bot.features.finding.words import read_search
from bot.features.obligations.queries import with_made
from bot.features.reports import rules
from bot.features.reports.access import access_report, may_read_all, own_units
from bot.features.reports.queries import find_card
from bot.features.units.queries import register
from handlers.archive.feature import feature

READERS = needs(Role.contact, Role.unit_head, Role.coordinator, Role.supervisor)
"""Those who see reports: the units their own, the offices all."""

_TEXT = "text"


def _ask(call: Call, answers: Answers) -> Ask:
    del call, answers
    return Ask(T("finding.ask"))


def _read(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    message = reply.message
    if message is None or message.sent is not Sent.text:
        raise NothingToFind
    _found(call, message.text, page=1)
    return one_line(message.text)


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[_TEXT]) if answers.get(_TEXT) else None


def _preview(call: Call, answers: Answers) -> Text:
    text = answers[_TEXT]
    return Lines(T("finding.head", text=text), count_text(_found(call, text, page=1)))


def _submit(call: Call, answers: Answers) -> Screen:
    return _begun(call, answers[_TEXT])


FLOW = feature.converse(
    Conversation(
        name=FIND,
        needs=READERS,
        steps=(Step(_TEXT, T("finding.label"), _ask, _read, _show),),
        preview=_preview,
        submit=_submit,
        submit_label=T("finding.look"),
    )
)


def _find(call: Call, arg: str) -> Screen:
    """Answer /find: what was found, or the question what is looked for."""
    return _begun(call, arg) if arg else machine.start(FLOW, call, None)


feature.commands.append(Command("find", READERS, _find, parks=True, flow=FIND))


@feature.press(FoundPage, READERS)
def turn_page(call: Call, asked: FoundPage) -> Screen:
    """Show another page of what was found."""
    kept = get_search(call.work, call.actor.person_id, asked.version)
    return _shown(call, kept, page=asked.page)


@feature.press(OpenFound, READERS)
def open_found(call: Call, asked: OpenFound) -> Screen:
    """Show a report with its files, sent once more, and the way back to what was found."""
    report = access_report(call.work, asked.report_id, actor=call.actor)
    card = find_card(call.work, report.id)
    if card is None:
        raise NotFound
    reviews = call.actor.may({Role.coordinator})
    screen = report_screen(call, card, actor=call.actor, reviews=reviews)
    rows = [*screen.rows, back_row(asked.version, asked.page)]
    files = [photos_screen(card)] if card.content.photos else []
    return replace(screen, rows=rows, also=files)


def _begun(call: Call, text: str) -> Screen:
    line = one_line(text)
    results = _found(call, line, page=1)
    kept = remember(call.work, call.actor.person_id, line)
    return _screen(call, kept, results)


def _shown(call: Call, kept: Search, *, page: int) -> Screen:
    return _screen(call, kept, _found(call, kept.text, page=page))


def _screen(call: Call, kept: Search, results: Results) -> Screen:
    office = may_read_all(call.actor)
    return found_screen(kept, results, config=with_made(call.work, call.config), office=office)


def _found(call: Call, text: str, *, page: int) -> Results:
    """Return a page of what `text` finds among what the actor may see."""
    limits = rules.date_limits(call.config, call.now)
    wanted = read_search(text, call.config, register(call.work), limits)
    units = None if may_read_all(call.actor) else own_units(call.actor)
    return search(call.work, call.config, wanted, unit_ids=units, page=page, size=PAGE)
