"""What a person leaves behind in drafts, messages and updates, and how it is wiped."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, literal, select, update

from bot.db.work import View, Work
from bot.features.drafts.service import forget_person
from bot.features.inbox.models import InboxRow, InboxState
from bot.features.outbox.models import OutboxRow, State
from bot.features.outbox.payload import Payload

FAREWELL_TOPIC = "forgotten"
"""The topic of the last message to somebody who was erased."""


@dataclass(frozen=True)
class Kept:
    """Something that is kept of a person: when it came to be, and its plain data."""

    at: datetime
    data: dict[str, Any]


_NOBODY = 0
_NOTHING = "{}"
_WORDLESS = Payload(html="").plain()
_UNDER_WAY = (State.held, State.pending, State.sending)


def erase_drafts(work: Work, person_id: int) -> None:
    """Delete the person's unfinished conversations."""
    forget_person(work, person_id)


def erase_messages(work: Work, telegram_id: int) -> None:
    """Blank what was and will be sent to the chat, and send nothing that still waits.

    How many were sent stays. A row that is on its way at this moment is ours no more: the sender
    finds it cancelled and leaves it so.
    """
    to_them = OutboxRow.chat_id == telegram_id
    work.session.execute(
        update(OutboxRow)
        .where(to_them, OutboxRow.state.in_(_UNDER_WAY))
        .values(state=State.cancelled, error="forgotten")
        .execution_options(synchronize_session=False)
    )
    # The key of an album's reply holds the chat's number.
    work.session.execute(
        update(OutboxRow)
        .where(to_them, OutboxRow.dedupe_key.contains(str(telegram_id)))
        .values(dedupe_key=literal("forgotten:") + cast(OutboxRow.id, String))
        .execution_options(synchronize_session=False)
    )
    work.session.execute(
        update(OutboxRow)
        .where(to_them)
        .values(chat_id=_NOBODY, payload=_WORDLESS)
        .execution_options(synchronize_session=False)
    )


def erase_updates(work: Work, telegram_id: int, *, current_id: int | None) -> None:
    """Blank the updates that came from the person, the one that is handled now (`current_id`) too.

    Updates of theirs that wait stay: whoever sent them is a new person when they are handled.
    """
    settled = (InboxRow.state != InboxState.pending) | (InboxRow.id == current_id)
    work.session.execute(
        update(InboxRow)
        .where(InboxRow.chat_key == telegram_id, settled)
        .values(raw=_NOTHING, chat_key=_NOBODY)
        .execution_options(synchronize_session=False)
    )
    elsewhere = work.session.execute(
        select(InboxRow.id, InboxRow.raw).where(settled, InboxRow.raw.contains(str(telegram_id)))
    )
    named = [row_id for row_id, raw in elsewhere if _names(json.loads(raw), telegram_id)]
    work.session.execute(
        update(InboxRow)
        .where(InboxRow.id.in_(named))
        .values(raw=_NOTHING)
        .execution_options(synchronize_session=False)
    )


def updates_from(view: View, telegram_id: int, *, most: int = 2000) -> list[Kept]:
    """Return the latest updates that are kept of the person's chat with us, oldest first."""
    found = view.session.execute(
        select(InboxRow.received_at, InboxRow.raw)
        .where(InboxRow.chat_key == telegram_id)
        .order_by(InboxRow.id.desc())
        .limit(most)
    ).all()
    return [Kept(at, json.loads(raw)) for at, raw in reversed(found)]


def messages_to(view: View, telegram_id: int, *, most: int = 2000) -> list[Kept]:
    """Return the payloads of the latest messages to the person, oldest first."""
    found = view.session.execute(
        select(OutboxRow.created_at, OutboxRow.payload)
        .where(OutboxRow.chat_id == telegram_id)
        .order_by(OutboxRow.id.desc())
        .limit(most)
    ).all()
    return [Kept(at, payload) for at, payload in reversed(found)]


def delivered_farewells(view: View) -> list[int]:
    """Return the rows of last messages that are no longer under way."""
    found = view.session.scalars(
        select(OutboxRow.id).where(
            OutboxRow.topic == FAREWELL_TOPIC, OutboxRow.state.not_in(_UNDER_WAY)
        )
    )
    return list(found)


def erase_farewell(work: Work, row_id: int) -> None:
    """Blank a last message that has gone."""
    row = work.session.get(OutboxRow, row_id, with_for_update=True)
    if row is not None and row.topic == FAREWELL_TOPIC and row.state not in _UNDER_WAY:
        row.chat_id, row.payload, row.topic = _NOBODY, _WORDLESS, None


def _names(value: object, telegram_id: int) -> bool:
    """Tell whether an update, at any depth, is about the user or chat `telegram_id`."""
    if isinstance(value, dict):
        return value.get("id") == telegram_id or any(
            _names(part, telegram_id) for part in value.values()
        )
    if isinstance(value, list):
        return any(_names(part, telegram_id) for part in value)
    return False
