"""A notice that wants receipts, sent by the running bot."""

from typing import Any

from bot.db.work import Work
from bot.features.notices.models import NoticeState
from bot.features.outbox.queries import find_message
from bot.sandbox.client import SimMessage, SimPerson
from tests.features.receipts.scene import put_notice
from tests.support.bot import RunningBot
from tests.support.waiting import until


async def send_notice(bot: RunningBot, author: SimPerson, *people: SimPerson, **fields: Any) -> int:
    """Let the bot send a notice to `people`; it wants receipts unless `fields` say no."""
    author_id = await bot.person_id(author)
    ids = sorted([await bot.person_id(person) for person in people])

    def write(work: Work) -> int:
        expanding = NoticeState.expanding
        return put_notice(work, author_id, ids, state=expanding, **fields).id

    return await bot.write(write)


async def noted(bot: RunningBot, person: SimPerson, text: str) -> SimMessage:
    """Wait for a message that holds `text`, until it is noted which one it became.

    Only then can a reply to it be told from any other text.
    """
    message = await person.expect(text)

    async def found() -> bool:
        row = await bot.read(
            lambda view: find_message(view, chat_id=person.id, message_id=message.id)
        )
        return row is not None

    await until(found)
    return message


async def open_notice(author: SimPerson) -> SimMessage:
    """Let the office open the newest notice from the home screen."""
    await author.say("/start")
    await author.expect(lambda message: "全部通知" in message.button_texts)
    await author.press("全部通知")
    await author.expect("发过的通知")
    shown = await author.last()
    await author.press(shown.buttons[0][0].text)
    return await author.expect("号通知")
