"""Unfinished conversations: ended, brought back, offered again, expired (design, section 5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import Resume
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import T
from bot.features.drafts.models import Draft


@callback("df.x")
@dataclass(frozen=True)
class DropDraft:
    """Ends an unfinished draft."""

    draft_id: int


def cancelled(flow: str) -> Screen:
    """Say that a draft is ended, and offer it back."""
    return Screen(
        T("conversation.cancelled", title=T(f"flow.{flow}")),
        [[Button(T("conversation.bring_back"), Resume(flow)), home_button()]],
    )


def nothing_to_cancel(parked: Sequence[Draft]) -> Screen:
    """Say that nothing is being filled in, with what was put aside."""
    rows: list[Row] = [
        [Button(T("home.go_on", title=T(f"flow.{draft.flow}")), Resume(draft.flow))]
        for draft in parked
    ]
    text = T("drafts.nothing_active") if parked else T("drafts.nothing")
    return Screen(text, [*rows, [home_button()]])


def offer(draft: Draft) -> Screen:
    """Ask whether a draft that was left alone is still wanted."""
    return Screen(
        T("drafts.offer", title=T(f"flow.{draft.flow}"), since=draft.touched_at),
        [
            [
                Button(T("conversation.go_on"), Resume(draft.flow), Style.primary),
                Button(T("drafts.drop"), DropDraft(draft.id)),
            ],
            [home_button()],
        ],
    )


def expired(draft: Draft) -> Screen:
    """Say that a draft was removed because nobody went on with it."""
    return Screen(
        T("drafts.expired", title=T(f"flow.{draft.flow}"), since=draft.touched_at),
        [[home_button()]],
    )


def edits_not_read(flow: str) -> Screen:
    """Say that a changed message is not read again (SYS-05)."""
    return Screen(
        T("drafts.edits_not_read", title=T(f"flow.{flow}")),
        [[Button(T("conversation.go_on"), Resume(flow))]],
    )
