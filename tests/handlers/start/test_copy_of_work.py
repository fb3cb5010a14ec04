"""The copy of one's data tells what one wrote for one's unit, and nobody else's."""

from bot.core.roles import Role
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot


async def copy_of(bot: RunningBot, person: SimPerson) -> str:
    await person.say("/mydata")
    message = await person.expect(lambda seen: seen.file is not None)
    assert message.file is not None
    return (await bot.sim.download(message.file.url)).decode("utf-8")


async def test_a_notice_stands_in_its_authors_copy_alone(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.person(Role.coordinator, name="周敏")
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.say("明天下午开会")
    await author.expect("发给谁")
    await author.press("联络员")
    await author.expect("将发给 1 人")
    await author.press("选好了")
    await author.expect("看看对不对")
    await author.press("确认发送")
    await author.expect("发送完毕")
    assert "第 1 号  明天下午开会" in await copy_of(bot, author)
    assert "[您发出的通知]" in await copy_of(bot, contact)
    assert "第 1 号" not in await copy_of(bot, contact)
