"""One digest a person: the version of the highest role, with a line of each other one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.chat.callback import callback
from bot.chat.cards.deadlines.words import Holidays
from bot.chat.cards.digests import chart
from bot.chat.cards.digests.office import DETAILS, Detail, office_lines, office_rows
from bot.chat.cards.digests.standing import standing_lines, standing_rows, standing_summary
from bot.chat.cards.digests.unit import dues_row, unit_lines, unit_names, unit_rows, unit_summary
from bot.chat.cards.home import home_button
from bot.chat.desk import Desk
from bot.chat.making import Blueprint, Making, makes
from bot.chat.refusal import sentence
from bot.chat.render import Voice, to_plain
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.config import Config
from bot.core.dates import local_day
from bot.core.errors import NotAllowed
from bot.core.roles import Role
from bot.core.text import CAPTION_UNITS, units
from bot.db.work import View
from bot.features.deadlines.periods import Deadline
from bot.features.digests.bars import Bars, bars_of
from bot.features.digests.content import (
    OFFICE,
    STANDING,
    UNIT_PEOPLE,
    OfficeDigest,
    UnitDigest,
    office_digest,
    standing_digest,
    unit_digest,
)
from bot.features.digests.hints import note_hints
from bot.features.digests.joint import note_joint
from bot.features.digests.weeks import Week, week_before
from bot.features.people.actor import Actor
from bot.features.workdays.queries import holiday_names
from bot.render.errors import RenderError
from bot.render.limits import Job


@callback("dg", shows=True)
@dataclass(frozen=True)
class ShowDigest:
    """Shows the digest of this week so far."""


@callback("dg.l", shows=True)
@dataclass(frozen=True)
class ShowLastWeek:
    """Shows the digest of the last week that is over."""


@dataclass(frozen=True)
class Look:
    """What a digest is drawn from; `asked` when it is no weekly message, `so_far` of no whole week.

    It only reads, so that it can be drawn again where its picture cannot.
    """

    view: View
    config: Config
    actor: Actor
    week: Week
    asked: bool = False
    so_far: bool = False


@dataclass(frozen=True)
class _Part:
    """What one version says: `lines` for each amount of detail, the most first.

    `bars` are drawn where there are any; `unit` is the digest of a unit behind it.
    """

    who: Text | None
    lines: Sequence[Sequence[Text]]
    rows: Sequence[Row]
    bars: Bars | None = None
    unit: UnitDigest | None = None


def weekly_digest(desk: Desk, actor: Actor, week: Week) -> Screen:
    """Return the weekly message, and note what it hints at, so that it is hinted at once (ARC-03).

    Raises NotAllowed for who has no role for one.
    """
    look = Look(desk.work, desk.config, actor, week)
    part = _part(look)
    if part.unit is not None:
        note_hints(desk.work, part.unit.hints.gaps, person_id=actor.person_id)
        note_joint(desk.work, part.unit.joint, person_id=actor.person_id)
    return _screen(look, part)


def asked_digest(look: Look) -> Screen:
    """Return the digest that somebody asked for. Raises NotAllowed for who has no role for one."""
    return _screen(look, _part(look))


def _screen(look: Look, part: _Part) -> Screen:
    others = _others(look)
    screens = (
        Screen(_text(look, part, lines, others), _rows(look, part, others), silent=True)
        for lines in part.lines
    )
    full = next(screens)
    if part.bars is None or not part.bars.rows:
        return full
    order = chart.order_of(look.week, asked=look.asked, so_far=look.so_far)
    for screen in (full, *screens):
        if units(to_plain(screen.text, _voice(look))) <= CAPTION_UNITS:
            return replace(screen, order=order)
    return full


def _text(look: Look, part: _Part, lines: Sequence[Text], others: _Part) -> Text:
    head = T(
        "digests.head_so_far" if look.so_far else "digests.head",
        first=look.week.first,
        last=look.week.last,
    )
    return Lines(
        head if part.who is None else T("digests.head_of", head=head, who=part.who),
        phase_line(look),
        BLANK,
        *lines,
        *([BLANK, *others.lines[0]] if others.lines[0] else []),
    )


def _rows(look: Look, part: _Part, others: _Part) -> list[Row]:
    last = [Button(T("digests.see_last"), ShowLastWeek()), home_button()]
    return [*part.rows, *others.rows, last if look.so_far else [home_button()]]


def phase_line(look: Look) -> Text | None:
    """Return which day of the campaign it is (TIME-01); None outside of a phase that ends."""
    today = _today(look)
    phase = look.config.phase_on(today)
    if phase is None or phase.days is None:
        return None
    day = str(phase.day_number(today))
    return T("digests.phase", phase=phase.name, day=day, days=str(phase.days))


def instead(making: Making, error: RenderError) -> Screen:
    """Return the digest with its bars in words. Raises NotAllowed for who may see it no more."""
    look = _ordered(making)
    part = _part(look)
    if part.bars is None:
        raise NotAllowed
    others = _others(look)
    full = Lines(
        _text(look, part, part.lines[0], others),
        BLANK,
        sentence(error),
        *chart.in_words(part.bars),
    )
    return Screen(full, _rows(look, part, others), silent=True, event=True)


@makes(chart.KIND, Job.chart, sent_as="photo", instead=instead)
def draw(making: Making) -> Blueprint:
    """Say what the chart shows. Raises NotAllowed for who may see it no more."""
    look = _ordered(making)
    if not look.actor.roles & OFFICE:
        raise NotAllowed
    bars = bars_of(look.view, look.week, week_before(look.config, look.week))
    return chart.blueprint(bars, look.week, making.voice, so_far=look.so_far)


def _ordered(making: Making) -> Look:
    week = chart.week_of_order(making.config, making.params)
    return Look(
        making.view,
        making.config,
        making.actor,
        week,
        asked=making.params["asked"],
        so_far=making.params["so_far"],
    )


def _part(look: Look) -> _Part:
    actor = look.actor
    if actor.roles & OFFICE:
        return _office(look)
    if actor.roles & UNIT_PEOPLE:
        return _unit(look)
    if actor.roles & STANDING:
        standing = standing_digest(look.view, look.week, person_id=actor.person_id)
        lines = standing_lines(standing, config=look.config)
        return _Part(None, [lines], standing_rows(standing))
    raise NotAllowed


def _office(look: Look) -> _Part:
    digest = office_digest(look.view, look.config, look.week, reader_id=look.actor.person_id)
    holidays = _holidays(look, [board.deadline for board in digest.boards])
    may_act = look.actor.may({Role.coordinator})
    office = look.config.unit(look.config.campaign.coordinator).name
    return _Part(
        Plain(office) if may_act else None,
        [_office_lines(look, digest, holidays, detail) for detail in DETAILS],
        office_rows(digest, may_act=may_act),
        bars=digest.bars,
    )


def _office_lines(
    look: Look, digest: OfficeDigest, holidays: Holidays, detail: Detail
) -> list[Text]:
    return office_lines(
        digest, config=look.config, holidays=holidays, today=_today(look), detail=detail
    )


def _unit(look: Look) -> _Part:
    digest = unit_digest(look.view, look.config, look.week, actor=look.actor, asked=look.asked)
    holidays = _holidays(look, [slot.deadline for slot in digest.owed])
    lines = unit_lines(digest, today=_today(look), holidays=holidays)
    rows = unit_rows(digest, asked=look.asked)
    return _Part(unit_names(digest), [lines], rows, unit=digest)


def _others(look: Look) -> _Part:
    """Return a line of each role below the highest one, and the way to what is owed."""
    roles, actor = look.actor.roles, look.actor
    lines: list[Text | None] = []
    rows: list[Row] = []
    if roles & OFFICE and roles & UNIT_PEOPLE:
        digest = unit_digest(look.view, look.config, look.week, actor=actor)
        lines.append(unit_summary(digest))
        rows.append(dues_row(digest))
    if roles & (OFFICE | UNIT_PEOPLE) and roles & STANDING:
        standing = standing_digest(look.view, look.week, person_id=actor.person_id)
        lines.append(standing_summary(standing))
    return _Part(None, [[line for line in lines if line is not None]], rows)


def _holidays(look: Look, deadlines: Sequence[Deadline]) -> Holidays:
    return holiday_names(look.view, [one.last_day for one in deadlines])


def _today(look: Look) -> date:
    return local_day(look.view.now, look.config.time.zone_info)


def _voice(look: Look) -> Voice:
    return Voice(language=look.actor.language, zone=look.config.time.zone_info)
