"""What a button carries: a typed value, packed into Telegram's 64 bytes.

Buttons outlive restarts, so their data is short and stable: a prefix and plain fields. It is
untrusted: whoever receives it fetches its objects through `access_…` functions.
"""

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from bot.core.errors import StaleButton
from bot.core.text import CALLBACK_BYTES

C = TypeVar("C")

_MOST_NUMBER = 2**31 - 1
_BETWEEN = ":"
_BESIDE = "+"
_NONE = "-"
_types: dict[str, type] = {}
_prefixes: dict[type, str] = {}
_showing: set[type] = set()


def callback(prefix: str, *, shows: bool = False) -> Callable[[type[C]], type[C]]:
    """Make a frozen dataclass the data of a button, under a short `prefix` of its own.

    What only `shows` something must not take the place of a message that tells what happened.
    """

    def register(cls: type[C]) -> type[C]:
        if prefix in _types and _types[prefix].__qualname__ != cls.__qualname__:
            raise ValueError(f"two kinds of buttons are called {prefix!r}")
        _types[prefix] = cls
        _prefixes[cls] = prefix
        if shows:
            _showing.add(cls)
        return cls

    return register


def kinds() -> dict[str, type]:
    """Return every kind of button by its prefix."""
    return dict(_types)


def pack(data: object, *, on_event: bool = False) -> str:
    """Return `data` as the text that a button carries. Raises ValueError over 64 bytes.

    On a message that tells of an event, what only shows something is answered beside it.
    """
    fields = [_packed(getattr(data, field.name)) for field in dataclasses.fields(_dataclass(data))]
    packed = _BETWEEN.join([_prefixes[type(data)], *fields])
    if on_event and type(data) in _showing:
        packed = _BESIDE + packed
    if len(packed.encode()) > CALLBACK_BYTES:
        raise ValueError(f"a button's data is over {CALLBACK_BYTES} bytes: {packed!r}")
    return packed


def kind_of(packed: str) -> type | None:
    """Return the kind of button that `packed` claims to come from; None for none of ours."""
    return _types.get(parts(packed)[0])


def is_beside(packed: str) -> bool:
    """Tell whether the answer to a button comes beside its message instead of in its place."""
    return packed.startswith(_BESIDE)


def unpack(packed: str) -> Any:
    """Return the data of a button. Raises StaleButton for what is none of ours or not whole."""
    kind = kind_of(packed)
    if kind is None:
        raise StaleButton
    fields = dataclasses.fields(_dataclass(kind))
    values = parts(packed)[1:]
    if len(values) != len(fields):
        raise StaleButton
    hints = typing.get_type_hints(kind)
    try:
        return kind(
            *(
                _unpacked(value, hints[field.name])
                for value, field in zip(values, fields, strict=True)
            )
        )
    except ValueError as error:
        raise StaleButton from error


def can_carry(data: object) -> bool:
    """Tell whether a button can carry `data`: user text may be too long, or hold a colon."""
    try:
        pack(data, on_event=True)
    except ValueError:
        return False
    return True


def read_id(text: str | None) -> int:
    """Return the id that a field of text carries. Raises StaleButton for anything else."""
    try:
        number = _integer(text or "")
    except ValueError as error:
        raise StaleButton from error
    return number


def parts(packed: str) -> list[str]:
    """Return the prefix of a button's data and its fields as text."""
    return packed.removeprefix(_BESIDE).split(_BETWEEN)


def _dataclass(data: Any) -> Any:
    return data


def _packed(value: object) -> str:
    if value is None:
        return _NONE
    if isinstance(value, bool):
        return "1" if value else "0"
    text = value.isoformat() if isinstance(value, date) else str(value)
    if _BETWEEN in text or (isinstance(value, str) and text == _NONE):
        raise ValueError(f"a button cannot carry {text!r}")
    return text


def _unpacked(text: str, hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        if text == _NONE:
            return None
        hint = next(option for option in typing.get_args(hint) if option is not types.NoneType)
    if hint is bool:
        return {"0": False, "1": True}[text] if text in {"0", "1"} else _refuse(text)
    if hint is date:
        return date.fromisoformat(text)
    if hint is int:
        return _integer(text)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(text)
    return text


def _integer(text: str) -> int:
    digits = text.removeprefix("-")
    # Our numbers are 32 bits wide; PostgreSQL fails on a comparison with a larger one.
    if not (digits.isascii() and digits.isdigit()) or int(digits) > _MOST_NUMBER:
        _refuse(text)
    return int(text)


def _refuse(text: str) -> typing.NoReturn:
    raise ValueError(text)
