"""No text breaks the reader, and every value points at its words."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.reports.reading.paragraph import Reader, reader_of
from bot.features.reports.reading.result import Reading, Said, WarningKind
from bot.features.reports.reading.split import split
from tests.features.reports.reading.conftest import TODAY
from tests.support.config import REPORTS, ROOT, make_config

PARAGRAPHS = ROOT / "tests" / "data" / "paragraphs.jsonl"
SNIPPETS = "3月24日 当日 月日 120 万 余 多 约 条 份 横幅 宣传单 。 ， 、 “ ” 在 举行 联合 县科协 分别 第 百 - l ○ 😀"


def said_of(reading: Reading) -> Iterator[Said]:
    for one in (reading.date, reading.place, reading.title, *reading.partners, *reading.values):
        if one is not None and one.said is not None:
            yield one.said
    yield from (one.said for one in reading.warnings if one.said is not None)


def check_words(reading: Reading) -> None:
    for said in said_of(reading):
        assert reading.text[said.start : said.end] == said.raw != ""


def texts() -> list[str]:
    lines = [*REPORTS.read_text("utf-8").splitlines(), *PARAGRAPHS.read_text("utf-8").splitlines()]
    found: list[Any] = [json.loads(line)["text"] for line in lines]
    return found


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "😀🎉", "。。。", "\x00", "\ud800", "\u200b"])
def test_what_says_nothing_is_called_empty(reader: Reader, text: str) -> None:
    reading = reader.read(text, today=TODAY)
    assert [one.kind for one in reading.warnings] == [WarningKind.text_empty]
    assert (reading.date.said, reading.place, reading.title, reading.values) == (
        None,
        None,
        None,
        (),
    )


def test_a_text_of_many_messages_is_read_and_called_long(reader: Reader) -> None:
    text = ("6月12日，在富园广场发放宣传单2000份。" * 1500)[:30_000]
    reading = reader.read(text, today=TODAY)
    assert reading.warned(WarningKind.text_long)
    assert [one.metric for one in reading.values] == ["leaflets_distributed"]


@pytest.mark.parametrize("piece", ["1", "一", "“", "1,", "3月", "在", "横幅1条", "每2份", "\ue000"])
def test_thirty_thousand_characters_of_one_kind_are_read(reader: Reader, piece: str) -> None:
    check_words(reader.read((piece * 30_000)[:30_000], today=TODAY))


def test_every_value_keeps_the_words_that_it_came_from(reader: Reader) -> None:
    for text in texts():
        check_words(reader.read(text, today=TODAY))


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=300) | st.lists(st.sampled_from(SNIPPETS.split()), max_size=60).map("".join)
)
def test_no_text_breaks_the_reader(text: str) -> None:
    reader = reader_of(SHIPPED)
    check_words(reader.read(text, today=TODAY))
    for proposal in split(text, reader, today=TODAY):
        if proposal.reading is not None:
            check_words(proposal.reading)


SHIPPED = make_config()
