"""A telephone number is shown to the post's lead alone, 24 hours around the post (VOL-13)."""

from datetime import timedelta

from sqlalchemy import select

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.models import Person
from bot.sandbox.client import SimPerson
from tests.handlers.posts.scene import Posts
from tests.support.bot import START, RunningBot

PHONE = "13900000000"


async def test_only_the_lead_sees_it_and_only_near_the_post(bot: RunningBot, posts: Posts) -> None:
    lead = await bot.volunteer("吴老师")
    post_id = await posts.publish(lead=lead, at=START + timedelta(hours=30))
    volunteer = await bot.volunteer("小王")

    def give(work: Work) -> None:
        found = work.session.scalars(select(Person).where(Person.telegram_id == volunteer.id))
        found.one().phone = PHONE

    await bot.write(give)
    await volunteer.say(f"/start post_{post_id}")
    await volunteer.expect("楚街路口")
    await volunteer.press("报名")
    await volunteer.expect("报上了")

    async def roster_of(person: SimPerson) -> str:
        await person.say(f"/start post_{post_id}")
        await person.expect("楚街路口")
        await person.press("看名单")
        return (await person.expect("小王")).text

    office = await bot.person(Role.coordinator, name="小周")
    assert PHONE not in await roster_of(lead), "30 hours before"
    await bot.move_clock("7h")
    await lead.skip()
    assert PHONE in await roster_of(lead), "23 hours before"
    await office.skip()
    assert PHONE not in await roster_of(office)
