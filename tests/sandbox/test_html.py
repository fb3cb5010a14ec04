"""Telegram's HTML: what it becomes, and how it is refused."""

import pytest

from bot.sandbox.answers import JsonObject, Refused
from bot.sandbox.text.entities import found_entities
from bot.sandbox.text.formatted import formatted
from bot.sandbox.text.html import parsed_html
from bot.sandbox.text.view import as_html


def entity(kind: str, offset: int, length: int, **more: object) -> JsonObject:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b>", "a", [entity("bold", 0, 1)]),
        ("<strong>a</strong>", "a", [entity("bold", 0, 1)]),
        ("<i>a</i><em>b</em>", "ab", [entity("italic", 0, 1), entity("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [entity("strikethrough", at, 1) for at in range(3)],
        ),
        ("<code>a</code>", "a", [entity("code", 0, 1)]),
        ("<pre>a</pre>", "a", [entity("pre", 0, 1)]),
        (
            '<pre><code class="language-python">a</code></pre>',
            "a",
            [entity("pre", 0, 1, language="python")],
        ),
        ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
        ('<a href="https://a.b/?x=1&amp;y=2">c</a>', "c", [
            entity("text_link", 0, 1, url="https://a.b/?x=1&y=2"),
        ]),
        ("<a href='tg://user?id=11'>c</a>", "c", [
            entity("text_mention", 0, 1, user={"id": 11, "is_bot": False}),
        ]),
        ("<a>www.a.b</a>", "www.a.b", [entity("text_link", 0, 7, url="http://www.a.b")]),
        ("<a href='nowhere'>c</a>", "c", []),
        ("<b></b>", "", []),
        ("a &lt;&gt;&amp;&quot; b", 'a <>&" b', []),
        ("&#65;&#x42;&#8364;", "AB€", []),
        ("fish & chips &nbsp; &#0;", "fish & chips &nbsp; &#0;", []),
        # offsets count UTF-16 units: an emoji has two
        ("😀<b>好😀</b>", "😀好😀", [entity("bold", 2, 3)]),
        # nested, the outer one first
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<B>a</b >", "a", [entity("bold", 0, 1)]),
        ("<b>a</>", "a", [entity("bold", 0, 1)]),
    ],
)  # fmt: skip
def test_markup_becomes_entities(source: str, text: str, entities: list[JsonObject]) -> None:
    assert parsed_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a <5", "Unclosed start tag at byte offset 2"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("好<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("a < b >", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        (
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
        ('<a href="x>c</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>c</a>", "Unexpected end of name token at byte offset 8"),
        ('<a ="x">c</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_bad_markup_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        parsed_html(source)
    assert refused.value.code == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_white_space_around_a_text_is_taken_off_with_its_entities_moved() -> None:
    ready = formatted("  \n<b> a</b> ", parse_mode="HTML", entities=None)
    assert ready == ("a", [entity("bold", 0, 1)])


def test_entities_of_the_caller_are_kept_without_a_parse_mode() -> None:
    given = [entity("bold", 0, 1)]
    assert formatted("<b>", parse_mode=None, entities=given) == ("<b>", given)


@pytest.mark.parametrize("given", ["bold", [1], [{"type": "bold"}], [entity("b", 0, 1, x=1)]])
def test_entities_that_are_none_are_refused(given: object) -> None:
    with pytest.raises(Refused):
        formatted("a", parse_mode=None, entities=given)


def test_half_a_character_by_number_is_refused() -> None:
    with pytest.raises(Refused, match="invalid Unicode characters"):
        formatted("a &#55357; b", parse_mode="HTML", entities=None)


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start abc", [entity("bot_command", 0, 6)]),
        ("😀 /go@sandbox_bot now", [entity("bot_command", 3, 15)]),
        ("a/b and 1/2", []),
        ("see https://a.b/c?d=1.", [entity("url", 4, 17)]),
        ("t.me/bot?start=x", [entity("url", 0, 16)]),
        ("@anna_b #tag a@b.cd", [
            entity("mention", 0, 7), entity("hashtag", 8, 4), entity("email", 13, 6),
        ]),
        ("just words", []),
    ],
)  # fmt: skip
def test_telegram_finds_commands_and_addresses_by_itself(
    text: str, entities: list[JsonObject]
) -> None:
    assert found_entities(text) == entities


def test_no_address_is_found_inside_code() -> None:
    ready = formatted("<code>/go</code> /go", parse_mode="HTML", entities=None)
    assert ready.entities == [entity("code", 0, 3), entity("bot_command", 4, 3)]


@pytest.mark.parametrize(
    "source",
    [
        "<b>a<i>b</i></b> c",
        "😀<b>好😀</b> &lt;&amp;",
        '<a href="https://a.b/?x=1&amp;y=2">c</a>',
        "<blockquote expandable>a</blockquote>",
        "<tg-spoiler>a<u>b</u></tg-spoiler>",
    ],
)
def test_what_was_marked_up_is_shown_marked_up(source: str) -> None:
    assert as_html(*parsed_html(source)) == source


def test_entities_that_cross_are_shown_nested() -> None:
    crossing = [entity("bold", 0, 2), entity("italic", 1, 2)]
    assert as_html("abc", crossing) == "<b>a<i>b</i></b>c"
