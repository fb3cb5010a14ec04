"""One digest a person: the version of the highest role, with a line of each other one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.cards.deadlines.words import Holidays
from bot.chat.cards.digests.office import office_lines, office_rows
from bot.chat.cards.digests.standing import standing_lines, standing_rows, standing_summary
from bot.chat.cards.digests.unit import dues_row, unit_lines, unit_names, unit_rows, unit_summary
from bot.chat.cards.home import home_button
from bot.chat.desk import Desk
from bot.chat.screen import Row, Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.core.dates import local_day
from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.features.deadlines.periods import Deadline
from bot.features.digests.content import (
    OFFICE,
    STANDING,
    UNIT_PEOPLE,
    UnitDigest,
    office_digest,
    standing_digest,
    unit_digest,
)
from bot.features.digests.hints import note_hints
from bot.features.digests.joint import note_joint
from bot.features.digests.weeks import Week
from bot.features.people.actor import Actor
from bot.features.workdays.queries import holiday_names


@callback("dg", shows=True)
@dataclass(frozen=True)
class ShowDigest:
    """Shows the digest of the last seven days."""


@dataclass(frozen=True)
class _Part:
    who: Text | None
    lines: Sequence[Text]
    rows: Sequence[Row]


def digest_screen(desk: Desk, actor: Actor, week: Week, *, asked: bool = False) -> Screen:
    """Return the digest of `week` for `actor`; `asked` when it is no weekly message.

    What the weekly message hints at is noted, so that it is hinted at once (ARC-03). Raises
    NotAllowed for who has no role for one.
    """
    part = _part(desk, actor, week, asked=asked)
    others = _others(desk, actor, week)
    head = T("digests.head", first=week.first, last=week.last)
    return Screen(
        Lines(
            head if part.who is None else T("digests.head_of", head=head, who=part.who),
            phase_line(desk),
            BLANK,
            *part.lines,
            *([BLANK, *others.lines] if others.lines else []),
        ),
        [*part.rows, *others.rows, [home_button()]],
        silent=True,
    )


def phase_line(desk: Desk) -> Text | None:
    """Return which day of the campaign it is (TIME-01); None outside of a phase that ends."""
    today = local_day(desk.now, desk.config.time.zone_info)
    phase = desk.config.phase_on(today)
    if phase is None or phase.days is None:
        return None
    day = str(phase.day_number(today))
    return T("digests.phase", phase=phase.name, day=day, days=str(phase.days))


def _part(desk: Desk, actor: Actor, week: Week, *, asked: bool) -> _Part:
    if actor.roles & OFFICE:
        return _office(desk, actor, week)
    if actor.roles & UNIT_PEOPLE:
        digest = unit_digest(desk.work, desk.config, week, actor=actor, asked=asked)
        if not asked:
            note_hints(desk.work, digest.hints.gaps, person_id=actor.person_id)
            note_joint(desk.work, digest.joint, person_id=actor.person_id)
        return _unit(desk, digest, asked=asked)
    if actor.roles & STANDING:
        standing = standing_digest(desk.work, week, person_id=actor.person_id)
        return _Part(None, standing_lines(standing, config=desk.config), standing_rows())
    raise NotAllowed


def _office(desk: Desk, actor: Actor, week: Week) -> _Part:
    digest = office_digest(desk.work, desk.config, week, reader_id=actor.person_id)
    holidays = _holidays(desk, [board.deadline for board in digest.boards])
    may_act = actor.may({Role.coordinator})
    office = desk.config.unit(desk.config.campaign.coordinator).name
    today = local_day(desk.now, desk.config.time.zone_info)
    return _Part(
        Plain(office) if may_act else None,
        office_lines(digest, config=desk.config, holidays=holidays, today=today),
        office_rows(digest, may_act=may_act),
    )


def _unit(desk: Desk, digest: UnitDigest, *, asked: bool) -> _Part:
    holidays = _holidays(desk, [slot.deadline for slot in digest.owed])
    today = local_day(desk.now, desk.config.time.zone_info)
    lines = unit_lines(digest, today=today, holidays=holidays)
    return _Part(unit_names(digest), lines, unit_rows(digest, asked=asked))


def _others(desk: Desk, actor: Actor, week: Week) -> _Part:
    """Return a line of each role below the highest one, and the way to what is owed."""
    lines: list[Text | None] = []
    rows: list[Row] = []
    if actor.roles & OFFICE and actor.roles & UNIT_PEOPLE:
        digest = unit_digest(desk.work, desk.config, week, actor=actor)
        lines.append(unit_summary(digest))
        rows.append(dues_row(digest))
    if actor.roles & (OFFICE | UNIT_PEOPLE) and actor.roles & STANDING:
        standing = standing_digest(desk.work, week, person_id=actor.person_id)
        lines.append(standing_summary(standing))
    return _Part(None, [line for line in lines if line is not None], rows)


def _holidays(desk: Desk, deadlines: Sequence[Deadline]) -> Holidays:
    return holiday_names(desk.work, [one.last_day for one in deadlines])
