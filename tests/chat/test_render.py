"""From screens to payloads: the one place where user text is escaped and lengths are checked."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards.home import Home
from bot.chat.render import Voice, fitted, payload, rows_of, stripped, to_html, to_plain
from bot.chat.screen import Ask, Button, Key, LinkButton, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Listed, Month, Plain, Span, T, Text, tn
from bot.core.text import MESSAGE_UNITS, units
from bot.features.outbox.payload import Attachment

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINESE = Voice("zh_CN", SHANGHAI)
ENGLISH = Voice("en", SHANGHAI)
MORNING = datetime(2024, 6, 12, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        (T("home.home"), "首页", "Home"),
        (Plain("<b>&"), "&lt;b&gt;&amp;", "&lt;b&gt;&amp;"),
        (T("rename.done", name="<i>{x}"), "已改，现在称呼您 &lt;i&gt;{x}。", None),
        (tn("units.count", 1), "承担任务 1 个", "1 unit holds tasks"),
        (tn("units.count", 1234), "承担任务 1,234 个", "1,234 units hold tasks"),
        (Listed([Plain("甲"), Plain("乙")]), "甲、乙", "甲, 乙"),
        (Listed([Plain("甲"), Plain("乙")], between=" · "), "甲 · 乙", "甲 · 乙"),
        (Lines(Plain("a"), None, BLANK, Plain("b")), "a\n\nb", "a\n\nb"),
        (Month(date(2024, 6, 1)), "6月", "June"),
        (Span(MORNING, MORNING.replace(hour=3)), "6月12日（周三）09:30–11:30", None),
        (Clipped("文明宣传<活动>", 6), "文明宣传&lt;…", "文明宣传&lt;…"),
    ],
)
def test_texts_are_said_in_both_languages(text: Text, chinese: str, english: str | None) -> None:
    assert to_html(text, CHINESE) == chinese
    if english is not None:
        assert to_html(text, ENGLISH) == english


def test_values_are_written_as_the_language_writes_them() -> None:
    text = T("conversation.unfinished", title=T("flow.join"), since=MORNING)
    assert "<b>登记</b>" in to_html(text, CHINESE)
    assert "6月12日（周三）09:30" in to_html(text, CHINESE)
    assert "09:30" in to_html(text, ENGLISH)


@given(st.text(max_size=100))
def test_user_text_never_becomes_mark_up(text: str) -> None:
    marked = to_html(T("rename.done", name=text), CHINESE)
    assert stripped(marked) == f"已改，现在称呼您 {text}。"


def test_a_text_that_no_language_has_is_a_mistake() -> None:
    with pytest.raises(LookupError):
        to_html(T("no.such.text"), CHINESE)


def test_something_that_is_no_text_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        to_html(Text(), CHINESE)


@given(st.text(alphabet=st.sampled_from("文a<&👍"), max_size=40), st.integers(1, 50))
def test_a_message_is_never_longer_than_allowed(text: str, most: int) -> None:
    marked = to_html(Lines(T("home.home"), Plain(text)), CHINESE)
    assert units(stripped(fitted(marked, most))) <= most


def test_what_fits_keeps_its_mark_up_and_what_does_not_loses_it() -> None:
    assert fitted("<b>ab</b>", 2) == "<b>ab</b>"
    assert fitted("<b>a&amp;bc</b>", 3) == "a&amp;…"


def test_a_long_screen_is_cut_to_telegrams_limit() -> None:
    said = payload(Screen(Plain("👍" * 3000)), CHINESE)
    assert units(stripped(said.html)) <= MESSAGE_UNITS
    assert said.html.endswith("…")
    short = payload(Screen(Plain("👍" * 2048)), CHINESE)
    assert short.html == "👍" * 2048


def test_buttons_are_plain_text_with_packed_data() -> None:
    screen = Screen(
        Plain("x"),
        [
            [Button(Plain("<b>&"), Home()), Button(T("home.home"), Home(), Style.danger)],
            [],
            [LinkButton(Plain("open"), "https://t.me/x")],
        ],
    )
    assert payload(screen, ENGLISH).buttons == [
        [
            {"text": "<b>&", "data": "home"},
            {"text": "Home", "data": "home", "style": "danger"},
        ],
        [{"text": "open", "url": "https://t.me/x"}],
    ]


def test_the_reply_keyboard_is_set_left_or_taken_away() -> None:
    assert payload(Screen(Plain("x")), CHINESE).reply_keyboard is None
    assert payload(Screen(Plain("x"), keys=[]), CHINESE).reply_keyboard == []
    keys = [[Key(Plain("a")), Key(Plain("b"), Ask.location)]]
    assert payload(Screen(Plain("x"), keys=keys), CHINESE).reply_keyboard == [
        [{"text": "a"}, {"text": "b", "ask": "location"}]
    ]


def test_files_and_flags_are_carried_on() -> None:
    file = Attachment(kind="document", name="a.txt", text="x")
    said = payload(Screen(Plain("x"), files=[file], silent=True, protected=True), CHINESE)
    assert (said.files, said.silent, said.protected) == ([file], True, True)


def test_rows_are_filled_from_the_left() -> None:
    buttons = [Button(Plain(str(number)), Home()) for number in range(5)]
    assert [len(row) for row in rows_of(buttons, width=2)] == [2, 2, 1]
    assert rows_of([], width=2) == []
    assert to_plain(buttons[4].text, CHINESE) == "4"


def test_a_line_and_a_row_can_be_added_to_a_screen() -> None:
    row = [Button(Plain("go"), Home())]
    screen = Screen(Plain("a"), [row]).with_line(Plain("b"), row)
    assert to_html(screen.text, CHINESE) == "a\nb"
    assert screen.rows == [row, row]
