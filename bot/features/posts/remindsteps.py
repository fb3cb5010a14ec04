"""What is due of which reminders before posts, from rows that were read (VOL-03)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from bot.config import Config
from bot.db.work import View
from bot.features.people.models import Person
from bot.features.people.reach import Reach
from bot.features.posts.models import Post, PostState, Signup, SignupState
from bot.features.posts.remindlines import told_at
from bot.features.posts.remindtimes import CHOICES, Step, Verdict, When, day_before, verdict
from bot.features.posts.rules import move_stamp
from bot.features.runs.service import Claiming, Effect, claim_many, noted

KIND = "post-reminder"
LOOK_BACK = timedelta(days=2)
_LOOK_AHEAD = timedelta(days=2)


@dataclass(frozen=True)
class Due:
    """A step of one sign-up about which something is to be done."""

    signup: Signup
    post: Post
    step: Step
    verdict: Verdict

    @property
    def effect(self) -> Effect:
        """How the step is noted."""
        return Effect(
            scope_of(self.signup.id),
            period_key(self.post, self.step),
            self.verdict.state,
            self.verdict.reason,
        )


@dataclass(frozen=True)
class Rows:
    """Posts by id, and who has a place, with how long before a post they want to be reminded."""

    posts: Mapping[int, Post]
    standing: Sequence[tuple[Signup, int | None]]


def reader_of(post: Post, signup: Signup, reach: Mapping[int, Reach]) -> int:
    """Return who is told: the person, who looks after them, or else the lead; 0 for nobody."""
    found = reach.get(signup.person_id)
    recipient = None if found is None else found.recipient_id
    return recipient or signup.by_person_id or post.lead_person_id or 0


def scope_of(signup_id: int) -> str:
    """Return whom a noted step concerns."""
    return f"signup:{signup_id}"


def period_key(post: Post, step: Step) -> str:
    """Return which reminder it is, of the post at the place and time of now."""
    return f"{post.id}:{move_stamp(post)}:{step}"


def is_near(post: Post, now: datetime, config: Config) -> bool:
    """Tell whether a post has begun lately, or a reminder of it may be due at `now`."""
    if not now - LOOK_BACK < post.starts_at <= now + ahead(config):
        return False
    return now >= min(day_before(post.starts_at, config), post.starts_at - _soonest(config))


def ahead(config: Config) -> timedelta:
    """Return how long before a post the first reminder of it may be due."""
    return max(_LOOK_AHEAD, _soonest(config))


def _soonest(config: Config) -> timedelta:
    return timedelta(minutes=max(config.posts.reminders.hours_before * 60, *CHOICES))


def posts_between(view: View, start: datetime, end: datetime) -> Sequence[Post]:
    """Return the posts that begin in (start, end] and take place or took place."""
    return posts_where(
        view,
        Post.state.in_([PostState.published, PostState.closed])
        & (Post.starts_at > start)
        & (Post.starts_at <= end),
    )


def posts_where(view: View, which: ColumnElement[bool]) -> Sequence[Post]:
    """Return the posts for which `which` holds, in order of their ids."""
    return view.session.scalars(select(Post).where(which).order_by(Post.id)).all()


def standing(view: View, which: ColumnElement[bool]) -> list[tuple[Signup, int | None]]:
    """Return who has a place, with how long before a post they want to be reminded."""
    found = view.session.execute(
        select(Signup, Person.reminder_minutes)
        .join(Person, Person.id == Signup.person_id)
        .where(which, Signup.state == SignupState.confirmed)
        .order_by(Signup.id)
        .execution_options(populate_existing=True)
    )
    return [(signup, minutes) for signup, minutes in found]


def noted_of(view: View, posts: Mapping[int, Post]) -> set[tuple[str, str]]:
    """Return the (scope, period_key) of the steps of `posts` that were noted already."""
    return noted(view, KIND, [period_key(post, step) for post in posts.values() for step in Step])


def decided_at(
    rows: Rows, before: Collection[tuple[str, str]], now: datetime, config: Config
) -> list[Due]:
    """Return the steps of `rows` that are neither noted (`before`) nor still to come at `now`."""
    found: list[Due] = []
    for signup, minutes in rows.standing:
        post = rows.posts.get(signup.post_id)
        if post is None or not _reminds(post):
            continue
        when = when_of(post, signup, minutes)
        for step in Step:
            if (scope_of(signup.id), period_key(post, step)) in before:
                continue
            decided = verdict(step, when, now=now, config=config)
            if decided is not None:
                found.append(Due(signup, post, step, decided))
    return found


def claimed(work: Claiming, found: Sequence[Due]) -> list[tuple[Due, int]]:
    """Claim steps in one statement; return those that this transaction takes, with a number."""
    fresh = claim_many(work, KIND, [one.effect for one in found])
    return [
        (one, number)
        for one in found
        if (number := fresh.get((one.effect.scope, one.effect.period_key))) is not None
    ]


def by_reader(
    found: Sequence[tuple[Due, int]], reach: Mapping[int, Reach]
) -> dict[int, list[tuple[Due, int]]]:
    """Return what each reader is told in one message; nothing of those whom nobody reads for."""
    readers: dict[int, list[tuple[Due, int]]] = defaultdict(list)
    for one, number in found:
        readers[reader_of(one.post, one.signup, reach)].append((one, number))
    return {reader: theirs for reader, theirs in sorted(readers.items()) if reader}


def _reminds(post: Post) -> bool:
    return post.state in {PostState.published, PostState.closed} and post.paused_at is None


def when_of(post: Post, signup: Signup, minutes: int | None) -> When:
    """Return what decides about the reminders of a sign-up."""
    return When(post.starts_at, told_at(post, signup), minutes)
