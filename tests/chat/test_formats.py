"""Text with its writer's formats."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.formats import formatted_html
from bot.chat.text import Formatted, Mark


def shown(text: str, *marks: Mark) -> str:
    """Return `text` with `marks` as HTML."""
    return formatted_html(Formatted(text, marks))


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("请准时", [Mark("bold", 1, 2)], "请<b>准时</b>"),
        ("a<b & c", [Mark("italic", 1, 2)], "a<i>&lt;b</i> &amp; c"),
        ("😀会", [Mark("bold", 2, 1)], "😀<b>会</b>"),
        ("粗斜体", [Mark("italic", 1, 1), Mark("bold", 0, 3)], "<b>粗<i>斜</i>体</b>"),
        (
            "见这里",
            [Mark("text_link", 1, 2, url='https://a.cn/?a=1&b="')],
            '见<a href="https://a.cn/?a=1&amp;b=&quot;">这里</a>',
        ),
        ("引文", [Mark("blockquote", 0, 2), Mark("bold", 0, 1)], "<blockquote><b>引</b>文</blockquote>"),
    ],
)  # fmt: skip
def test_formats_are_kept(text: str, marks: list[Mark], expected: str) -> None:
    assert shown(text, *marks) == expected


@pytest.mark.parametrize(
    "marks",
    [
        [Mark("text_link", 0, 2, url="javascript:alert(1)")],  # no link that we pass on
        [Mark("text_link", 0, 2)],  # a link to nowhere
        [Mark("custom_emoji", 0, 2)],  # a bot has none
        [Mark("something_new", 0, 2)],
        [Mark("bold", 2, 9)],  # leaves the text
        [Mark("bold", -1, 2)],
        [Mark("bold", 1, 0)],
    ],
)
def test_what_cannot_be_shown_is_said_plainly(marks: list[Mark]) -> None:
    assert shown("开会了", *marks) == "开会了"


def test_of_two_formats_that_cut_each_other_the_first_stays() -> None:
    assert shown("一二三四", Mark("bold", 0, 3), Mark("italic", 2, 2)) == "<b>一二三</b>四"


KINDS = ["bold", "italic", "code", "pre", "blockquote", "spoiler", "text_link", "nothing"]
MARKS = st.builds(
    Mark,
    st.sampled_from(KINDS),
    st.integers(-2, 12),
    st.integers(-1, 12),
    st.sampled_from([None, "https://a.cn", "tg://user?id=1"]),
)


@given(st.text('一😀<&>"ab\n', max_size=10), st.lists(MARKS, max_size=6))
def test_whatever_the_formats_say_the_words_stay_and_the_tags_are_closed(
    text: str, marks: list[Mark]
) -> None:
    marked = shown(text, *marks)
    plain = html.unescape(re.sub(r"<[^>]*>", "", marked))
    if not any(cuts_a_character(text, mark) for mark in marks):
        assert plain == text
    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z-]+)[^>]*>", marked):
        if closing:
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert open_tags == []


def cuts_a_character(text: str, mark: Mark) -> bool:
    """Tell whether a mark begins or ends inside of a character of two units."""
    borders = {0}
    for char in text:
        borders.add(max(borders) + len(char.encode("utf-16-le")) // 2)
    return not {mark.offset, mark.offset + mark.length} <= borders
