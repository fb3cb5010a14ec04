"""Deadlines as they were told: one that the configuration moves gets a new version (TIME-17)."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.deadlines.models import DeadlineVersion
from bot.features.deadlines.periods import Deadline


def told(view: View) -> dict[tuple[str, str], list[DeadlineVersion]]:
    """Return the versions of every deadline that was told, the first one first."""
    found: dict[tuple[str, str], list[DeadlineVersion]] = {}
    for row in view.session.scalars(select(DeadlineVersion).order_by(DeadlineVersion.version)):
        found.setdefault((row.obligation, row.period), []).append(row)
    return found


def versioned(view: View, deadlines: Sequence[Deadline]) -> list[Deadline]:
    """Return the deadlines with their versions, in one statement.

    One that is not kept yet, or was moved, already has the version that `keep_versions` will give.
    """
    before = told(view)
    return [_with_version(one, before.get(one.key, [])) for one in deadlines]


def has_news(view: View, deadlines: Iterable[Deadline]) -> bool:
    """Tell whether a deadline is new or was moved since its last version."""
    before = told(view)
    return any(_is_news(one, before.get(one.key, [])) for one in deadlines)


def keep_versions(work: Work, deadlines: Sequence[Deadline]) -> list[tuple[Deadline, Deadline]]:
    """Keep what is new; return the deadlines that were moved, as they were and as they are.

    Another copy of the bot may do the same at this moment: whoever comes second moves nothing.
    """
    before = told(work)
    moved = []
    for one in deadlines:
        kept = before.get(one.key, [])
        if not _is_news(one, kept):
            continue
        now = _with_version(one, kept)
        row = {
            "obligation": one.obligation.id,
            "period": one.period,
            "version": now.version,
            "last_day": one.last_day,
            "since": work.now,
        }
        key = ("obligation", "period", "version")
        if insert_missing(work.session, DeadlineVersion, [row], key=key) and kept:
            moved.append((_as_told(one, kept), now))
    return moved


def _is_news(deadline: Deadline, kept: Sequence[DeadlineVersion]) -> bool:
    return not kept or kept[-1].last_day != deadline.last_day


def _with_version(deadline: Deadline, kept: Sequence[DeadlineVersion]) -> Deadline:
    if not kept:
        return deadline
    if _is_news(deadline, kept):
        return deadline.versioned(kept[-1].version + 1, kept[-1].last_day)
    return _as_told(deadline, kept)


def _as_told(deadline: Deadline, kept: Sequence[DeadlineVersion]) -> Deadline:
    moved_from = kept[-2].last_day if len(kept) > 1 else None
    return deadline.versioned(kept[-1].version, moved_from)
