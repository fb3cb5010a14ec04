"""Where formats are once text was cleaned."""

import pytest

from bot.core.text import cleaned, cleaned_spans, units


def part(text: str, offset: int, length: int) -> str:
    """Return a stretch of `text`, counted in UTF-16 units."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


@pytest.mark.parametrize(
    ("before", "marked", "after"),
    [
        ("", "开会", ""),
        ("  \n", "开会", "。 "),
        ("😀", "开会", ""),  # two units
        ("第一行\r\n", "开会", "\r\n"),
        ("\u200e\u202a", "开会", "\u200f"),  # direction marks go
        ("\x00\x07", "开😀会", ""),
        ("\r\r\n\n", "开会", ""),
    ],
)
def test_a_format_stays_on_its_words(before: str, marked: str, after: str) -> None:
    raw = before + marked + after
    [(offset, length)] = cleaned_spans(raw, [(units(before), units(marked))])
    assert part(cleaned(raw), offset, length) == marked


def test_what_lies_outside_or_was_blank_has_no_length() -> None:
    assert cleaned_spans("  会  ", [(0, 2), (90, 3), (-5, 2), (3, 2)]) == [
        (0, 0),
        (1, 0),
        (0, 0),
        (1, 0),
    ]


def test_a_format_that_leaves_the_text_ends_with_it() -> None:
    assert cleaned_spans("开会", [(1, 900)]) == [(1, 1)]
