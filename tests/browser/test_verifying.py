"""The page that verifies certificates, opened from a file in a browser without a network."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.async_api import Browser, Page, expect

from bot.cli.key import page_with
from bot.features.certificates.key import fingerprint, public_text
from bot.features.certificates.signing import Statement, signed_text
from bot.features.hours.rules import Totals

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEY, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
STATEMENT = Statement(
    "2024-06-0017", "2024-06", Totals(150, 60, 0), "宿城区<b>文明办</b>", "2024-06-0012"
)
TEXT = signed_text(STATEMENT, KEY.sign)
GENUINE, FORGED = "真实有效", "验证不通过"


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, tmp_path: Path) -> AsyncIterator[Page]:
    """Open the page with the key in it; whatever it asks of a network fails the test."""
    file = tmp_path / "verify.html"
    file.write_text(page_with(public_text(KEY.public_key())), encoding="utf-8")
    context = await browser.new_context(locale="zh-CN", offline=True)
    opened = await context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: asked.append(str(error)))
    await opened.goto(file.as_uri())
    yield opened
    assert asked == [file.as_uri()]
    await context.close()


async def verify(page: Page, text: str) -> None:
    await page.locator("#text").fill(text)
    await page.get_by_role("button", name="核验").click()


async def test_a_genuine_one_is_told_as_text(page: Page) -> None:
    await expect(page.locator("#fingerprint")).to_have_text(fingerprint(KEY.public_key()))
    await verify(page, f" {TEXT[:50]}\n{TEXT[50:]}")
    await expect(page.locator("#verdict")).to_have_text(GENUINE)
    details = page.locator("#details")
    for line in ("2024-06-0017", "2小时30分", "1小时", "宿城区<b>文明办</b>", "2024-06-0012"):
        await expect(details).to_contain_text(line)


@pytest.mark.parametrize("at", [4, 20, 60, len(TEXT) - 80, len(TEXT) - 20])
async def test_a_changed_one_is_not_genuine(page: Page, at: int) -> None:
    await verify(page, TEXT[:at] + ("A" if TEXT[at] != "A" else "B") + TEXT[at + 1 :])
    await expect(page.locator("#verdict")).to_contain_text(FORGED)
    await expect(page.locator("#details")).to_be_empty()


async def test_one_of_another_key_is_not_genuine(page: Page) -> None:
    await verify(page, signed_text(STATEMENT, OTHER.sign))
    await expect(page.locator("#verdict")).to_contain_text(FORGED)
    await page.locator("#key").fill(public_text(OTHER.public_key()))
    await page.get_by_role("button", name="核验").click()
    await expect(page.locator("#verdict")).to_have_text(GENUINE)


@pytest.mark.parametrize("text", ["", "WM1.x.y", "WM2" + TEXT[3:], TEXT + "A", TEXT[:-3]])
async def test_what_is_no_certificate_is_told(page: Page, text: str) -> None:
    await verify(page, text)
    await expect(page.locator("#verdict")).to_contain_text("这不是一张时长证明的文字")


async def test_a_key_that_is_none_is_told(page: Page) -> None:
    await page.locator("#key").fill("AAAA")
    await verify(page, TEXT)
    await expect(page.locator("#verdict")).to_contain_text("公钥不对")
    await expect(page.locator("#fingerprint")).to_have_text("—")


async def test_a_browser_that_cannot_says_so_and_calls_nothing_genuine(page: Page) -> None:
    await page.evaluate(
        "() => { SubtleCrypto.prototype.importKey = () => Promise.reject("
        'new DOMException("no", "NotSupportedError")); }'
    )
    await verify(page, TEXT)
    await expect(page.locator("#verdict")).to_contain_text("不会核验")
