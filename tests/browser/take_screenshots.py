"""The pictures in docs/images, taken of the real demo: python -m tests.browser.take_screenshots.

Starts the demo as a newcomer would, chats as its people through the page, moves its clock, and
takes each picture anew. Needs chromium and a Chinese font.
"""

import asyncio
import re
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.chat_page import ChatPage
from tests.browser.conftest import SWITCHES
from tests.browser.pictures import png
from tests.conftest import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 720},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 1320}}
"""A window in which a digest is seen with its chart."""
COORDINATOR, CONTACT, VOLUNTEER = 101, 102, 103
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_START_S = 60
_PATIENCE_MS = 20_000
_TEXT = (
    "区科协联合区科技局在永丰镇温汤村举办核桃修剪技术培训会，请果树专家现场讲解，"
    "发放资料200余份，解答群众提问。"
)
_NOTICE = "6月7日（周五）15:00，在区文明办三楼会议室开创建宣传工作推进会，请各单位联络员参加。"


class Window(ChatPage):
    """The page of a demo that runs by itself: nobody scripts its bot."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    async def visit(self, person_id: int) -> None:
        """Open the chat of a person."""
        await self.page.goto(f"{self.url}/#/{person_id}")
        await expect(self.page.locator("body")).not_to_have_class("loading")

    async def sees(self, text: str) -> None:
        """Wait until a message holds these words."""
        await expect(self.bubble(text).last).to_be_visible()

    async def tap(self, label: str, *, then: str) -> None:
        """Press the latest button with this label and wait until the bot says `then`."""
        await self.key(label).last.click()
        await self.sees(then)

    async def answer(self, text: str, *, then: str) -> None:
        """Type an answer and wait until the bot says `then`."""
        await self.say(text)
        await self.sees(then)

    async def later(self, step: str, *, times: int = 1) -> None:
        """Move the demo's clock with its button."""
        for _ in range(times):
            await self.page.locator(".step").filter(has_text=step).click()
            await expect(self.toast).to_be_visible()
            await expect(self.toast).to_have_count(0)

    async def shoot(self, name: str) -> None:
        """Take a picture of the page as it stands, once nothing passes over it any more."""
        await expect(self.toast).to_have_count(0)
        await self.page.locator("#scroller").evaluate("box => box.scrollTo(0, box.scrollHeight)")
        path = IMAGES / f"{name}.png"
        await self.page.screenshot(path=path, animations="disabled", caret="hide")
        sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB\n")


async def report(phone: Window, pictures: list[Path]) -> None:
    """A contact reports an activity and looks at the card before it is submitted."""
    await phone.visit(CONTACT)
    await phone.sees("区科协")
    await phone.shoot("phone-contact-home")
    await phone.tap("报一项活动", then="叫什么名称")
    await phone.answer("核桃修剪技术培训会", then="哪一天")
    await phone.tap("昨天", then="在哪里")
    await phone.answer("永丰镇温汤村", then="和谁联合")
    await phone.tap("区科技局", then="和谁联合")
    await expect(phone.key("✓ 区科技局")).to_be_visible()
    await phone.tap("完成", then="多少人参加")
    await phone.answer("约60人", then="报哪些数")
    await phone.tap("散发宣传材料", then="多少份")
    await phone.answer("200余份", then="约200份")
    await phone.tap("完成", then="正文发过来")
    await phone.answer(_TEXT, then="有照片就发来")
    await phone.page.locator("#pick-photos").set_input_files(pictures)
    await phone.page.get_by_role("button", name="发送", exact=True).click()
    await phone.sees("已收 2 张")
    await phone.tap("完成", then="看看对不对")
    await phone.shoot("phone-report-preview")
    await phone.tap("提交", then="已上报")


async def sign_up(phone: Window) -> None:
    """A volunteer looks where somebody is needed, and signs up."""
    await phone.visit(VOLUNTEER)
    await phone.sees("宿城区创城")
    await phone.answer("/posts", then="缺人的在前")
    await phone.tap("选日期", then="选日期")
    await phone.tap("8•", then="客运站广场")
    await phone.shoot("phone-posts")
    await phone.tap("报①", then="报上了")
    await phone.shoot("phone-signed-up")


async def notify(phone: Window) -> None:
    """The coordinator takes a report and sends a notice."""
    await phone.visit(COORDINATOR)
    await phone.sees("新上报")
    await phone.tap("采用", then="已采用")
    await phone.answer("/notice", then="通知的文字")
    await phone.answer(_NOTICE, then="发给谁")
    await phone.tap("联络员", then="将发给 3 人")
    await phone.tap("选好了", then="看看对不对")
    await phone.shoot("phone-notice-preview")
    await phone.tap("确认发送", then="发送完毕")
    await phone.shoot("phone-delivery")


async def wait_for_the_clock(phone: Window, desk: Window, plan: Path) -> None:
    """Days go by: a contact is reminded of the plan and files it; then Monday's digest."""
    await phone.visit(CONTACT)
    await phone.later("+1天", times=4)
    await phone.sees("还有 3 天")
    await phone.shoot("phone-reminder")
    await phone.tap("报送方案", then="方案发过来")
    await phone.page.locator("#pick-document").set_input_files(plan)
    await phone.page.get_by_role("button", name="发送", exact=True).click()
    await phone.sees("上报的？")
    await phone.tap("跳过", then="看看对不对")
    await phone.tap("提交", then="已收到创建宣传方案")
    await desk.visit(COORDINATOR)
    await desk.later("+1天", times=3)
    await desk.sees("每周摘要")
    await desk.shoot("desktop-digest")


def photos(folder: Path) -> list[Path]:
    """Write two quiet pictures and return their paths."""
    paths = [folder / "现场1.png", folder / "现场2.png"]
    for path, colour in zip(paths, [(143, 170, 150), (176, 164, 140)], strict=True):
        path.write_bytes(png(640, 400, colour))
    return paths


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """Run the demo with its data in `folder`; yields its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0"),
        *("--data", str(folder)),
        cwd=ROOT,
        stdout=PIPE,
        stderr=DEVNULL,
    )
    try:
        async with asyncio.timeout(_START_S):
            address = await _address(process)
        yield address
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(process: Process) -> str:
    if process.stdout is None:
        raise RuntimeError("the demo was started without a pipe")
    async for line in process.stdout:
        found = _ADDRESS.search(line.decode())
        if found:
            return found[0]
    raise RuntimeError("the demo ended at its start; `make demo` says why")


async def window(browser: Browser, url: str, shape: dict[str, Any]) -> Window:
    """Open a window of this shape."""
    context = await browser.new_context(locale="zh-CN", color_scheme="light", **shape)
    return Window(await context.new_page(), url)


def chromium() -> str:
    """Return where chromium is; ends the program when it is not installed."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("chromium is not installed")
    return found


async def main() -> None:
    """Take all pictures."""
    expect.set_options(timeout=_PATIENCE_MS)
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with async_playwright() as playwright, demo(folder / "data") as url:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
            phone, desk = await window(browser, url, PHONE), await window(browser, url, DESK)
            await report(phone, photos(folder))
            await sign_up(phone)
            await notify(phone)
            plan = folder / "区科协创建宣传方案.docx"
            plan.write_bytes(b"plan")
            await wait_for_the_clock(phone, desk, plan)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
