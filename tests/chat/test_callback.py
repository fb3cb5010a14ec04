"""What a button carries comes back as it was, and what it cannot carry is never sent."""

import typing
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import callback
from bot.chat.callback import can_carry, kind_of, kinds, pack, read_id, unpack
from bot.core.errors import StaleButton
from bot.core.text import CALLBACK_BYTES
from handlers import FEATURES

assert FEATURES  # importing them registers every kind of button


class Colour(StrEnum):
    red = "r"
    blue = "b"


@callback.callback("test.all")
@dataclass(frozen=True)
class Everything:
    number: int
    maybe: int | None
    sure: bool
    day: date
    colour: Colour
    word: str
    maybe_word: str | None


@callback.callback("test.word")
@dataclass(frozen=True)
class Word:
    word: str


@callback.callback("test.none")
@dataclass(frozen=True)
class Nothing:
    pass


NUMBERS = st.integers(-(2**31) + 1, 2**31 - 1)
WORDS = st.text("abcxyz0189_.-", max_size=7).filter(lambda word: word != "-")


@given(
    st.builds(
        Everything,
        number=NUMBERS,
        maybe=NUMBERS | st.none(),
        sure=st.booleans(),
        day=st.dates(),
        colour=st.sampled_from(Colour),
        word=WORDS,
        maybe_word=WORDS | st.none(),
    )
)
def test_what_is_packed_comes_back(data: Everything) -> None:
    packed = pack(data)
    assert len(packed.encode()) <= CALLBACK_BYTES
    assert unpack(packed) == data


def test_a_button_without_fields_is_its_prefix() -> None:
    assert pack(Nothing()) == "test.none"
    assert unpack("test.none") == Nothing()


@pytest.mark.parametrize("word", ["x" * 56, "文" * 19, "a:b", "-"])
def test_what_does_not_fit_is_refused_before_it_is_sent(word: str) -> None:
    assert not can_carry(Word(word))
    with pytest.raises(ValueError, match="button"):
        pack(Word(word))


def test_64_bytes_are_carried_and_65_are_not() -> None:
    room = CALLBACK_BYTES - len("test.word:")
    assert len(pack(Word("x" * room))) == CALLBACK_BYTES
    assert not can_carry(Word("x" * (room + 1)))


@pytest.mark.parametrize(
    "forged",
    [
        "",
        ":",
        "no.such.kind:1",
        "test.none:",
        "test.none:1",
        "test.all:1:2",
        "test.all:x:-:1:2024-06-10:r:a:-",
        "test.all:\uff11:-:1:2024-06-10:r:a:-",
        "test.all:1.5:-:1:2024-06-10:r:a:-",
        "test.all:--1:-:1:2024-06-10:r:a:-",
        "test.all::-:1:2024-06-10:r:a:-",
        "test.all:2147483648:-:1:2024-06-10:r:a:-",
        "test.all:999999999999999999999999:-:1:2024-06-10:r:a:-",
        "test.all:1:-:yes:2024-06-10:r:a:-",
        "test.all:1:-:1:2024-06-31:r:a:-",
        "test.all:1:-:1:2024-06-10:green:a:-",
    ],
)
def test_what_was_forged_is_a_stale_button(forged: str) -> None:
    with pytest.raises(StaleButton):
        unpack(forged)


def test_the_same_with_nothing_forged_is_read() -> None:
    data = unpack("test.all:1:-:1:2024-06-10:r:a:-")
    assert data == Everything(1, None, True, date(2024, 6, 10), Colour.red, "a", None)


@given(st.sampled_from(sorted(kinds())), st.text(max_size=60))
def test_any_data_of_any_kind_is_read_or_refused(prefix: str, rest: str) -> None:
    try:
        data = unpack(f"{prefix}:{rest}" if rest else prefix)
    except StaleButton:
        return
    assert type(data) is kinds()[prefix]


@given(st.text(max_size=64))
def test_any_text_is_read_or_refused(packed: str) -> None:
    try:
        data = unpack(packed)
    except StaleButton:
        return
    assert kind_of(packed) is type(data)


def test_the_kinds_of_the_bot_leave_room_for_their_fields() -> None:
    assert len(kinds()) > 30
    long = [prefix for prefix in kinds() if len(prefix) > 8 and not prefix.startswith("test.")]
    assert long == []


def test_every_kind_carries_only_what_can_be_read_back() -> None:
    readable = (int, bool, str, date, StrEnum)
    for kind in kinds().values():
        hints = typing.get_type_hints(kind)
        for field in fields(kind):
            options = typing.get_args(hints[field.name]) or (hints[field.name],)
            for option in options:
                assert option is type(None) or issubclass(option, readable), (kind, field.name)


def test_two_kinds_cannot_share_a_prefix() -> None:
    with pytest.raises(ValueError, match="two kinds"):

        @callback.callback("test.word")
        @dataclass(frozen=True)
        class Other:
            pass


@pytest.mark.parametrize("text", [None, "", "x", "1:2", "\uff12", str(2**31)])
def test_an_id_that_is_none_is_a_stale_button(text: str | None) -> None:
    with pytest.raises(StaleButton):
        read_id(text)


def test_an_id_is_read() -> None:
    assert read_id("2147483647") == 2147483647
