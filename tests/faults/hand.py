"""A person's hand in a trial: it acts, then waits for what comes of it, across kills."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.client import SimMessage, SimPerson

Wanted = str | Callable[[SimMessage], bool]


@dataclass
class Hand:
    """Acts for `person` and waits up to `patience_s` real seconds for each answer.

    `card` is the last answer: its buttons are the ones that are pressed. A button's spinner is not
    waited for: it is ended at best, and a kill may leave it turning.
    """

    person: SimPerson
    patience_s: float = 30.0
    card: SimMessage | None = field(default=None, init=False)

    async def say(self, text: str, wanted: Wanted) -> SimMessage:
        """Write `text`."""
        await self.person.say(text)
        return await self.await_(wanted)

    async def press(self, value: str, wanted: Wanted) -> SimMessage:
        """Press the card's button that carries `value` last, or all of it."""
        await self.push(value)
        return await self.await_(wanted)

    async def push(self, value: str) -> None:
        """Press without waiting for anything."""
        assert self.card is not None
        [data] = [
            button.data
            for row in self.card.buttons
            for button in row
            if button.data is not None and (button.data == value or _ends(button.data, value))
        ]
        await self.person.press(data=data, message_id=self.card.id, wait_ms=0)

    async def forge(self, data: str, wanted: Wanted) -> SimMessage:
        """Press a button that no card needs to have, under the last message."""
        await self.person.press(data=data, wait_ms=0)
        return await self.await_(wanted)

    async def photos(self, count: int, wanted: Wanted) -> SimMessage:
        """Send `count` different photos one after the other, without waiting between them."""
        for _ in range(count):
            await self.person.photo()
        return await self.await_(wanted)

    async def await_(self, wanted: Wanted) -> SimMessage:
        """Wait for what the bot shows next."""
        self.card = await self.person.expect(wanted, timeout_s=self.patience_s)
        return self.card


def _ends(data: str, value: str) -> bool:
    return data.endswith(f":{value}")
