"""Text as Telegram counts it and as users send it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import cleaned, clipped, one_line, pages, units

ANY_TEXT = st.text(st.characters(codec=None))


def test_astral_characters_count_twice() -> None:
    assert units("宣传👍") == 4


@given(ANY_TEXT, st.integers(1, 40))
def test_clipping_never_exceeds_its_length(text: str, most: int) -> None:
    assert units(clipped(text, most)) <= max(most, 1)


@given(ANY_TEXT, st.integers(2, 40))
def test_pages_hold_every_character_and_none_is_too_long(text: str, most: int) -> None:
    found = pages(text, most)
    assert "".join(found) == text
    assert found
    assert all(units(page) <= most for page in found)


def test_a_page_ends_at_the_end_of_a_line() -> None:
    assert pages("一二三\n四五六七八\n九", 6) == ["一二三\n", "四五六七八\n", "九"]
    assert pages("一二三四五六七", 6) == ["一二三四五六", "七"]


@given(ANY_TEXT)
def test_cleaned_text_binds_in_every_database(text: str) -> None:
    clean = cleaned(text)
    clean.encode("utf-8")
    assert "\x00" not in clean


def test_direction_marks_and_lone_surrogates_go() -> None:
    assert cleaned("\u202e活动\ud83d 名称\u200f\x00") == "活动� 名称"


def test_a_surrogate_pair_becomes_its_character() -> None:
    assert cleaned("\ud83d\ude00") == "😀"


def test_line_ends_are_one_newline_each() -> None:
    assert cleaned(" 一\r\n二\r三 ") == "一\n二\n三"
    assert one_line("一\n 二\t三") == "一 二 三"
