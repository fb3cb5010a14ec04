"""A post that is about to begin, with its lead and its volunteers."""

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.db.work import Work
from bot.features.attendance.service import show_code
from bot.features.people.actor import find_actor
from bot.features.posts.service import sign_up
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import SATURDAY, Posts
from tests.support.bot import RunningBot
from tests.support.places import put_on_map

_CODE = re.compile(r"^(\d \d \d \d)$", re.MULTILINE)


@dataclass
class Stand:
    """A post `post_id` with its `lead`, who is not signed up, and `people` with a place."""

    bot: RunningBot
    post_id: int
    lead: SimPerson
    people: list[SimPerson]

    async def code(self) -> str:
        """Let the lead show the code of now, and return it."""
        await open_card(self.lead)
        await self.lead.press("出示签到码")
        return code_in(await self.lead.expect("签到码"))

    async def payload(self) -> str:
        """Return the payload of the QR code's link that the lead shows now."""

        def write(work: Work) -> str:
            lead = find_actor(work, self.lead.id)
            assert lead is not None
            shown = show_code(work, actor=lead, post_id=self.post_id, config=self.bot.config)
            return shown.payload

        return await self.bot.write(write)

    async def at_place(self, latitude: float, longitude: float) -> None:
        """Let the post stand at a place of the register."""

        def write(work: Work) -> None:
            put_on_map(work, self.post_id, latitude, longitude)

        await self.bot.write(write)


async def stand(
    bot: RunningBot, posts: Posts, *names: str, place: str = "楚街路口", minutes: int = -20
) -> Stand:
    """Publish a post for Saturday, let people sign up, and set the clock so far off its start."""
    lead = await bot.volunteer("吴老师")
    post_id = await posts.publish(place, capacity=9, hours=1.5, lead=lead)
    people = [await bot.volunteer(name) for name in names]
    for person in people:
        await join(bot, person, post_id)
    await bot.sim.set_clock(SATURDAY + timedelta(minutes=minutes))
    return Stand(bot, post_id, lead, people)


async def join(bot: RunningBot, person: SimPerson, post_id: int) -> None:
    """Let a person have a place; the way there has tests of its own."""

    def write(work: Work) -> None:
        actor = find_actor(work, person.id)
        assert actor is not None
        done = sign_up(work, actor=actor, post_id=post_id, config=bot.config)
        assert done.position is None

    await bot.write(write)
    await person.skip()


async def open_card(person: SimPerson) -> SimMessage:
    """Let a person look at the card of their only post."""
    await person.say("/mine")
    await person.expect("我的排班")
    await person.press("看①")
    return await person.expect("道路口文明引导岗")


def code_in(message: SimMessage) -> str:
    """Return the code that a screen shows."""
    found = _CODE.search(message.text)
    assert found is not None, message.text
    return found.group(1).replace(" ", "")
