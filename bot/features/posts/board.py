"""The week as the office sees it: what is understaffed, what is not full, what is not covered.

Understaffed is a post with fewer people than its minimum; not full one that has its minimum and
free places still. Both are kept apart (VOL-01, VOL-10).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, exists, func, or_, select

from bot.core.dates import local_day, start_of
from bot.db.work import View
from bot.features.places.models import Place
from bot.features.posts.listing import KEY, key_of
from bot.features.posts.models import Post, PostState

_DONE = (PostState.published, PostState.closed)
_WEEK = timedelta(days=7)


class Staffing(IntEnum):
    """How a post stands; those that need people most come first."""

    understaffed = 0
    not_full = 1
    full = 2
    begun = 3


@dataclass(frozen=True)
class BoardRow:
    """A post with all its roles, and how each stands; one without roles is its only one."""

    roles: Sequence[tuple[Post, Staffing]]

    @property
    def post(self) -> Post:
        """The first of the roles."""
        return self.roles[0][0]

    @property
    def how(self) -> Staffing:
        """How the post stands: as the role that needs people most."""
        return min(how for _, how in self.roles)


@dataclass(frozen=True)
class Board:
    """One page of a week's posts, and how many stand how in the whole week."""

    rows: Sequence[BoardRow]
    counts: dict[Staffing, int]

    @property
    def total(self) -> int:
        """How many posts the week has."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Uncovered:
    """A place where no post stands in the week; `last_at` is the last one before, None: none."""

    place: Place
    last_at: datetime | None


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def this_monday(view: View, zone: ZoneInfo) -> date:
    """Return the Monday of the present week."""
    return monday_of(local_day(view.now, zone))


def week_board(view: View, monday: date, *, zone: ZoneInfo, page: int, size: int) -> Board:
    """Return a page of the published posts of the week from `monday`, understaffed ones first.

    A post with several roles is one, and stands as the role that needs people most.
    """
    standing = case(
        (Post.starts_at <= view.now, int(Staffing.begun)),
        (Post.taken < Post.minimum, int(Staffing.understaffed)),
        (Post.taken < Post.capacity, int(Staffing.not_full)),
        else_=int(Staffing.full),
    )
    wanted = (Post.state == PostState.published) & _in_week(monday, zone)
    worst = func.min(standing)
    # One small row a post: the week is counted and turned over here, in one statement.
    found = view.session.execute(
        select(KEY, worst)
        .where(wanted)
        .group_by(KEY)
        .order_by(worst, func.min(Post.starts_at), KEY)
    ).all()
    counts = Counter(Staffing(how) for _, how in found)
    last = max(1, -(-len(found) // size))
    first = (min(max(page, 1), last) - 1) * size
    keys = [key for key, _ in found[first : first + size]]
    rows: dict[int, list[tuple[Post, Staffing]]] = {key: [] for key in keys}
    for post, how in view.session.execute(
        select(Post, standing)
        .where(wanted, or_(Post.id.in_(keys), Post.group_id.in_(keys)))
        .order_by(Post.id)
    ):
        rows[key_of(post)].append((post, Staffing(how)))
    return Board([BoardRow(roles) for roles in rows.values()], dict(counts))


def drafts_waiting(view: View) -> int:
    """Return how many drafts there are."""
    drafts = select(func.count()).select_from(Post).where(Post.state == PostState.draft)
    return view.session.scalar(drafts) or 0


def uncovered(
    view: View, monday: date, *, zone: ZoneInfo, page: int, size: int
) -> tuple[list[Uncovered], int]:
    """Return a page of the open places without a post in the week, and how many there are.

    Those that never had a post come first, then those whose last one is longest ago. Only what
    was published counts.
    """
    last_at = (
        select(func.max(Post.starts_at))
        .where(
            Post.place_id == Place.id,
            Post.state.in_(_DONE),
            Post.starts_at < start_of(monday, zone),
        )
        .correlate(Place)
        .scalar_subquery()
    )
    wanted = Place.closed_at.is_(None) & ~_covered(monday, zone)
    total = view.session.scalar(select(func.count()).select_from(Place).where(wanted)) or 0
    last = max(1, -(-total // size))
    rows = view.session.execute(
        select(Place, last_at)
        .where(wanted)
        .order_by(case((last_at.is_(None), 0), else_=1), last_at, Place.name, Place.id)
        .offset((min(max(page, 1), last) - 1) * size)
        .limit(size)
    )
    return [Uncovered(place, at) for place, at in rows], total


def offered_places(view: View, *, page: int, size: int) -> tuple[list[Place], int]:
    """Return a page of the open places, the one used last first, and how many there are."""
    used = (
        select(func.max(Post.id))
        .where(Post.place_id == Place.id)
        .correlate(Place)
        .scalar_subquery()
    )
    open_ = Place.closed_at.is_(None)
    total = view.session.scalar(select(func.count()).select_from(Place).where(open_)) or 0
    last = max(1, -(-total // size))
    rows = view.session.scalars(
        select(Place)
        .where(open_)
        .order_by(func.coalesce(used, 0).desc(), Place.id)
        .offset((min(max(page, 1), last) - 1) * size)
        .limit(size)
    )
    return list(rows), total


def last_post_at(view: View, place_id: int) -> datetime | None:
    """Return when the last published post at a place began or begins; None for none."""
    return view.session.scalar(
        select(func.max(Post.starts_at)).where(Post.place_id == place_id, Post.state.in_(_DONE))
    )


def _covered(monday: date, zone: ZoneInfo) -> ColumnElement[bool]:
    return (
        exists()
        .where(Post.place_id == Place.id, Post.state.in_(_DONE), _in_week(monday, zone))
        .correlate(Place)
    )


def _in_week(monday: date, zone: ZoneInfo) -> ColumnElement[bool]:
    start, end = start_of(monday, zone), start_of(monday + _WEEK, zone)
    return (Post.starts_at >= start) & (Post.starts_at < end)
