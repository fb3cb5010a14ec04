"""Who may sign up for what (VOL-02, VOL-11): one set of rules for everybody who signs anybody up.

`applicants` reads what the rules look at, in one statement for any number of people; `refusal`
decides without a database. Whoever writes calls `check_eligible` in the same transaction, after
the person's row and the post's are locked; lists of what somebody could take use the same two.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import BindParameter, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from bot.config import Config
from bot.core.errors import NotFound
from bot.core.roles import OFFICE, Role
from bot.db.work import View, Work
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.eligible import Applicant, Held, refusal, too_many
from bot.features.posts.errors import Clash, PostsOverlap
from bot.features.posts.held import Own, posts_of
from bot.features.posts.models import HOLDING, Post, PostState, Signup
from bot.features.posts.openings import open_near
from bot.features.posts.rules import overlap_minutes

_WEEK = timedelta(days=7)
_EVER = datetime(9000, 1, 1, tzinfo=UTC)
_CANDIDATES = 24
"""How many posts near in time are looked at for one that somebody may take."""

_ward = aliased(Person)
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_GUARDIANS = select(_ward.guardian_id).where(_ward.id.in_(_IDS), _ward.minor.is_(True))
_PEOPLE_AND_PLACES = (
    select(
        Person.id,
        Person.minor,
        Person.team,
        Person.guardian_id,
        Post.id,
        Post.group_id,
        Post.kind,
        Post.place,
        Post.starts_at,
        Post.ends_at,
    )
    .outerjoin(Signup, and_(Signup.person_id == Person.id, Signup.state.in_(HOLDING)))
    .outerjoin(
        Post,
        and_(
            Post.id == Signup.post_id,
            Post.state != PostState.cancelled,
            Post.ends_at > bindparam("since"),
            Post.starts_at < bindparam("until"),
        ),
    )
    .where(or_(Person.id.in_(_IDS), Person.id.in_(_GUARDIANS)))
    .order_by(Person.id, Post.starts_at, Post.id)
)
"""People and the guardians of the minors among them, each with their places in a time.

Made once: putting a statement together costs more than running it.
"""


def may_sign_up_others(actor: Actor, *, person: Person, post: Post) -> bool:
    """Tell whether `actor` may sign `person` up for `post`, and answer in their name.

    The office may; the post's lead may for people without Telegram, and a team's lead for the
    people of the team (ORG-09).
    """
    if actor.roles & OFFICE:
        return True
    if post.id in actor.led_post_ids and person.telegram_id is None:
        return True
    return Role.team_lead in actor.roles and person.team in actor.led_teams


def check_eligible(
    work: Work, *, person_id: int, post: Post, size: int, config: Config, own: Sequence[Own]
) -> None:
    """Raise what keeps a person, and those whom they bring, from having a place at `post`.

    `own` are the person's live sign-ups for other posts at that time, locked. Raises PostsOverlap
    where they hold a place there or one is offered to them, an `Ineligible` for each other rule,
    and NotFound for nobody.
    """
    _check_free_at_that_time(work, post, own)
    check_rules(work, person_id=person_id, post=post, size=size, config=config)


def check_rules(view: View, *, person_id: int, post: Post, size: int, config: Config) -> None:
    """Raise the rule, an `Ineligible`, that keeps a person from a place for `size` people.

    It does not look at whether the post is open or overlaps another. Raises NotFound for nobody.
    """
    found = applicants(view, [person_id], since=post.starts_at, until=post.ends_at, config=config)
    if person_id not in found:
        raise NotFound
    refused = refusal(found[person_id], post, size=size, now=view.now, config=config)
    if refused is not None:
        raise refused


def check_size(view: View, *, person_id: int, post: Post, size: int, config: Config) -> None:
    """Raise NobodyToBring or TooManyCompanions where a person may not come with `size` people."""
    person = view.session.get(Person, person_id)
    if person is None:
        raise NotFound
    refused = too_many(Applicant(person_id, minor=person.minor), post, size, config)
    if refused is not None:
        raise refused


def applicants(
    view: View,
    person_ids: Collection[int],
    *,
    since: datetime,
    until: datetime | None,
    config: Config,
) -> dict[int, Applicant]:
    """Return what the rules need of people for posts that lie in [since, until), by person.

    `until` None looks at everything to come. Ids that lead to nobody are left out.
    """
    reach = _WEEK + timedelta(minutes=config.posts.signing.rest_minutes)
    wanted = set(person_ids)
    rows = view.session.execute(
        _PEOPLE_AND_PLACES,
        {
            "ids": sorted(wanted),
            "since": since - reach,
            "until": _EVER if until is None else until + reach,
        },
    )
    held: dict[int, list[Held]] = {}
    people: dict[int, tuple[bool, str | None, int | None]] = {}
    for person_id, minor, team, guardian_id, *post in rows:
        people[person_id] = (minor, team, guardian_id)
        places = held.setdefault(person_id, [])
        if post[0] is not None:
            places.append(Held(*post))
    return {
        person_id: Applicant(
            person_id,
            minor=minor,
            team=team,
            held=tuple(held[person_id]),
            guardian_held=tuple(held.get(guardian_id, ()) if minor and guardian_id else ()),
        )
        for person_id, (minor, team, guardian_id) in people.items()
        if person_id in wanted
    }


def alternatives(
    view: View, *, person_id: int, near: datetime, config: Config, most: int, except_id: int = 0
) -> list[Post]:
    """Return posts with free places that the person may take by all rules, nearest first."""
    candidates = open_near(
        view, near=near, person_id=person_id, most=_CANDIDATES, except_id=except_id
    )
    if not candidates:
        return []
    since = min(post.starts_at for post in candidates)
    who = applicants(view, [person_id], since=since, until=None, config=config).get(person_id)
    if who is None:
        return []
    fitting = (
        post
        for post in candidates
        if refusal(who, post, size=1, now=view.now, config=config) is None
    )
    return [post for post, _ in zip(fitting, range(most), strict=False)]


def _check_free_at_that_time(work: Work, post: Post, own: Sequence[Own]) -> None:
    clashing = posts_of(work, [one for one in own if one.holds])
    if not clashing:
        return
    raise PostsOverlap(
        wanted_id=post.id,
        place=clashing[0].place,
        clashes=[
            Clash(
                other.id,
                overlap_minutes(post.starts_at, post.ends_at, other.starts_at, other.ends_at),
            )
            for other in clashing
        ],
    )
