"""How a coordinator writes a notice, for the tests of notices."""

from bot.sandbox.client import SimMessage, SimPerson


async def content_given(author: SimPerson, text: str) -> None:
    """Let `author` begin a notice that says `text`."""
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.say(text)
    await author.expect("发给谁")


async def written(author: SimPerson, text: str, *, to: str = "联络员") -> SimMessage:
    """Let `author` write a notice up to the last look before it goes out; return the card."""
    await content_given(author, text)
    return await addressed(author, to)


async def addressed(author: SimPerson, to: str = "联络员") -> SimMessage:
    """Say whom the notice is for that asks for it, and return the card."""
    await author.press(to)
    await author.expect("将发给")
    return await chosen(author)


async def sent(author: SimPerson, text: str) -> SimMessage:
    """Let `author` send the contacts a notice; return the card once all is over."""
    await written(author, text)
    await author.press("确认发送")
    return await author.expect("发送完毕")


async def timed(author: SimPerson, day: str, hour: str) -> None:
    """Let the notice that is being written go out on `day` at `hour`."""
    await author.press("改发送时间")
    await author.expect("什么时候发")
    await author.say(day)
    await author.expect("几点发")
    await author.press(hour)
    await author.expect("看看对不对")


async def chosen(author: SimPerson) -> SimMessage:
    """Say that this is everybody, and return the card once the preview stands below it."""
    await author.press("选好了")
    card = await author.expect("看看对不对")
    await author.expect("【通知】")
    return card


async def with_extra(author: SimPerson, extra: str) -> None:
    """Let the notice that is being written have `extra` of 更多设置 as well."""
    await author.press("更多设置")
    await author.expect(lambda message: extra in message.button_texts)
    await author.press(extra)
    await author.expect(lambda message: f"✓ {extra}" in message.button_texts)
    await author.press("选好了")
    await author.expect("看看对不对")
    await author.expect("【通知】")


async def notices_of(person: SimPerson) -> list[str]:
    """Return the texts of the notices that `person` has."""
    return [message.text for message in await person.messages() if "【通知】" in message.text]
