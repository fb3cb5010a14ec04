"""Replies to reminders, and files that come unasked: what they are for is found out or asked."""

from dataclasses import replace

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call, Incoming, Sent
from bot.chat.cards.deadlines.buttons import (
    MONTH,
    PLAN,
    NotAPlan,
    ReadAsActivities,
    arg_of,
    read_slot,
    slot_arg,
)
from bot.chat.cards.deadlines.reminder import SEVERAL, slot_rows
from bot.chat.cards.home import home_button
from bot.chat.cards.textfiles import reading_screen
from bot.chat.conversation import machine
from bot.chat.conversation.model import PREVIEW, Answers, Conversation, Reply, Resume
from bot.chat.feature import ReplyTo
from bot.chat.refusal import sentence
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import T
from bot.chat.textfiles import have_read
from bot.config import Form
from bot.core.errors import StaleButton
from bot.core.text import units
from bot.features.deadlines.errors import FileNeeded, NotYourUnit, WordsNeeded
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.rules import MOST_FILED_UNITS, check_plan_file, check_words
from bot.features.drafts import service as drafts
from bot.features.drafts.models import Draft, DraftState
from bot.features.months.models import Section
from bot.features.months.prose import check_section
from bot.features.textfiles.rules import is_text_file
from bot.features.units.queries import find_unit
from handlers.deadlines.due_words_flow import TEXT as DUE_TEXT
from handlers.deadlines.due_words_flow import due_words
from handlers.deadlines.feature import feature
from handlers.deadlines.file_steps import CAPTION, FILE
from handlers.deadlines.nothing_flow import explain, nothing
from handlers.deadlines.plan_flow import OFFERED, plan
from handlers.deadlines.reading import SLOT, WHICH, candidates, file_of, plain_file, read_file
from handlers.deadlines.words_flow import (
    MAYBE_MORE_UNITS,
    SECTION,
    SO_FAR,
    TEXT,
    collected,
    month_words,
    taken,
)

_FLOWS = {flow.name: flow for flow in (plan, month_words, nothing, explain, due_words)}


def replied(call: Call, context: str) -> Answer:
    """Take a reply to a reminder: words for the month, a file for the plan (TIME-04).

    While one of the same things is being filled in, the reply is the answer to its question: the
    reminder's message may have become that question.
    """
    message = call.message
    if message is None:
        raise StaleButton
    arg = None if context == SEVERAL else _arg_of(call, context)
    active = drafts.find_active(
        call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id
    )
    if active is not None and _is_about(active, arg):
        return machine.take(_FLOWS[active.flow], call, active, Reply(message=message))
    screen = _begun(call, message, arg)
    if active is None or active.flow in _FLOWS or active.state is not DraftState.parked:
        return screen
    note = T("conversation.parked_by_command", title=T(f"flow.{active.flow}"))
    return screen.with_line(note, [Button(T("conversation.go_on"), Resume(active.flow))])


# Parking is done here: a reply may be the answer to what is active.
feature.replies.append(
    ReplyTo("reply obligation:", CONTACT_ONLY, replied, parks=False, prefix="obligation:")
)


@feature.message(Sent.document, needs=CONTACT_ONLY)
def unasked_file(call: Call, message: Incoming) -> Screen:
    """Read a file that came by itself (REP-19); ask whether it is the plan while one is owed."""
    if candidates(call, Form.file):
        return _plan_with(call, message, None, offered=True)
    return _read(call, message) or Screen(T("unknown.document"), [[home_button()]])


@feature.press(ReadAsActivities, CONTACT_ONLY)
def read_as_activities(call: Call, _: ReadAsActivities) -> Screen:
    """Read a file that was asked about; one press makes it the plan after all."""
    draft = _draft(call, PLAN)
    if draft is None or draft.state is DraftState.cancelled or not draft.answers.get(OFFERED):
        raise StaleButton
    file = read_file(draft.answers.get(FILE))
    line = have_read(call, file, caption=draft.answers.get(CAPTION))
    drafts.cancel(call.work, draft)
    return reading_screen(line, Button(T("deadlines.as_plan_after_all"), Resume(PLAN)))


@feature.press(NotAPlan, CONTACT_ONLY)
def not_a_plan(call: Call, _: NotAPlan) -> Screen:
    """Leave the file alone."""
    draft = _draft(call, PLAN)
    if draft is None or draft.state is DraftState.cancelled:
        raise StaleButton
    return machine.cancel(plan, call, draft)


def _is_about(draft: Draft, arg: str | None) -> bool:
    """Tell whether `draft` files for what `arg` names; None names everything."""
    if draft.flow not in _FLOWS:
        return False
    filed_for = draft.answers.get(SLOT)
    return arg is None or (filed_for is not None and read_slot(filed_for)[0] == read_slot(arg)[0])


def _begun(call: Call, message: Incoming, arg: str | None) -> Screen:
    plans, months = candidates(call, Form.file), candidates(call, Form.information)
    is_plan = arg is not None and any(slot_arg(slot) == arg for slot in plans)
    if message.file is not None:
        if not plans:
            return _unowed(call, message)
        # A file in reply to what wants words may be something else.
        offered = arg is not None and not is_plan
        return _plan_with(call, message, arg if is_plan else None, offered=offered)
    if message.sent is not Sent.text:
        raise WordsNeeded
    other = _other_form(call, arg)
    if other is not None:
        return _for_other_form(call, other, message)
    if is_plan:
        return Screen(sentence(FileNeeded()), [*slot_rows(plans), [home_button()]])
    if arg is None and not months:
        return _nothing_takes_words(plans)
    return _words_with(call, check_section(message.text), arg)


def _other_form(call: Call, arg: str | None) -> Slot | None:
    """Return the slot of words, or of a mere confirmation, that `arg` names; None for no such."""
    slots = [*candidates(call, Form.text), *candidates(call, Form.confirm)]
    return next((slot for slot in slots if slot_arg(slot) == arg), None)


def _for_other_form(call: Call, slot: Slot, message: Incoming) -> Screen:
    if slot.deadline.obligation.handed_in is Form.confirm:
        return Screen(T("deadlines.only_confirm"), [*slot_rows([slot]), [home_button()]])
    text = check_words(message.text, most_units=MOST_FILED_UNITS)
    return _begin_with(call, due_words, {SLOT: slot_arg(slot), DUE_TEXT: text})


def _unowed(call: Call, message: Incoming) -> Screen:
    """Read a file in reply to what wants words. Raises WordsNeeded for one that has none."""
    screen = _read(call, message)
    if screen is None:
        raise WordsNeeded
    return screen


def _read(call: Call, message: Incoming) -> Screen | None:
    """Have a file read; None for one that holds no report in words.

    Raises NoText, DocumentTooBig or TooManyDocuments.
    """
    file = file_of(message)
    if file is None or not is_text_file(file):
        return None
    return reading_screen(have_read(call, file, caption=message.text))


def _nothing_takes_words(plans: list[Slot]) -> Screen:
    if plans:
        return Screen(sentence(FileNeeded()), [*slot_rows(plans), [home_button()]])
    return Screen(T("deadlines.no_dues"), [[home_button()]])


def _plan_with(call: Call, message: Incoming, arg: str | None, *, offered: bool) -> Screen:
    """Begin to file a plan with the file that is there already; it replaces an earlier one."""
    file = plain_file(check_plan_file(file_of(message)))
    plans = candidates(call, Form.file)
    if arg is None and len(plans) == 1:
        arg = slot_arg(plans[0])
    draft = _draft(call, PLAN)
    given = {} if draft is None or draft.state is DraftState.cancelled else draft.answers
    chosen: Answers = {SLOT: arg} if arg is not None else {WHICH: True}
    came = {FILE: file, OFFERED: offered, CAPTION: message.text}
    return _begin_with(call, plan, {**given, **chosen, **came})


def _words_with(call: Call, text: str, arg: str | None) -> Screen:
    """Put words into the month's 工作动态 and show the month, already written.

    Where it is not clear which month is meant, that is asked and the words wait; where more of them
    may come, the conversation waits for the rest.
    """
    answers: Answers = {SECTION: Section.news.value}
    answers |= {WHICH: True} if arg is None else {SLOT: arg}
    _settle_words(call)
    if units(text) >= MAYBE_MORE_UNITS:
        return _begin_with(call, month_words, {**answers, **collected(text, text)})
    if arg is None:
        return _begin_with(call, month_words, {**answers, TEXT: text})
    return replace(taken(call, answers, Section.news, text), new=True)


def _settle_words(call: Call) -> None:
    """Keep what an unfinished conversation about words holds: a new one would take its place."""
    draft = _draft(call, MONTH)
    if draft is None or draft.state is DraftState.cancelled:
        return
    given = draft.answers
    if {SLOT, SECTION, SO_FAR} <= given.keys():
        taken(call, given, Section(given[SECTION]), given[SO_FAR])
        drafts.finish(call.work, draft)
    else:
        drafts.set_aside(call.work, draft)


def _begin_with(call: Call, flow: Conversation, answers: Answers) -> Screen:
    """Begin `flow` with `answers`, in place of its unfinished draft; ask what is still open."""
    asked = [step for step in flow.steps if step.when is None or step.when(call, answers)]
    first = next((step.key for step in asked if step.key not in answers), PREVIEW)
    draft = drafts.begin(
        call.work,
        chat_id=call.place.chat_id,
        person_id=call.actor.person_id,
        flow=flow.name,
        version=flow.version,
        step=first,
        answers=answers,
    )
    return machine.prompt(flow, call, draft)


def _draft(call: Call, flow: str) -> Draft | None:
    return drafts.find_draft(
        call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id, flow=flow
    )


def _arg_of(call: Call, context: str) -> str:
    """Return the slot that `obligation:O2:kexie:2024-06` names; raises StaleButton."""
    match context.split(":"):
        case [_, obligation, slug, period]:
            unit = find_unit(call.work, slug)
        case _:
            raise StaleButton
    if unit is None or unit.id not in call.actor.unit_ids:
        raise NotYourUnit
    return arg_of(obligation, period, unit.id)
