"""A text sent in one's own words becomes a card to check, in any number of pieces (REP-01, REP-19).

Several activities in one text stand in a line: the card shows the first, and each one submitted or
left out brings the next.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards.reports.buttons import Pasted, PastedChoice
from bot.chat.cards.reports.card import receipt_of_many
from bot.chat.cards.unknown import not_understood
from bot.chat.conversation import machine
from bot.chat.conversation.model import PREVIEW, Answers, Conversation, Reply, Stay
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, T, Text, tn
from bot.core.errors import StaleButton
from bot.core.text import units
from bot.features.drafts import service as drafts
from bot.features.drafts.models import Draft, DraftState
from bot.features.reports import rules
from bot.features.reports.content import NO_TASK, Content, when_to_plain
from bot.features.reports.reading.dates import UNKNOWN
from bot.features.reports.service import file_report
from handlers.reports.conversation import STEPS, begin, content_of, preview, submitted
from handlers.reports.feature import feature
from handlers.reports.filling import filled, is_activity, read_one
from handlers.reports.reading import is_photo, with_photo
from handlers.reports.steps_body import add_photo
from handlers.reports.textfiles import read_document

NAME = "pasted"
_QUEUE, _AT, _SOURCE, _MORE = "_queue", "_at", "_source", "_more"
"""Notes: the activities behind this one, which of how many it is, how much of the text came so far
(messages, units of the last one, characters), and a text that waits for a decision."""
_NEARLY_FULL_UNITS = 4000
"""A client cuts a longer paste into messages of about 4,096: what follows is the rest of it."""
_MOST_MESSAGES = 12
"""Messages of one text that are read together: about 50,000 characters."""
_FEWEST_CHARACTERS = 10
_MORE_THAN_AN_ANSWER = 30
"""Characters: no day, place or number is said in so many; it is another text."""
_TAKES_TEXT = frozenset({"title", "text", "partners"})


@feature.message(Sent.text, Sent.photo, needs=CONTACT_ONLY)
def unasked(call: Call, message: Incoming) -> Screen:
    """Make a card of a text, or of a photo with words under it, that came by itself."""
    is_command = message.text.startswith("/") or not message.text
    card = None if is_command else card_of(call, message)
    return card or not_understood(call, message)


def card_of(call: Call, message: Incoming) -> Screen | None:
    """Make a card of the activities that a message tells of; None where it tells of none."""
    text = message.text
    given = begin(call, None)
    if not is_activity(read_one(call, text, unit_id=given.get("unit"))):
        return None
    found = filled(call, text, given)
    if is_photo(message):
        found[0]["photos"] = with_photo(found[0], message)
    waiting = own_draft(call)
    if waiting is not None and waiting.state is not DraftState.cancelled:
        return behind(call, waiting, found)
    return begun(call, _first(found, text))


@feature.press(Pasted, CONTACT_ONLY)
def decide(call: Call, data: Pasted) -> Screen:
    """Carry out what was decided about the texts of a draft."""
    draft = own_draft(call)
    if draft is None or draft.id != data.draft_id or draft.state is DraftState.cancelled:
        raise StaleButton
    drafts.resume(call.work, draft)
    match data.choice:
        case PastedChoice.submit_all:
            return _submit_all(call, draft)
        case PastedChoice.leave_out:
            return _next(call, draft) or machine.cancel(PASTED, call, draft)
        case PastedChoice.append | PastedChoice.another:
            return _with_more(call, draft, data.choice)


def begun(call: Call, answers: Answers, said: Text | None = None) -> Screen:
    """Show the card under what is `said` of it, or ask the one thing that the text does not say."""
    asked = None if "date" in answers else T("report.date_not_said", title=answers["title"])
    note = asked if said is None else Lines(said, asked)
    return machine.begin_with(PASTED, call, answers, note)


def in_line(found: Sequence[Answers]) -> Answers:
    """Return the first of several activities with the others behind it."""
    first, *rest = found
    return {**first, **_line_of(rest, at=1)}


def _first(found: list[Answers], text: str) -> Answers:
    return {**in_line(found), _SOURCE: [1, units(text), len(text)]}


def _line_of(rest: list[Answers], *, at: int) -> Answers:
    return {_QUEUE: rest, _AT: at} if rest or at > 1 else {}


def behind(call: Call, draft: Draft, found: Sequence[Answers], note: Text | None = None) -> Screen:
    """Put new activities behind those that wait already, and show what is at the front.

    `note` says so; None says it of a text.
    """
    queue = [*_queue(draft.answers), *found]
    at = draft.answers.get(_AT) or 1
    drafts.resume(call.work, draft)
    drafts.keep_answers(call.work, draft, {**draft.answers, **_line_of(queue, at=at)})
    return machine.prompt(PASTED, call, draft, note or tn("report.put_behind", len(found)))


def _add(call: Call, reply: Reply, answers: Answers, step: str) -> Stay | None:
    """Take the rest of a long text, a photo, a document, or another text beside a card."""
    message = reply.message
    if message is None:
        return None
    if message.sent is Sent.text and _goes_on(answers):
        return _gone_on(call, answers, message.text)
    document = read_document(call, reply, step)
    if document is not None:
        return document
    if step == PREVIEW and is_photo(message):
        return add_photo(call, reply, answers, step)
    fewest = _FEWEST_CHARACTERS if step == PREVIEW else _MORE_THAN_AN_ANSWER
    if step in _TAKES_TEXT or message.sent is not Sent.text or len(message.text) < fewest:
        return None
    return Stay(tn("report.more_text", len(message.text)), **{_MORE: _joined(answers, message)})


def _joined(answers: Answers, message: Incoming) -> str:
    """Return what came meanwhile, this message included."""
    return "\n".join(part for part in (answers.get(_MORE), message.text) if part)


def _goes_on(answers: Answers) -> bool:
    """Tell whether the last message of the text was as long as a client makes one."""
    messages, last_units, _ = answers.get(_SOURCE) or (0, 0, 0)
    return last_units >= _NEARLY_FULL_UNITS and messages < _MOST_MESSAGES


def _queue(answers: Answers) -> list[Answers]:
    return list(answers.get(_QUEUE) or ())


def _gone_on(call: Call, answers: Answers, text: str) -> Stay:
    """Read what followed together with the last activity, which it may go on with.

    The activities before stay as they were read: a long text costs no more than its pieces.
    """
    messages, _, characters = answers[_SOURCE]
    characters += len(text)
    heard = {_SOURCE: [messages + 1, units(text), characters]}
    note = tn("report.gone_on", characters)
    queue = _queue(answers)
    last = queue[-1] if queue else answers
    kept = {"unit": answers["unit"]} if "unit" in answers else {}
    found = filled(call, f"{last.get('text') or ''}{text}", {**begin(call, None), **kept})
    if queue:
        return Stay(note, **{**heard, _QUEUE: [*queue[:-1], *found]})
    first, *rest = found
    first["photos"] = answers.get("photos") or []
    return Stay(note, **{**first, **heard, **_line_of(rest, at=answers.get(_AT) or 1)})


def _with_more(call: Call, draft: Draft, choice: PastedChoice) -> Screen:
    """Add the text that came meanwhile to this activity, or let it stand behind it."""
    more = draft.answers.get(_MORE)
    if not more:
        raise StaleButton
    answers = {name: value for name, value in draft.answers.items() if name != _MORE}
    if choice is PastedChoice.another:
        drafts.keep_answers(call.work, draft, answers)
        return behind(call, draft, filled(call, more, begin(call, None)))
    joined = f"{answers.get('text') or ''}\n{more}".strip()
    if units(joined) > rules.MOST_TEXT_UNITS:
        return machine.prompt(PASTED, call, draft, T("report.text_would_be_too_long"))
    drafts.keep_answers(call.work, draft, {**answers, "text": joined})
    return machine.prompt(PASTED, call, draft, T("report.text_appended"))


def _next(call: Call, draft: Draft) -> Screen | None:
    """Begin with the next activity of the line; None when none waits."""
    following = _following(draft.answers)
    return None if following is None else begun(call, following)


def _following(answers: Answers) -> Answers | None:
    queue = _queue(answers)
    if not queue:
        return None
    at = (answers.get(_AT) or 1) + 1
    return {**queue[0], **_line_of(queue[1:], at=at)}


def _submit(call: Call, answers: Answers) -> Screen:
    report = file_report(call.work, call.config, content_of(answers), actor=call.actor)
    screen = submitted(call, report)
    following = _following(answers)
    if following is None:
        return screen
    return replace(screen, also=[begun(call, following)])


def _submit_all(call: Call, draft: Draft) -> Screen:
    """Submit the card and everything behind it; what was left open is filed as not known."""
    waiting = [draft.answers, *_queue(draft.answers)]
    drafts.finish(call.work, draft)
    reports = [
        file_report(call.work, call.config, _as_it_is(one), actor=call.actor) for one in waiting
    ]
    return receipt_of_many(call, reports)


def _as_it_is(answers: Answers) -> Content:
    open_ones: dict[str, Any] = {"task": NO_TASK, "date": when_to_plain(UNKNOWN)}
    return content_of({**open_ones, **answers})


def _preview(call: Call, answers: Answers) -> Text:
    queue = _queue(answers)
    at = answers.get(_AT) or 1
    return Lines(
        T("report.which_of", at=str(at), of=str(at + len(queue))) if queue or at > 1 else None,
        preview(call, answers),
        Lines(BLANK, T("report.more_asks")) if answers.get(_MORE) else None,
    )


def _offer(call: Call, answers: Answers, draft_id: int) -> list[Row]:
    del call

    def button(key: str, choice: PastedChoice, **values: str) -> Button:
        return Button(T(key, **values), Pasted(draft_id, choice))

    rows: list[Row] = []
    if answers.get(_MORE):
        append = button("report.append", PastedChoice.append)
        rows.append([append, button("report.another", PastedChoice.another)])
    queue = _queue(answers)
    if queue:
        every = button("report.submit_all", PastedChoice.submit_all, count=str(1 + len(queue)))
        rows.append([every, button("report.leave_out", PastedChoice.leave_out)])
    return rows


def own_draft(call: Call) -> Draft | None:
    """Return the draft of the actor's pasted texts; None when there is none."""
    return drafts.find_draft(
        call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id, flow=NAME
    )


PASTED = feature.converse(
    Conversation(
        name=NAME,
        needs=CONTACT_ONLY,
        steps=STEPS,
        preview=_preview,
        submit=_submit,
        begin=begin,
        add=_add,
        offer=_offer,
    )
)
