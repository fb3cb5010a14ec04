"""A sandbox, a scripted bot and a browser for the tests of the chat page."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import aiohttp
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from bot.sandbox import Sandbox
from tests.browser.chat_page import ChatPage
from tests.browser.scripted import Demo

MONDAY = datetime.fromisoformat("2024-06-03T09:00:00+08:00")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """Start the machine's chromium once, with a profile of its own."""
    expect.set_options(timeout=15_000)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """Start a sandbox of its own whose clock stands at a Monday morning."""
    async with Sandbox(clock_start=MONDAY) as sandbox, aiohttp.ClientSession() as session:
        yield Demo.of(sandbox, session)


@pytest_asyncio.fixture(loop_scope="session")
async def chat(browser: Browser, demo: Demo) -> AsyncIterator[ChatPage]:
    """Open a window on a desk."""
    async for page in _window(browser, demo, DESK):
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser, demo: Demo) -> AsyncIterator[ChatPage]:
    """Open a window on a phone."""
    async for page in _window(browser, demo, PHONE):
        yield page


async def _window(browser: Browser, demo: Demo, shape: dict[str, Any]) -> AsyncIterator[ChatPage]:
    context: BrowserContext = await browser.new_context(locale="zh-CN", **shape)
    page = await context.new_page()
    window = ChatPage(page, demo, _trouble(page, demo.sandbox.url))
    yield window
    await context.close()
    assert window.trouble == []


def _trouble(page: Page, home: str) -> list[str]:
    """Return a list that fills with whatever the page does that no page should."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    page.on("dialog", lambda dialog: found.append(f"dialog: {dialog.message}"))
    page.on(
        "console",
        lambda line: found.append(f"console: {line.text}") if line.type == "error" else None,
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((home, "blob:")) else found.append(request.url)
        ),
    )
    return found
