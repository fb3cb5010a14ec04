"""Who may sign up for what, and whom one may sign up (VOL-02, VOL-11).

These rules are asked inside the transaction that writes, under the person's and the post's locks.
"""

from collections.abc import Sequence

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.access import leads
from bot.features.posts.errors import Clash, PostsOverlap, TooManyCompanions
from bot.features.posts.held import Own, posts_of
from bot.features.posts.models import Post
from bot.features.posts.rules import most_companions, overlap_minutes


def may_sign_up_others(actor: Actor, *, person: Person, post: Post) -> bool:
    """Tell whether `actor` may sign `person` up for `post`, and answer in their name.

    The office may, the post's lead, and the lead of the person's team.
    """
    if leads(actor, post.id):
        return True
    return actor.may({Role.team_lead}) and person.team in actor.led_teams


def check_eligible(
    work: Work, *, person_id: int, post: Post, size: int, config: Config, own: Sequence[Own]
) -> None:
    """Raise what keeps a person, and those whom they bring, from having a place at `post`.

    `own` are the person's live sign-ups for other posts at that time, locked. Raises
    TooManyCompanions, and PostsOverlap where they hold a place there or one is offered to them.
    """
    del person_id
    check_size(post, size, config)
    _check_free_at_that_time(work, post, own)


def check_size(post: Post, size: int, config: Config) -> None:
    """Raise TooManyCompanions where one person may not bring so many to `post`."""
    most = most_companions(post, config)
    if not 1 <= size <= most + 1:
        raise TooManyCompanions(post_id=post.id, most=most)


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
