"""Turning pages, whatever number a button claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.pager import page_count, page_of, pager
from bot.chat.text import Plain


def signs(number: int, pages: int) -> list[tuple[str, object]]:
    row = pager(number, pages, lambda to: to)
    return [(button.text.text, button.press) for button in row if isinstance(button.text, Plain)]


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (8, 1), (9, 2), (16, 2), (17, 3)])
def test_pages_are_counted(total: int, pages: int) -> None:
    assert page_count(total, size=8) == pages


@given(st.integers(0, 50), st.integers(-(10**9), 10**9))
def test_any_number_leads_to_a_page_that_there_is(total: int, number: int) -> None:
    page = page_of(range(total), number, size=8)
    assert 1 <= page.number <= page.pages
    assert bool(page.items) is (total > 0)


@given(st.integers(0, 50))
def test_all_pages_together_are_the_list(total: int) -> None:
    pages = page_count(total, size=8)
    shown = [item for at in range(1, pages + 1) for item in page_of(range(total), at, size=8).items]
    assert shown == list(range(total))


def test_one_page_needs_no_pager() -> None:
    assert signs(1, 1) == []


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, [("1/12", 1), ("›", 2), ("»", 12)]),
        (2, [("‹", 1), ("2/12", 2), ("›", 3), ("»", 12)]),
        (3, [("«", 1), ("‹", 2), ("3/12", 3), ("›", 4), ("»", 12)]),
        (11, [("«", 1), ("‹", 10), ("11/12", 11), ("›", 12)]),
        (12, [("«", 1), ("‹", 11), ("12/12", 12)]),
    ],
)
def test_only_pages_that_there_are_can_be_turned_to(
    number: int, shown: list[tuple[str, int]]
) -> None:
    assert signs(number, 12) == shown
