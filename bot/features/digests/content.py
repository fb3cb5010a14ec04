"""What a digest holds, for the office, a unit's people and volunteers; fixed statements each."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import View
from bot.features.coverage.measured import Series, measured
from bot.features.deadlines.board import (
    Board,
    current_boards,
    own_slots,
    waiting_for_review,
)
from bot.features.deadlines.owing import Slot
from bot.features.digests.bars import Bars, bars_of
from bot.features.digests.filed import Filed, filed_between
from bot.features.digests.hints import Hints, hints_for
from bot.features.digests.joint import joint_for
from bot.features.digests.notified import Notified, notified
from bot.features.digests.weeks import Week, week_before
from bot.features.people.actor import Actor
from bot.features.posts.models import Post
from bot.features.posts.openings import Shortage, shortage
from bot.features.posts.own import OwnPost, own_posts
from bot.features.posts.queries import short_posts
from bot.features.posts.usual import open_at_usual
from bot.features.reports import rules
from bot.features.reports.counts import pending_count, totals_between
from bot.features.reports.partners import Waiting
from bot.features.reports.rollup import Total
from bot.features.units.models import UnitKind
from bot.features.units.queries import answering_units, units_by_id

OFFICE = frozenset({Role.admin, Role.coordinator, Role.supervisor})
"""Who gets the digest of everything; the 创建办 looks on."""
UNIT_PEOPLE = frozenset({Role.contact, Role.unit_head})
"""Who gets the digest of a unit (ORG-06: the head gets the summary)."""
STANDING = frozenset({Role.volunteer, Role.team_lead, Role.post_lead})
"""Who gets the digest of posts."""
READERS = OFFICE | UNIT_PEOPLE | STANDING

_MOST_SHORT = 3
_MOST_TOTALS = 4
_MOST_FILED = 5
_MOST_USUAL = 3


@dataclass(frozen=True)
class OfficeDigest:
    """The week of all units. `short` are the first of the posts that lack people.

    `bars` are the reports of each unit beside those of the week before. `measured` is how far the
    numbers are that the document sets (TASK-B1, TASK-D2).
    """

    bars: Bars
    units: int
    totals: Sequence[Total]
    boards: Sequence[Board]
    shortage: Shortage
    short: Sequence[Post]
    waiting_reports: int
    waiting_plans: int
    measured: Sequence[Series]
    notified: Notified


@dataclass(frozen=True)
class UnitDigest:
    """The week of the units that somebody is contact or head of.

    `filed` are the first of the reports. `joint` are the joint activities that wait for the
    contact's word, each told in one digest.
    """

    names: Sequence[str]
    reports: int
    filed: Sequence[Filed]
    owed: Sequence[Slot]
    may_file: bool
    hints: Hints
    joint: Sequence[Waiting] = ()


@dataclass(frozen=True)
class StandingDigest:
    """The coming week of somebody who stands at posts.

    `usual` are open posts at or near the places where they stood.
    """

    own: Sequence[OwnPost]
    usual: Sequence[Post]
    shortage: Shortage


def office_digest(view: View, config: Config, week: Week, *, reader_id: int) -> OfficeDigest:
    """Return the week of all units."""
    ahead = {"start": view.now, "end": week.ahead_until}
    short = short_posts(view, **ahead, reader_id=reader_id, page=1, size=_MOST_SHORT)
    return OfficeDigest(
        bars=bars_of(view, week, week_before(config, week)),
        units=sum(unit.kind is not UnitKind.group for unit in answering_units(view)),
        totals=_telling(totals_between(view, config, week.since, week.until)),
        boards=current_boards(view, config),
        shortage=shortage(view, **ahead),
        short=[row.post for row in short.rows],
        waiting_reports=pending_count(view),
        waiting_plans=len(waiting_for_review(view)),
        measured=measured(view, config),
        notified=notified(view, week),
    )


def unit_digest(
    view: View, config: Config, week: Week, *, actor: Actor, asked: bool = False
) -> UnitDigest:
    """Return the week of the actor's units; `asked` when it is no weekly message."""
    ids = dict.fromkeys((*actor.unit_ids, *actor.headed_unit_ids))
    filed, reports = filed_between(view, list(ids), week, most=_MOST_FILED)
    units = units_by_id(view, ids)
    slots = own_slots(view, config, list(ids))
    return UnitDigest(
        names=[units[number].name for number in ids if number in units],
        reports=reports,
        filed=filed,
        owed=[slot for slot in slots if not slot.is_settled],
        may_file=bool(actor.unit_ids),
        hints=hints_for(view, config, week, actor=actor, asked=asked),
        joint=joint_for(view, actor=actor, asked=asked),
    )


def standing_digest(view: View, week: Week, *, person_id: int) -> StandingDigest:
    """Return the coming week of somebody who stands at posts."""
    ahead = {"start": view.now, "end": week.ahead_until}
    return StandingDigest(
        own=own_posts(view, person_id, **ahead),
        usual=open_at_usual(view, person_id, **ahead, most=_MOST_USUAL),
        shortage=shortage(view, **ahead),
    )


def _telling(totals: Sequence[Total]) -> list[Total]:
    """Return the totals that a digest shows: people first, then as the configuration orders."""
    people = [one for one in totals if one.metric.slug == rules.PEOPLE_METRIC]
    others = [one for one in totals if one.metric.slug != rules.PEOPLE_METRIC]
    return [*people, *others][:_MOST_TOTALS]
