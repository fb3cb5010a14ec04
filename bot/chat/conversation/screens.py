"""The screens that all conversations share."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import (
    PREVIEW,
    Action,
    Choose,
    Control,
    Conversation,
    Pick,
    Restart,
    Resume,
    Step,
)
from bot.chat.screen import Button, LinkButton, Row, Screen, Style
from bot.chat.text import BLANK, Lines, T, Text
from bot.features.drafts.models import Draft


def question(
    flow: Conversation,
    call: Call,
    draft: Draft,
    step: Step,
    *,
    at: int,
    of: int,
    note: Text | None,
) -> Screen:
    """Return a step's question, with its answers and the ways to move as buttons."""
    asked = step.ask(call, draft.answers)
    head = (
        T("conversation.editing", title=flow.title, label=step.label)
        if draft.editing
        else T("conversation.progress", title=flow.title, at=at, of=of)
    )
    rows: list[Row] = [
        [_offered(flow, draft, step, button) for button in row] for row in asked.rows
    ]
    moves = []
    if draft.editing:
        moves.append(_move(flow, draft, Action.preview, "conversation.to_preview"))
    elif at > 1 and not asked.inner:
        moves.append(_move(flow, draft, Action.back, "conversation.back"))
    if step.optional:
        moves.append(_move(flow, draft, Action.skip, "conversation.skip"))
    ends = [
        _move(flow, draft, Action.later, "conversation.later"),
        _move(flow, draft, Action.cancel, "conversation.cancel"),
    ]
    text = Lines(head, note, BLANK, asked.text) if note else Lines(head, asked.text)
    return Screen(text, [*rows, moves, ends])


def preview(flow: Conversation, call: Call, draft: Draft, *, note: Text | None) -> Screen:
    """Return the card of everything given, to submit or to change.

    What follows the card was sent with it before where there is only a `note` to say, and an album
    is still on its way.
    """
    album = call.message is not None and call.message.album_id is not None
    text = flow.preview(call, draft.answers)
    submit = Button(
        flow.submit_label, Control(flow.name, draft.id, Action.submit, PREVIEW), Style.primary
    )
    return Screen(
        Lines(T("conversation.check", title=flow.title), note, BLANK, text),
        [
            [submit, _move(flow, draft, Action.fields, "conversation.change_field")],
            *flow.offer(call, draft.answers, draft.id),
            [
                _move(flow, draft, Action.later, "conversation.later"),
                _move(flow, draft, Action.cancel, "conversation.cancel"),
            ],
        ],
        also=() if note is not None or album else flow.beside(call, draft.answers),
    )


def fields(flow: Conversation, call: Call, draft: Draft, steps: Sequence[Step]) -> Screen:
    """Return the list of fields, each a button with its present value."""
    rows: list[Row] = []
    for step in steps:
        shown = step.show(call, draft.answers)
        text = (
            T("conversation.field_empty", label=step.label)
            if shown is None
            else T("conversation.field", label=step.label, value=shown)
        )
        rows.append([Button(text, Control(flow.name, draft.id, Action.field, step.key))])
    rows.append([_move(flow, draft, Action.preview, "conversation.to_preview")])
    return Screen(T("conversation.which_field", title=flow.title), rows)


def unfinished(flow: Conversation, draft: Draft, arg: str | None, *, has_words: bool) -> Screen:
    """Ask what to do with a draft that was not finished, and say what becomes of new words."""
    asked = T("conversation.unfinished", title=flow.title, since=draft.touched_at)
    return Screen(
        Lines(T("conversation.words_kept"), asked) if has_words else asked,
        [
            [
                Button(T("conversation.go_on"), Resume(flow.name), Style.primary),
                Button(T("conversation.restart"), Restart(flow.name, arg)),
            ],
            [home_button()],
        ],
        new=True,
    )


def parked(flow: Conversation) -> Screen:
    """Say that a draft is kept."""
    return Screen(
        T("conversation.parked", title=flow.title),
        [[Button(T("conversation.go_on"), Resume(flow.name)), home_button()]],
    )


def cancelled(flow: Conversation) -> Screen:
    """Say that a draft is ended, and offer it back."""
    return Screen(
        T("conversation.cancelled", title=flow.title),
        [[Button(T("conversation.bring_back"), Resume(flow.name)), home_button()]],
    )


def _offered(
    flow: Conversation, draft: Draft, step: Step, button: Pick | Button | LinkButton
) -> Button | LinkButton:
    if isinstance(button, Pick):
        press = Choose(flow.name, draft.id, step.key, button.value)
        return Button(button.text, press, button.style)
    return button


def _move(flow: Conversation, draft: Draft, action: Action, key: str) -> Button:
    return Button(T(key), Control(flow.name, draft.id, action, draft.step))
