"""Duty cards: what to say, to answer, to hand out and to avoid, by kind of post (VOL-05).

A card comes from the configuration until the office writes its own, in versions that stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.config import Config
from bot.config.campaign import DutyLine, DutyQuestion, PostDuty
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.core.text import units
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.posts.models import DutyCard
from bot.features.posts.planerrors import ChangedByOther, DutyTooLong

MOST_UNITS = 600
"""UTF-16 units of a card: one phone screen."""
MOST_LINES = 18


@dataclass(frozen=True)
class Duties:
    """What the configuration says of a kind: the names of its duties, and their cards together."""

    names: Sequence[str]
    say: Sequence[DutyLine]
    faq: Sequence[DutyQuestion]
    hand_out: Sequence[DutyLine]
    avoid: Sequence[DutyLine]


@dataclass(frozen=True)
class Card:
    """The card of a kind as it is now: the office's text, or the configuration's (`text` None).

    `version` counts what the office decided, 0 while it decided nothing.
    """

    kind: str
    version: int
    text: str | None
    duties: Duties


def duty_card(view: View, kind: str, config: Config) -> Card:
    """Return the card of a kind; what is configured no more has an empty one."""
    newest = view.session.scalar(
        select(DutyCard).where(DutyCard.kind == kind).order_by(DutyCard.version.desc()).limit(1)
    )
    duties = duties_of(kind, config)
    if newest is None:
        return Card(kind, 0, None, duties)
    return Card(kind, newest.version, newest.text, duties)


def has_own_card(view: View, kind: str) -> bool:
    """Tell whether the office wrote a card for the kind instead of the configuration's."""
    newest = (
        select(DutyCard.text)
        .where(DutyCard.kind == kind)
        .order_by(DutyCard.version.desc())
        .limit(1)
    )
    return view.session.scalar(newest) is not None


def versions(view: View) -> dict[str, int]:
    """Return the version of the card of each kind that the office decided on."""
    found = view.session.execute(
        select(DutyCard.kind, func.max(DutyCard.version)).group_by(DutyCard.kind)
    )
    return {row[0]: row[1] for row in found}


def keep_card(
    work: Work, *, actor: Actor, kind: str, seen: int, text: str | None, config: Config
) -> Card:
    """Let the office's `text` be the card of a kind; None: the configuration's again.

    `seen` is the version that was read. Raises NotAllowed, NotFound for an unknown kind,
    DutyTooLong, and ChangedByOther where somebody else decided meanwhile.
    """
    actor.check(Role.coordinator)
    config.post_kind(kind)
    if text is not None:
        check_fits(text)
    if duty_card(work, kind, config).version != seen:
        raise ChangedByOther
    work.session.add(
        DutyCard(
            kind=kind,
            version=seen + 1,
            text=text,
            created_by=actor.person_id,
            created_at=work.now,
        )
    )
    work.session.flush()
    record(work, "duty_card.kept", f"kind:{kind}", actor_id=actor.person_id, version=seen + 1)
    return duty_card(work, kind, config)


def check_fits(text: str) -> None:
    """Raise DutyTooLong for what does not fit on one phone screen, or is empty."""
    if not text.strip() or units(text) > MOST_UNITS or len(text.splitlines()) > MOST_LINES:
        raise DutyTooLong(most=MOST_UNITS, lines=MOST_LINES)


def duties_of(kind: str, config: Config) -> Duties:
    """Return what the configuration says of a kind, the lines of all its duties together."""
    try:
        duties = [config.post_duty(slug) for slug in config.post_kind(kind).duties]
    except NotFound:
        duties = []
    return _together(duties)


def _together(duties: Sequence[PostDuty]) -> Duties:
    return Duties(
        names=[duty.name for duty in duties],
        say=[line for duty in duties for line in duty.say],
        faq=[line for duty in duties for line in duty.faq],
        hand_out=[line for duty in duties for line in duty.hand_out],
        avoid=[line for duty in duties for line in duty.avoid],
    )
