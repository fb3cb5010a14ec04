"""What becomes of conversations that were left: offered again, expired, purged (design, 5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.cards import drafts as cards
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.drafts import service as drafts
from bot.features.drafts.foreseeing import EXPIRE, OFFER, name_of
from bot.features.drafts.models import Draft, DraftState
from bot.features.outbox.models import Lane
from bot.features.runs.service import claim

_CANCELLED_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Effect:
    """One draft and what happens to it next; told apart by when it was last touched."""

    draft_id: int
    touched_at: datetime
    carry_out: Callable[[Desk, Draft], None]


def _due(view: View, config: Config) -> Sequence[Effect]:
    """Return the drafts to purge, to expire and to offer again; one that expires is not offered."""
    expiry = view.now - timedelta(days=config.drafts.expire_after_days)
    since = view.now - timedelta(hours=config.drafts.offer_after_hours)
    purged = drafts.cancelled(view, before=view.now - _CANCELLED_KEPT)
    expired = drafts.expired(view, before=expiry)
    offered = [draft for draft in drafts.left_alone(view, since=since) if draft.touched_at > expiry]
    return [
        *(Effect(draft.id, draft.touched_at, _purge) for draft in purged),
        *(Effect(draft.id, draft.touched_at, _expire) for draft in expired),
        *(Effect(draft.id, draft.touched_at, _offer) for draft in offered),
    ]


def _carry_out(desk: Desk, effect: Effect) -> None:
    """Do what is due, unless the owner touched the draft meanwhile or another copy did it."""
    draft = drafts.lock(desk.work, effect.draft_id)
    if draft is not None and draft.touched_at == effect.touched_at:
        effect.carry_out(desk, draft)


def _purge(desk: Desk, draft: Draft) -> None:
    if draft.state is DraftState.cancelled:
        drafts.finish(desk.work, draft)


def _expire(desk: Desk, draft: Draft) -> None:
    if draft.state is DraftState.cancelled:
        return
    # The draft is locked: what is noted already was cancelled by the office, and goes unsaid.
    if claim(desk.work, *name_of(EXPIRE, draft)):
        screen, key = cards.expired(draft), _key(EXPIRE, draft)
        desk.send(draft.person_id, screen, lane=Lane.reminder, key=key)
    drafts.finish(desk.work, draft)


def _offer(desk: Desk, draft: Draft) -> None:
    if draft.state is DraftState.cancelled:
        return
    draft.offered_at = desk.now
    if claim(desk.work, *name_of(OFFER, draft)):
        screen, key = cards.offer(draft), _key(OFFER, draft)
        desk.send(draft.person_id, screen, lane=Lane.reminder, key=key)


def _key(kind: str, draft: Draft) -> str:
    return f"{kind}:{draft.id}:{draft.touched_at.isoformat()}"


job = Job("drafts", due=_due, carry_out=_carry_out)
