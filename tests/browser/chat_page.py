"""The chat page as a person in front of it sees it."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.browser.scripted import Demo


@dataclass
class ChatPage:
    """The page in a browser, and the demo behind it."""

    page: Page
    demo: Demo
    trouble: list[str]
    """What no page should do: errors, dialogs, far addresses. Empty at the end of a test."""

    async def open(self, person_id: int | None = None, *, group: int | None = None) -> None:
        """Open the page, in the chat of a person (in a group as that person) or in none."""
        place = "" if person_id is None else f"#/{person_id}"
        if group is not None:
            place += f"/{group}"
        await self.page.goto(f"{self.demo.sandbox.url}/{place}")
        await expect(self.page.locator("body")).not_to_have_class("loading")

    @property
    def people(self) -> Locator:
        """The rows of the list on the left."""
        return self.page.locator(".person")

    def row(self, name: str) -> Locator:
        """The row of one person."""
        return self.people.filter(has_text=name)

    @property
    def input(self) -> Locator:
        """Where one types."""
        return self.page.get_by_role("textbox", name="输入消息")

    @property
    def bubbles(self) -> Locator:
        """The messages."""
        return self.page.locator(".message .bubble")

    def bubble(self, text: str) -> Locator:
        """The message with these words."""
        return self.bubbles.filter(has_text=text)

    def key(self, text: str) -> Locator:
        """A button under a message or under the input."""
        return self.page.locator(".key").filter(has_text=text)

    @property
    def toast(self) -> Locator:
        """The passing line."""
        return self.page.locator(".toast")

    async def say(self, text: str) -> None:
        """Type a text and press Enter."""
        await self.input.fill(text)
        await self.input.press("Enter")

    async def choose(self, text: str, *, of: str) -> None:
        """Choose an entry of the menu of the message with the words `of`."""
        message = self.page.locator(".message").filter(has_text=of)
        await message.hover()
        await message.get_by_role("button", name="消息操作").click()
        await self.page.get_by_role("menuitem", name=text).click()

    async def attach(self, kind: str) -> None:
        """Choose an entry of the attach menu."""
        await self.page.get_by_role("button", name="发送照片、文件、位置、名片").click()
        await self.page.get_by_role("menuitem", name=kind).click()

    async def distance_from_end_px(self) -> float:
        """Return how far the list of messages stands above its end."""
        distance: float = await self.page.locator("#scroller").evaluate(
            "box => box.scrollHeight - box.scrollTop - box.clientHeight"
        )
        return distance
