"""What the pictures need of the machine."""

from collections.abc import Callable
from typing import NoReturn

import pytest

from bot.render.child.fonts import find_font
from bot.render.errors import FontMissing


@pytest.fixture
def chinese_font(do_without: Callable[[str], NoReturn]) -> None:
    """Skip without a font that writes Chinese; CI has one."""
    try:
        find_font(["责任覆盖"])
    except FontMissing:
        do_without("no font for Chinese (on Debian: apt-get install fonts-wqy-microhei)")
