"""The office answers a wish for more time: 同意, or 不同意 with a reason (TIME-15)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.deadlines.buttons import (
    REFUSE,
    GrantExtension,
    NextExtension,
    OpenExtension,
)
from bot.chat.cards.deadlines.extensions import extension_screen, extension_text
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import Answers, Ask, Conversation, Reply, Step
from bot.chat.refusal import sentence
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.features.deadlines.errors import ExtensionAnswered
from bot.features.deadlines.extending import (
    extension_card,
    grant_extension,
    lock_for_answer,
    refuse_extension,
    waiting_extensions,
)
from handlers.deadlines.feature import feature
from handlers.deadlines.reasons import REASON, Reasons, read_reason, reason_rows, show_reason

_WISH = "_wish"
_REASONS: Reasons = {
    "summary": T("extensions.no_summary"),
    "common": T("extensions.no_common"),
    "partly": T("extensions.no_partly"),
    "again": T("extensions.no_again"),
}


@feature.press(OpenExtension, OFFICE_ONLY)
def open_extension(call: Call, data: OpenExtension) -> Screen:
    """Show a wish for more time."""
    return _shown(call, data.extension_id)


@feature.press(NextExtension, OFFICE_ONLY)
def next_extension(call: Call, _: NextExtension) -> Screen:
    """Show the wish that has waited longest."""
    waiting = waiting_extensions(call.work)
    if not waiting:
        return Screen(T("extensions.none"), [[home_button()]])
    return _shown(call, waiting[0])


@feature.press(GrantExtension, OFFICE_ONLY)
def grant(call: Call, data: GrantExtension) -> Screen:
    """Grant the time; who comes second, or presses twice, sees what the answer was."""
    try:
        grant_extension(call.work, data.extension_id, actor=call.actor, config=call.config)
    except ExtensionAnswered as error:
        return _shown(call, data.extension_id, toast=sentence(error))
    return _shown(call, data.extension_id)


def _begin(call: Call, arg: str | None) -> Answers:
    return {_WISH: lock_for_answer(call.work, read_id(arg), actor=call.actor).id}


def _ask(call: Call, answers: Answers) -> Ask:
    return Ask(
        Lines(_text(call, answers), BLANK, T("extensions.ask_refusal")), reason_rows(_REASONS)
    )


def _read(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    return read_reason(call, reply, _REASONS)


def _preview(call: Call, answers: Answers) -> Text:
    reason = T("extensions.because", reason=answers[REASON])
    return Lines(_text(call, answers), BLANK, T("extensions.refused"), reason)


def _submit(call: Call, answers: Answers) -> Screen:
    number = int(answers[_WISH])
    refuse_extension(call.work, number, actor=call.actor, reason=answers[REASON])
    return _shown(call, number)


def _text(call: Call, answers: Answers) -> Text:
    return extension_text(extension_card(call.work, call.config, int(answers[_WISH])))


def _shown(call: Call, number: int, *, toast: Text | None = None) -> Screen:
    card = extension_card(call.work, call.config, number)
    others = [one for one in waiting_extensions(call.work) if one != number]
    return extension_screen(card, waiting=len(others), toast=toast)


feature.converse(
    Conversation(
        name=REFUSE,
        needs=OFFICE_ONLY,
        steps=(Step(REASON, T("extensions.label_refusal"), _ask, _read, show_reason),),
        preview=_preview,
        submit=_submit,
        begin=_begin,
        submit_label=T("extensions.refuse"),
    )
)
