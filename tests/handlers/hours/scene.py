"""People with hours, for tests through the front door."""

from datetime import datetime, timedelta

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.hours.ledger import credit
from bot.features.hours.rules import Presence
from bot.features.people.actor import Actor, find_actor
from bot.features.posts.drafting import NewPost
from bot.features.posts.managing import publish
from bot.features.posts.models import Post
from bot.features.posts.signing import sign_up
from bot.sandbox.client import SimPerson
from tests.support.bot import START, RunningBot

TOMORROW = START + timedelta(days=1)
TWO_HOURS = timedelta(hours=2)


def actor_of(work: Work, person: SimPerson) -> Actor:
    """Return the person as who acts."""
    actor = find_actor(work, person.id)
    assert actor is not None
    return actor


async def past_post(
    bot: RunningBot,
    *people: SimPerson,
    office: SimPerson,
    lead: SimPerson | None = None,
    at: datetime = TOMORROW,
    place: str = "楚街路口",
) -> int:
    """Let a post of two hours with `people` be over; the clock stands two days later."""

    def write(work: Work) -> int:
        post = publish(
            work,
            actor=actor_of(work, office),
            post=NewPost(
                kind="lukou-yindao",
                place=place,
                starts_at=at,
                ends_at=at + TWO_HOURS,
                capacity=5,
                lead_person_id=None if lead is None else actor_of(work, lead).person_id,
            ),
        )
        for one in people:
            sign_up(work, actor=actor_of(work, one), post_id=post.id, config=bot.config)
        return post.id

    number = await bot.write(write)
    await bot.move_clock("2d")
    return number


async def credited(
    bot: RunningBot, post_id: int, *people: SimPerson, minutes: int = 120, signed: bool = True
) -> None:
    """Let `people` have been at the post from its start."""

    def write(work: Work) -> None:
        post = work.session.get_one(Post, post_id)
        there = [
            Presence(
                actor_of(work, one).person_id,
                post.starts_at,
                post.starts_at + timedelta(minutes=minutes),
                signed=signed,
            )
            for one in people
        ]
        credit(work, bot.config, post, there, by=None)

    await bot.write(write)


async def everybody(bot: RunningBot) -> tuple[SimPerson, SimPerson, SimPerson]:
    """Return a volunteer, a lead, and somebody of the office."""
    return (
        await bot.volunteer("小周"),
        await bot.person(Role.volunteer, name="张岗长"),
        await bot.coordinator(),
    )
