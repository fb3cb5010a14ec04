"""Which drafts that were left are offered again, or expire, in the days to come (design, 5)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.config import Config
from bot.features.drafts.models import Draft, DraftState
from bot.features.runs.foresight import About, Foresight, Planned
from bot.features.runs.service import claim

KIND = "drafts"
OFFER, EXPIRE = "draft-offer", "draft-expire"
"""The kinds under which it is noted that a draft was offered again, and that it expired."""


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield what is said of drafts from now until `until`, as long as nobody goes on with one."""
    offer_after = timedelta(hours=config.drafts.offer_after_hours)
    expire_after = timedelta(days=config.drafts.expire_after_days)
    found = view.session.scalars(
        select(Draft)
        .where(
            Draft.state != DraftState.cancelled,
            Draft.touched_at < until - min(offer_after, expire_after),
        )
        .order_by(Draft.id)
    )
    for draft in found:
        offered = max(draft.touched_at + offer_after, view.now)
        expired = max(draft.touched_at + expire_after, view.now)
        if draft.offered_at is None and offered < min(expired, until):
            yield from _planned(view.at(offered), draft, OFFER)
        if expired < until:
            yield from _planned(view.at(expired), draft, EXPIRE)


def name_of(kind: str, draft: Draft) -> tuple[str, str, str]:
    """Return how it is noted that something was said of a draft as it was last touched."""
    return kind, f"draft:{draft.id}", draft.touched_at.isoformat()


def _planned(view: Foresight, draft: Draft, kind: str) -> Iterator[Planned]:
    name = name_of(kind, draft)
    if claim(view, *name):
        yield Planned(KIND, draft.person_id, view.now, (About("draft", kind),), (name,))
