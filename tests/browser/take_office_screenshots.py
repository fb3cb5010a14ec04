"""Pictures of what the office sees, in docs/images: python -m tests.browser.take_office_screenshots.

The calendar, a notice's report, a grouped reminder, and a page of the bulletin, which is drawn only
where LibreOffice is found. Needs chromium and a Chinese font.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright, expect

from bot.core.roles import Role
from bot.sandbox.client import SimPerson
from tests.browser.conftest import SWITCHES
from tests.browser.take_screenshots import IMAGES, PHONE, ROOT, Window, chromium, window
from tests.handlers.bulletins.test_bulletins import draft_of_june, july_begins
from tests.handlers.coverage.scene import report
from tests.handlers.receipts.scene import open_notice, send_notice
from tests.support.bot import RunningBot, running

_PATIENCE_MS = 20_000
_TALL: dict[str, Any] = PHONE | {
    "viewport": {"width": 390, "height": 1440},
    "device_scale_factor": 1.4,
}
"""A window in which a message with its picture is seen whole."""
_NOTICE = "6月7日（周五）15:00在区文明办三楼会议室开创建宣传工作推进会，请各单位联络员参加。"
_READ = 3
_REPORTS = (
    ("kexie", "C2", "核桃修剪技术培训"),
    ("kexie", "C2", "科普大集"),
    ("keji", "C2", "科技下乡"),
    ("jiaotong", "B2", "公交站台公益广告更换"),
    ("jiaoyu", "C1", "小手拉大手"),
    ("wenguangxin", "C3", "广场文化活动"),
)
_ITEMS = (
    (
        "kexie",
        "C2",
        "核桃修剪技术培训",
        "6月12日，区科协在桥陵镇举办核桃修剪技术培训，80余名果农参加，现场发放创建宣传资料200余份。",
    ),
    (
        "keji",
        "C2",
        "科技下乡",
        "6月14日，组织科技特派员进村入户，面对面解答种植问题，同时讲解文明行为公约。",
    ),
    (
        "jiaotong",
        "B2",
        "公交站台公益广告更换",
        "全区42处公交站台的公益广告全部更换为创建内容，破损的灯箱同步修复。",
    ),
    ("jiaoyu", "C1", "“小手拉大手”文明劝导", None),
    (
        "wenguangxin",
        "C3",
        "广场文化活动",
        "6月18日至20日，连续三晚在人民广场演出，观众2000余人次。",
    ),
)
_CONTACTS = (
    ("kexie", "王老师"),
    ("kexie", "赵老师"),
    ("keji", "孙老师"),
    ("jiaotong", "周老师"),
    ("tuanquwei", "小吴"),
)


async def calendar(bot: RunningBot, phone: Window, office: SimPerson) -> None:
    """Look at a week, a day, a message and the times to which it can be moved."""
    await phone.visit(office.id)
    await phone.answer("/calendar", then="将自动发出")
    await phone.shoot("phone-calendar-week")
    await phone.tap("6月7日（周五） · 5 条", then="将发出")
    await phone.shoot("phone-calendar-day")
    await phone.tap("看①", then="为什么发")
    await phone.tap("王老师", then="要取消这一条")
    await phone.shoot("phone-calendar-message")
    await phone.tap("改时间", then="改到什么时候发")
    await phone.shoot("phone-calendar-times")


async def notice(
    bot: RunningBot, phone: Window, office: SimPerson, readers: list[SimPerson]
) -> None:
    """Let a notice that wants receipts reach its readers, and look at what came back."""
    await send_notice(bot, office, *readers, text=_NOTICE)
    for number, reader in enumerate(readers):
        await reader.expect("推进会")
        if number < _READ:
            await reader.press("收到")
            await reader.expect(lambda told: any("已收到" in one for one in told.button_texts))
    await open_notice(office)
    await phone.visit(office.id)
    await phone.shoot("phone-notice-report")
    await phone.tap(f"未回执 {len(readers) - _READ}", then="来自")
    await phone.shoot("phone-notice-missing")


async def reminded(bot: RunningBot, phone: Window, contact: SimPerson) -> None:
    """Let days go by, until one message says two things."""
    await bot.sim.set_clock("2024-06-28T09:00:10+08:00")
    await phone.visit(contact.id)
    await phone.sees("2 件")
    await phone.shoot("phone-grouped-reminder")


async def digest(bot: RunningBot, phone: Window, office: SimPerson) -> None:
    """Look at the digest of a week with reports, more than in the week before, and its chart."""
    people = {unit: await bot.contact(unit) for unit in {unit for unit, *_ in _REPORTS}}
    for unit, task, title in _REPORTS:
        await report(bot, people[unit], unit, task, title=title)
    await phone.visit(office.id)
    await phone.answer("/digest", then="本周摘要")
    await phone.shoot("phone-digest")


async def bulletin(folder: Path) -> None:
    """Draw the first page of an issued bulletin, where LibreOffice is found."""
    soffice, draw = shutil.which("soffice"), shutil.which("pdftoppm")
    if soffice is None or draw is None:
        sys.stdout.write("no LibreOffice here: the page of the bulletin is not drawn\n")
        return
    async with running(folder / "paper") as bot:
        for unit, task, title, text in _ITEMS:
            await report(bot, await bot.contact(unit), unit, task, title=title, text=text)
        await july_begins(bot)
        office = await draft_of_june(bot)
        await office.press("发布第1期", "发布后不能再改")
        await office.press("确认发布", "已发布：2024年第1期。")
        await office.person.press("下载 Word")
        sent = await office.person.expect("工作简报", timeout_s=60)
        if sent.file is None:
            raise RuntimeError("the bulletin came without its file")
        file = folder / "bulletin.docx"
        file.write_bytes(await bot.sim.download(sent.file.url))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    page = IMAGES / "bulletin-page"
    await _run(soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file)
    await _run(draw, "-png", "-r", "80", "-f", "1", "-singlefile", file.with_suffix(".pdf"), page)
    sys.stdout.write(f"{page.relative_to(ROOT)}.png\n")


async def _run(*command: str | Path) -> None:
    running_one = await asyncio.create_subprocess_exec(*command)
    if await running_one.wait() != 0:
        raise RuntimeError(f"{command[0]} failed")


async def main() -> None:
    """Take all pictures."""
    expect.set_options(timeout=_PATIENCE_MS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
            async with running(folder / "bot") as bot:
                phone = await window(browser, bot.sandbox.url, PHONE)
                office = await bot.person(Role.coordinator, name="李主任")
                contacts = [await bot.contact(unit, name=name) for unit, name in _CONTACTS]
                await calendar(bot, phone, office)
                await notice(bot, phone, office, contacts)
                await reminded(bot, phone, contacts[0])
                await digest(bot, await window(browser, bot.sandbox.url, _TALL), office)
            await browser.close()
        await bulletin(folder)


if __name__ == "__main__":
    asyncio.run(main())
