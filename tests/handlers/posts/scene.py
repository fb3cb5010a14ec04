"""A running bot with posts in it, and people who talk to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db.work import Work
from bot.features.people.actor import find_actor
from bot.features.posts.models import Post
from bot.features.posts.service import Changes, NewPost, cancel, change, publish
from bot.sandbox.client import SimMessage, SimPerson
from tests.support.bot import RunningBot

SATURDAY = datetime.fromisoformat("2024-06-08T09:00:00+08:00")
"""Five days after the bot's clock begins."""


@dataclass
class Posts:
    """Hands that publish posts as a coordinator would."""

    bot: RunningBot
    office: SimPerson

    async def publish(
        self,
        place: str = "楚街路口",
        *,
        at: datetime = SATURDAY,
        hours: float = 1,
        capacity: int = 2,
        lead: SimPerson | None = None,
    ) -> int:
        """Publish a post and return its id."""
        lead_id = None if lead is None else await self.bot.person_id(lead)

        def write(work: Work) -> int:
            actor = find_actor(work, self.office.id)
            assert actor is not None
            end = at + timedelta(hours=hours)
            new = NewPost("lukou-yindao", place, at, end, capacity, lead_person_id=lead_id)
            return publish(work, actor=actor, post=new).id

        return await self.bot.write(write)

    async def move(self, post_id: int, *, to: str) -> None:
        """Let a post be at another place."""

        def write(work: Work) -> None:
            actor = find_actor(work, self.office.id)
            assert actor is not None
            post = work.session.get_one(Post, post_id)
            there = Changes(
                kind=post.kind,
                place=to,
                starts_at=post.starts_at,
                ends_at=post.ends_at,
                lead_person_id=post.lead_person_id,
                note=post.note,
            )
            change(
                work,
                actor=actor,
                post_id=post_id,
                version=post.version,
                changes=there,
                config=self.bot.config,
            )

        await self.bot.write(write)

    async def cancel(self, post_id: int) -> None:
        """Cancel a post."""

        def write(work: Work) -> None:
            actor = find_actor(work, self.office.id)
            assert actor is not None
            cancel(work, actor=actor, post_id=post_id)

        await self.bot.write(write)


def labels(message: SimMessage) -> list[str]:
    """Return the texts of all buttons of a message."""
    return [button.text for row in message.buttons for button in row]


async def open_day(person: SimPerson, *, holds: str = "宣传点") -> SimMessage:
    """Let a person open the list of posts."""
    await person.say("/posts")
    return await person.expect(holds)
