"""Turning pages: « ‹ 3/12 › »."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.chat.screen import Button
from bot.chat.text import Plain

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list: its items, its number from 1, and how many pages there are."""

    items: Sequence[Item]
    number: int
    pages: int


def page_count(total: int, *, size: int) -> int:
    """Return how many pages of `size` items `total` items fill; an empty list fills one."""
    return max(1, -(-total // size))


def page_of(items: Sequence[Item], number: int, *, size: int) -> Page[Item]:
    """Return page `number` of `items`, or the nearest page that there is."""
    pages = page_count(len(items), size=size)
    at = min(max(number, 1), pages)
    return Page(items[(at - 1) * size : at * size], at, pages)


def pager(number: int, pages: int, turn: Callable[[int], object]) -> list[Button]:
    """Return the row that turns pages; empty for a single page. `turn` makes a page's data.

    « and » are left out where ‹ and › lead to the same page.
    """
    if pages <= 1:
        return []
    steps = [("‹", number - 1), (f"{number}/{pages}", number), ("›", number + 1)]
    first = [] if number - 1 == 1 else [("«", 1)]
    last = [] if number == pages - 1 else [("»", pages)]
    shown = [*first, *steps, *last]
    return [
        Button(Plain(sign), turn(target))
        for sign, target in shown
        if 1 <= target <= pages and (target != number or "/" in sign)
    ]
