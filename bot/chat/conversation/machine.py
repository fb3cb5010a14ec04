"""How a conversation moves: pure of Telegram, its state is the draft row."""

from bot.chat.call import Call, Incoming
from bot.chat.conversation import screens
from bot.chat.conversation.model import (
    PREVIEW,
    Action,
    Also,
    Answers,
    Choose,
    Control,
    Conversation,
    Reply,
    Stay,
    Step,
)
from bot.chat.conversation.words import keep_words, kept_words
from bot.chat.refusal import sentence
from bot.chat.screen import Answer, Screen, Toast
from bot.chat.text import T, Text
from bot.core.errors import BusinessError, StaleButton
from bot.features.drafts import service as drafts
from bot.features.drafts.models import Draft, DraftState


def start(flow: Conversation, call: Call, arg: str | None, words: Incoming | None = None) -> Screen:
    """Begin `flow`, or ask what to do with the unfinished draft of it.

    `words` answer what is asked first; they are kept where something else is asked before.
    """
    flow.needs.check(call.actor)
    draft = _own(flow, call)
    if draft is not None and draft.state is not DraftState.cancelled:
        keep_words(draft, words)
        return screens.unfinished(flow, draft, arg, has_words=words is not None)
    return restart(flow, call, arg, words)


def restart(
    flow: Conversation, call: Call, arg: str | None, words: Incoming | None = None
) -> Screen:
    """Begin `flow` with nothing given but `words`, in place of an unfinished draft of it."""
    flow.needs.check(call.actor)
    asked = begin_with(flow, call, flow.begin(call, arg))
    draft = None if words is None else _own(flow, call)
    if draft is None:
        return asked
    # Whoever presses 'start anew' twice has them the second time as well.
    keep_words(draft, words)
    return take(flow, call, draft, Reply(message=words))


def start_anew(flow: Conversation, call: Call, arg: str | None) -> Screen:
    """Drop the unfinished draft of `flow` and begin with the words that were kept with it."""
    return restart(flow, call, arg, kept_words(_own(flow, call)))


def begin_with(
    flow: Conversation, call: Call, answers: Answers, note: Text | None = None
) -> Screen:
    """Begin `flow` with `answers`, in place of an unfinished draft of it; ask what is open."""
    steps = _asked(flow, call, answers)
    first = next((step.key for step in steps if step.key not in answers), PREVIEW)
    draft = drafts.begin(
        call.work,
        chat_id=call.place.chat_id,
        person_id=call.actor.person_id,
        flow=flow.name,
        version=flow.version,
        step=first,
        answers=answers,
    )
    return prompt(flow, call, draft, note)


def resume(flow: Conversation, call: Call) -> Screen:
    """Take up the unfinished draft of `flow`, or bring back the cancelled one."""
    flow.needs.check(call.actor)
    draft = _own(flow, call)
    if draft is None:
        raise StaleButton
    drafts.resume(call.work, draft)
    if draft.version != flow.version:
        _refit(flow, call, draft)
    return prompt(flow, call, draft)


def take(flow: Conversation, call: Call, draft: Draft, reply: Reply) -> Screen:
    """Read `reply` as the answer to the draft's step and ask the next one.

    A draft of an older version of the flow is fitted first, and asks.
    """
    if draft.version != flow.version:
        _refit(flow, call, draft)
        return prompt(flow, call, draft)
    try:
        value = None if flow.add is None else flow.add(call, reply, draft.answers, draft.step)
        if value is not None:
            return _with_more(flow, call, draft, value)
        return _answered(flow, call, draft, reply)
    except StaleButton as refused:
        written = reply.message is not None
        note = T("conversation.press_a_button") if written else sentence(refused)
        return prompt(flow, call, draft, note=note)
    except BusinessError as refused:
        return prompt(flow, call, draft, note=sentence(refused))


def _answered(flow: Conversation, call: Call, draft: Draft, reply: Reply) -> Screen:
    """Let the draft's step read `reply`; raises what the step raises."""
    step = _step(flow, draft.step)
    if step is None:
        return prompt(flow, call, draft, note=T("conversation.at_preview"))
    answers = dict(draft.answers)
    value = step.read(call, reply, answers)
    if isinstance(value, Stay):
        drafts.keep_answers(call.work, draft, {**answers, **value.updates})
        return prompt(flow, call, draft, note=value.note)
    own, others = (value.value, value.others) if isinstance(value, Also) else (value, {})
    drafts.keep_answers(call.work, draft, {**answers, **others, step.key: own})
    _advance(flow, call, draft)
    if flow.direct and draft.step == PREVIEW:
        return _submit(flow, call, draft)
    return prompt(flow, call, draft)


def choose(flow: Conversation, call: Call, data: Choose) -> Answer:
    """Answer a step by one of its buttons; a button of an earlier step changes nothing."""
    draft = _access(flow, call, data.draft_id)
    if draft.step != data.step:
        return Toast(T("conversation.answered_before"))
    _activate(call, draft)
    return take(flow, call, draft, Reply(choice=data.value))


def control(flow: Conversation, call: Call, data: Control) -> Answer:
    """Move in a draft by one of the buttons below every step."""
    draft = _access(flow, call, data.draft_id)
    if data.action is Action.cancel:
        return cancel(flow, call, draft)
    if data.action is Action.later:
        draft.state = DraftState.parked
        return screens.parked(flow)
    if data.action in {Action.back, Action.skip, Action.submit} and draft.step != data.step:
        return Toast(T("conversation.answered_before"))
    _activate(call, draft)
    return _moved(flow, call, draft, data)


def cancel(flow: Conversation, call: Call, draft: Draft) -> Screen:
    """End the draft; one button brings it back."""
    drafts.cancel(call.work, draft)
    return screens.cancelled(flow)


def prompt(flow: Conversation, call: Call, draft: Draft, note: Text | None = None) -> Screen:
    """Return the question of the draft's step, or its preview."""
    step = _step(flow, draft.step)
    if step is None:
        return screens.preview(flow, call, draft, note=note)
    steps = _asked(flow, call, draft.answers)
    at = next((n for n, one in enumerate(steps, 1) if one.key == step.key), 1)
    return screens.question(flow, call, draft, step, at=at, of=len(steps), note=note)


def _with_more(flow: Conversation, call: Call, draft: Draft, more: Stay) -> Screen:
    """Keep what came beside the question, and go on where it answered that as well."""
    drafts.keep_answers(call.work, draft, {**draft.answers, **more.updates})
    if draft.step == PREVIEW:
        _to_preview(flow, call, draft)
    elif draft.step in more.updates:
        _advance(flow, call, draft)
    return prompt(flow, call, draft, note=more.note)


def _moved(flow: Conversation, call: Call, draft: Draft, data: Control) -> Answer:
    match data.action:
        case Action.back:
            _go_back(flow, call, draft)
        case Action.skip:
            _skip(flow, call, draft)
        case Action.fields:
            return screens.fields(flow, call, draft, _asked(flow, call, draft.answers))
        case Action.field:
            _edit(flow, call, draft, data.step)
        case Action.preview:
            _to_preview(flow, call, draft)
        case Action.submit:
            return _submit(flow, call, draft)
    return prompt(flow, call, draft)


def _submit(flow: Conversation, call: Call, draft: Draft) -> Screen:
    missing = _first_missing(flow, call, draft.answers)
    if missing is not None:
        draft.step, draft.editing = missing.key, True
        return prompt(flow, call, draft, note=T("conversation.still_missing"))
    try:
        with call.work.savepoint():
            # The receipt may show the home screen, on which a finished draft has no place.
            answers = dict(draft.answers)
            drafts.finish(call.work, draft)
            return flow.submit(call, answers)
    except BusinessError as refused:
        return screens.preview(flow, call, draft, note=sentence(refused))


def _skip(flow: Conversation, call: Call, draft: Draft) -> None:
    step = _step(flow, draft.step)
    if step is None or not step.optional:
        raise StaleButton
    if draft.editing:
        # Who changes one field and skips it wants it empty; who came by once more leaves it be.
        kept = {key: value for key, value in draft.answers.items() if key != step.key}
        drafts.keep_answers(call.work, draft, kept)
    _advance(flow, call, draft)


def _edit(flow: Conversation, call: Call, draft: Draft, key: str) -> None:
    if not any(step.key == key for step in _asked(flow, call, draft.answers)):
        raise StaleButton
    draft.step, draft.editing = key, True


def _advance(flow: Conversation, call: Call, draft: Draft) -> None:
    steps = _asked(flow, call, draft.answers)
    if draft.editing:
        _to_preview(flow, call, draft)
        return
    # What was answered already, by a button or before going back, is not asked twice.
    order = [step.key for step in flow.steps]
    later = order[order.index(draft.step) + 1 :]
    open_steps = {step.key for step in steps if step.key not in draft.answers}
    draft.step = next((key for key in later if key in open_steps), PREVIEW)


def _go_back(flow: Conversation, call: Call, draft: Draft) -> None:
    if draft.editing:
        _to_preview(flow, call, draft)
        return
    order = [step.key for step in flow.steps]
    asked = {step.key for step in _asked(flow, call, draft.answers)}
    earlier = order if draft.step == PREVIEW else order[: order.index(draft.step)]
    draft.step = next((key for key in reversed(earlier) if key in asked), draft.step)


def _first_missing(flow: Conversation, call: Call, answers: Answers) -> Step | None:
    steps = _asked(flow, call, answers)
    return next((one for one in steps if not one.optional and one.key not in answers), None)


def _to_preview(flow: Conversation, call: Call, draft: Draft) -> None:
    """Go to the preview, or to what it still lacks: it shows only what is whole."""
    missing = _first_missing(flow, call, draft.answers)
    draft.step = PREVIEW if missing is None else missing.key
    draft.editing = draft.editing and missing is not None


def _refit(flow: Conversation, call: Call, draft: Draft) -> None:
    missing = _first_missing(flow, call, draft.answers)
    draft.version = flow.version
    draft.step = PREVIEW if missing is None else missing.key
    draft.editing = False


def _asked(flow: Conversation, call: Call, answers: Answers) -> list[Step]:
    return [step for step in flow.steps if step.when is None or step.when(call, answers)]


def _step(flow: Conversation, key: str) -> Step | None:
    return next((step for step in flow.steps if step.key == key), None)


def _own(flow: Conversation, call: Call) -> Draft | None:
    return drafts.find_draft(
        call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id, flow=flow.name
    )


def _access(flow: Conversation, call: Call, draft_id: int) -> Draft:
    flow.needs.check(call.actor)
    draft = _own(flow, call)
    if draft is None or draft.id != draft_id or draft.state is DraftState.cancelled:
        raise StaleButton
    if draft.version != flow.version:
        _refit(flow, call, draft)
    return draft


def _activate(call: Call, draft: Draft) -> None:
    if draft.state is not DraftState.active:
        drafts.resume(call.work, draft)
