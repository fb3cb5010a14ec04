"""One report through the conversation, answer by answer, each recognisable by its number."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.client import SimMessage
from tests.faults.hand import Hand, Wanted
from tests.faults.killing import look
from tests.support.process import BotProcess

PREVIEW = "看看对不对"
RECEIPT = "已上报"
PHOTOS = 3
PARTNERS = 2


@dataclass(frozen=True)
class Answer:
    """One thing that the reporter does: `act` does it, `wanted` is what comes of it."""

    step: str
    act: Callable[[Hand], Awaitable[object]]
    wanted: Wanted


@dataclass(frozen=True)
class Report:
    """What one report says; every answer carries `number`, so a doubled one shows elsewhere."""

    number: int

    @property
    def title(self) -> str:
        return f"活动{self.number}号"

    @property
    def place(self) -> str:
        return f"地点{self.number}号"

    @property
    def people(self) -> int:
        return 1000 + self.number

    @property
    def banners(self) -> int:
        return 2000 + self.number

    @property
    def text(self) -> str:
        return f"正文{self.number}号：大家都来了。"

    def answers(self) -> list[Answer]:
        """Return the answers to a contact of one unit that has one task."""
        return [
            Answer("title", _say(self.title), "哪一天"),
            Answer("date", _say("6月2日"), "在哪里"),
            Answer("place", _say(self.place), "和谁联合"),
            *(
                Answer("partners", _press_partner(number), _marked(number + 1))
                for number in range(PARTNERS)
            ),
            Answer("partners", _press("ok"), "一共多少人参加"),
            Answer("people", _say(f"{self.people}人"), "报哪些数"),
            Answer("values", _say(f"横幅{self.banners}条"), f"{self.banners:,}条"),
            Answer("values", _press("ok"), "把正文发过来"),
            Answer("text", _say(self.text), "有照片就发来"),
            Answer("photos", _photos, f"已收 {PHOTOS} 张照片"),
            Answer("photos", _press("ok"), PREVIEW),
            Answer("preview", _press("ok:"), RECEIPT),
        ]


def filed(process: BotProcess) -> list[dict[str, Any]]:
    """Return what the reports in the database say, in the order of their filing."""
    return [
        json.loads(content)
        for (content,) in look(
            process, "SELECT content FROM report_event WHERE kind = 'submitted' ORDER BY id"
        )
    ]


def says(content: dict[str, Any]) -> tuple[object, ...]:
    """Return what a report's content says, to be compared with `meant`."""
    return (
        content["title"],
        content["date"]["day"],
        content["place"],
        len(content["partners"]),
        content["people"]["value"],
        [one["value"] for one in content["values"]],
        content["text"],
        len(content["photos"]),
    )


def meant(report: Report) -> tuple[object, ...]:
    """Return what `says` should tell of `report`."""
    return (
        report.title,
        "2024-06-02",
        report.place,
        PARTNERS,
        str(report.people),
        [str(report.banners)],
        report.text,
        PHOTOS,
    )


def _say(text: str) -> Callable[[Hand], Awaitable[object]]:
    return lambda hand: hand.person.say(text)


def _press(value: str) -> Callable[[Hand], Awaitable[object]]:
    return lambda hand: hand.push(value)


def _press_partner(number: int) -> Callable[[Hand], Awaitable[object]]:
    """Press the button of one unit among those offered, each `number` another one."""

    async def press(hand: Hand) -> None:
        assert hand.card is not None
        offered = [button for row in hand.card.buttons for button in row]
        await hand.push(str(offered[number].data))

    return press


def _marked(count: int) -> Callable[[SimMessage], bool]:
    def chosen(message: SimMessage) -> bool:
        return sum(text.startswith("✓") for text in message.button_texts) == count

    return chosen


async def _photos(hand: Hand) -> None:
    for _ in range(PHOTOS):
        await hand.person.photo()
