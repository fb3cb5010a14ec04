"""The one list that a post's lead gets the day before: who comes, who is sure (VOL-03)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.people.models import Person
from bot.features.posts.models import Post, PostState, Signup, SignupState
from bot.features.posts.reminding import lock_in_order
from bot.features.posts.remindlines import is_sure
from bot.features.posts.remindsteps import posts_between
from bot.features.posts.remindtimes import BEGUN, FRESH, JUST_TOLD, list_moment, quiet_until
from bot.features.posts.rules import move_stamp
from bot.features.runs.models import RunState
from bot.features.runs.service import Effect, claim_many, noted

KIND = "post-lead-list"
_LEADS_AT_ONCE = 50
LOOK = timedelta(days=2)


@dataclass(frozen=True)
class SendLists:
    """Posts whose leads are to get their list, all of some leads."""

    post_ids: Sequence[int]


@dataclass(frozen=True)
class NoLists:
    """Lists that are not sent: only noted, with the reason."""

    effects: Sequence[Effect]


@dataclass(frozen=True)
class Comer:
    """Somebody who has a place; `size` counts them and whom they bring."""

    name: str
    size: int
    sure: bool


@dataclass(frozen=True)
class Roll:
    """Who comes to one post."""

    post: Post
    comers: Sequence[Comer]


@dataclass(frozen=True)
class LeadList:
    """What one lead is told of their posts of a day; `number` is unique for the message."""

    lead_id: int
    number: int
    rolls: Sequence[Roll]


def due(view: View, config: Config) -> list[SendLists | NoLists]:
    """Return which lists are to be sent or noted now; two statements."""
    found = open_lists(view, config, posts_between(view, view.now - LOOK, view.now + LOOK))
    noting = [effect for _, effect in found if effect.state is not RunState.done]
    sending = sorted(
        (post for post, effect in found if effect.state is RunState.done),
        key=lambda post: (post.lead_person_id or 0, post.id),
    )
    by_lead: dict[int, list[int]] = defaultdict(list)
    for post in sending:
        by_lead[post.lead_person_id or 0].append(post.id)
    leads = list(by_lead.values())
    pages = [leads[at : at + _LEADS_AT_ONCE] for at in range(0, len(leads), _LEADS_AT_ONCE)]
    return [
        *([NoLists(noting)] if noting else []),
        *(SendLists([post_id for theirs in page for post_id in theirs]) for page in pages),
    ]


def note(work: Work, effect: NoLists) -> None:
    """Note lists that are not sent."""
    claim_many(work, KIND, effect.effects)


def take(work: Work, config: Config, effect: SendLists) -> list[LeadList]:
    """Take the lists that are due; return the messages to be written. Five statements."""
    posts = lock_in_order(work, effect.post_ids)
    found = [
        (post, one)
        for post, one in open_lists(work, config, list(posts.values()))
        if one.state is RunState.done
    ]
    fresh = claim_many(work, KIND, [one for _, one in found])
    comers = _comers(work, posts)
    by_lead: dict[int, list[tuple[Post, int]]] = defaultdict(list)
    for post, one in found:
        number = fresh.get((one.scope, one.period_key))
        if number is not None and post.lead_person_id is not None:
            by_lead[post.lead_person_id].append((post, number))
    return [
        LeadList(
            lead_id,
            min(number for _, number in theirs),
            [
                Roll(post, comers[post.id])
                for post, _ in sorted(theirs, key=lambda one: (one[0].starts_at, one[0].id))
            ],
        )
        for lead_id, theirs in sorted(by_lead.items())
    ]


def noted_lists(view: View, posts: Iterable[Post]) -> set[tuple[str, str]]:
    """Return the (scope, period_key) of the lists of `posts` that were noted already."""
    return noted(view, KIND, [_period_key(post) for post in posts])


def open_lists(view: View, config: Config, posts: Sequence[Post]) -> list[tuple[Post, Effect]]:
    """Return the lists that are neither noted nor still to come."""
    led = [post for post in posts if post.lead_person_id is not None]
    before = noted_lists(view, led)
    quiet = quiet_until(view.now, config) is not None
    found = []
    for post in led:
        scope = f"lead:{post.lead_person_id}"
        moment = list_moment(post.starts_at, config)
        if (scope, _period_key(post)) in before or view.now < moment or post.paused_at is not None:
            continue
        known = max(post.created_at, post.changed_at or post.created_at)
        if known > moment - FRESH:
            found.append((post, _note(scope, post, RunState.not_needed, JUST_TOLD)))
        elif view.now >= post.starts_at:
            found.append((post, _note(scope, post, RunState.too_late, BEGUN)))
        elif not quiet and post.state is PostState.published:
            found.append((post, _note(scope, post, RunState.done, None)))
    return found


def _note(scope: str, post: Post, state: RunState, reason: str | None) -> Effect:
    return Effect(scope, _period_key(post), state, reason)


def _period_key(post: Post) -> str:
    return f"{post.id}:{move_stamp(post)}"


def _comers(view: View, posts: Mapping[int, Post]) -> dict[int, list[Comer]]:
    found = view.session.execute(
        select(Signup, Person.name)
        .join(Person, Person.id == Signup.person_id)
        .where(Signup.post_id.in_(list(posts)), Signup.state == SignupState.confirmed)
        .order_by(Signup.number)
        .execution_options(populate_existing=True)
    )
    comers: dict[int, list[Comer]] = {post_id: [] for post_id in posts}
    for signup, name in found:
        sure = is_sure(posts[signup.post_id], signup)
        comers[signup.post_id].append(Comer(name, signup.size, sure))
    return comers
