"""Writing the ledger: hours of a post at its close, and corrections. Nothing is ever changed."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select

from bot.config import Config
from bot.core.dates import local_day
from bot.db.insert import insert_missing_returning
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.hours.access import access_entry_to_correct
from bot.features.hours.errors import NothingChanged
from bot.features.hours.facts import HoursCorrected
from bot.features.hours.models import HourEntry, HourKind
from bot.features.hours.rules import (
    MOST_MINUTES,
    Presence,
    check_minutes,
    check_words,
    earned,
    kind_of,
    planned,
)
from bot.features.people.actor import Actor
from bot.features.posts.access import lock_person
from bot.features.posts.models import Post


def credit(
    work: Work, config: Config, post: Post, presences: Sequence[Presence], *, by: int | None
) -> dict[int, int]:
    """Enter the hours of those who were at `post`; return the minutes entered, by person.

    Counted from the way in to the way out within the planned times (and so much overtime as is
    configured), and nothing to come. Whoever
    has hours of the post already keeps those: done again, it enters nothing. `by` is who closed
    the post; None for the clock. Companions without an account are nobody's presence.
    """
    ends_at = post.ends_at + _overtime(config)
    rows = [
        {
            "person_id": one.person_id,
            "post_id": post.id,
            "kind": kind_of(one),
            "minutes": minutes,
            "day": local_day(post.starts_at, config.time.zone_info),
            "by_person_id": by if kind_of(one) is HourKind.confirmed else None,
            "once": once_for(post.id, one.person_id),
            "at": work.now,
        }
        for one in sorted(presences, key=lambda one: one.person_id)
        if (minutes := earned(one, starts_at=post.starts_at, ends_at=ends_at, now=work.now))
    ]
    entered = insert_missing_returning(
        work.session,
        HourEntry,
        rows,
        key=["once"],
        returning=[HourEntry.person_id, HourEntry.minutes],
    )
    return dict(entered)


def correct(
    work: Work, config: Config, *, actor: Actor, entry_id: int, minutes: int, reason: str
) -> HourEntry:
    """Let the chain of `entry_id` be worth `minutes`, by a further entry with the difference.

    Raises NotFound, NotAllowed, OwnHours, NothingChanged, TooManyMinutes, NoWords, TooManyWords.
    """
    words = check_words(reason)
    first = access_entry_to_correct(work, entry_id, actor=actor)
    lock_person(work, first.person_id)
    check_minutes(minutes, least=0, most=most_of(work, config, first.post_id))
    more = minutes - worth(work, first.id)
    if not more:
        raise NothingChanged
    entry = HourEntry(
        person_id=first.person_id,
        post_id=first.post_id,
        kind=first.kind,
        minutes=more,
        day=first.day,
        corrects_id=first.id,
        reason=words,
        request_id=first.request_id,
        by_person_id=actor.person_id,
        at=work.now,
    )
    work.session.add(entry)
    work.session.flush()
    record(work, "hours.correct", f"hours:{first.id}", actor_id=actor.person_id)
    work.tell(HoursCorrected(entry.id))
    return entry


def worth(view: View, first_id: int) -> int:
    """Return what an entry is worth in minutes, together with its corrections."""
    return (
        view.session.scalar(
            select(func.sum(HourEntry.minutes)).where(
                (HourEntry.id == first_id) | (HourEntry.corrects_id == first_id)
            )
        )
        or 0
    )


def most_of(view: View, config: Config, post_id: int | None) -> int:
    """Return how many minutes one person may have of a post, or of a day without one (None)."""
    post = None if post_id is None else view.session.get(Post, post_id)
    if post is None:
        return MOST_MINUTES
    return planned(post.starts_at, post.ends_at + _overtime(config))


def once_for(post_id: int, person_id: int) -> str:
    """Return what keeps a post from counting twice for one person."""
    return f"post:{post_id}:person:{person_id}"


def _overtime(config: Config) -> timedelta:
    return timedelta(minutes=config.posts.check_in.overtime_minutes)
