"""Pictures of a week of posts in docs/images: python -m tests.browser.take_week_screenshots.

Lives the week of tests/handlers/test_week_of_posts.py, with its sixty volunteers, and looks at it
through the chat page. Needs chromium and a Chinese font.
"""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright, expect

from bot.sandbox.client import SimPerson
from tests.browser.conftest import SWITCHES
from tests.browser.take_screenshots import PHONE, Window, chromium, window
from tests.handlers import test_week_of_posts as week
from tests.handlers.test_week_of_posts import by_location
from tests.support.bot import RunningBot, running

_PATIENCE_MS = 20_000


async def live(bot: RunningBot, phone: Window) -> None:
    """Live the week, and take its pictures where they are to be seen."""
    office, lead = await bot.coordinator(), await bot.volunteer("吴老师")
    contact = await bot.contact("tuanquwei", name="团委小赵")
    people = [await bot.volunteer(f"志愿者{number:02}") for number in range(1, week.PEOPLE + 1)]
    await week.plan(office)
    ids = await week.posts_of(bot)
    waiting = await week.fill(people, ids)
    await look(phone, waiting[1], "/posts", "缺人的在前", "phone-week-list")
    await week.hand_on(people[0], waiting, ids[0])
    await week.cover(office, waiting, ids[-1])
    await look(phone, people[2], f"/start post_{ids[0]}", "市场宣传点", "phone-week-card")
    await week.reminded(bot, people[1], lead)
    await phone.visit(lead.id)
    await phone.sees("明天谁来")
    await phone.shoot("phone-week-roster")
    here = people[1:4]
    await week.check_in(bot, lead, here, ids[0])
    await week.close(bot, lead, here, ids[0])
    await phone.visit(contact.id)
    await phone.sees("宣传点的报送稿")
    await phone.shoot("phone-week-report")
    await week.certified(bot, here[0])
    await phone.visit(here[0].id)
    await phone.sees("志愿服务时长证明")
    await phone.shoot("phone-week-certificate")


async def look(phone: Window, who: SimPerson, command: str, holds: str, picture: str) -> None:
    """Take a picture of what a command shows."""
    await phone.visit(who.id)
    await phone.answer(command, then=holds)
    await phone.shoot(picture)
    # What was seen on the page is not to be waited for once more by the week.
    await who.skip()


async def main() -> None:
    """Take all pictures."""
    expect.set_options(timeout=_PATIENCE_MS)
    with tempfile.TemporaryDirectory() as name:
        async with (
            async_playwright() as playwright,
            running(Path(name), config=by_location()) as bot,
        ):
            browser = await playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
            await live(bot, await window(browser, bot.sandbox.url, PHONE))
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
