"""What tells of an event stays in the chat; what only shows something gives its place away."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest

from bot.chat.callback import callback, is_beside, pack, parts, unpack
from bot.chat.render import Voice, payload
from bot.chat.screen import Button, Screen
from bot.chat.text import Plain

VOICE = Voice("zh_CN", ZoneInfo("Asia/Shanghai"))


@callback("test.show", shows=True)
@dataclass(frozen=True)
class Show:
    number: int


@callback("test.do")
@dataclass(frozen=True)
class Do:
    number: int


BUTTONS = [[Button(Plain("show"), Show(7)), Button(Plain("do"), Do(8))]]


@pytest.mark.parametrize(
    ("screen", "event", "beside"),
    [
        (Screen(Plain("receipt"), BUTTONS, event=True), False, [True, False]),
        (Screen(Plain("told"), BUTTONS), True, [True, False]),
        (Screen(Plain("list"), BUTTONS), False, [False, False]),
    ],
    ids=["a receipt", "a message to somebody", "a screen that shows something"],
)
def test_only_what_shows_something_comes_beside_an_event(
    screen: Screen, event: bool, beside: list[bool]
) -> None:
    (row,) = payload(screen, VOICE, event=event).buttons
    assert [is_beside(button["data"]) for button in row] == beside
    assert [unpack(button["data"]) for button in row] == [Show(7), Do(8)]
    assert [parts(button["data"]) for button in row] == [["test.show", "7"], ["test.do", "8"]]


def test_a_forged_mark_changes_nothing_but_the_place() -> None:
    assert unpack("+" + pack(Do(8))) == Do(8)
