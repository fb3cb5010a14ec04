"""The buttons of the queue, and how one carries all that a page showed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.chat.callback import callback, can_carry
from bot.core.errors import StaleButton
from bot.features.reviewing.queue import Kind

PAGE = 8
"""What stands on one page of the queue, and so the most that is accepted at once."""

_BETWEEN = "."
_VERSION = "~"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MOST_ID = 2**31 - 1


@callback("rv.s", shows=True)
@dataclass(frozen=True)
class Turn:
    """Shows what waits after something, or before it."""

    kind: Kind
    item_id: int
    forward: bool


@callback("rv.o", shows=True)
@dataclass(frozen=True)
class OpenWaiting:
    """Shows something that waits, within the queue."""

    kind: Kind
    item_id: int


@callback("rv.a")
@dataclass(frozen=True)
class AcceptWaiting:
    """Accepts a version of something (采用), and goes on to what waits next."""

    kind: Kind
    item_id: int
    version: int


@callback("rv.l", shows=True)
@dataclass(frozen=True)
class ListWaiting:
    """Shows a page of the queue, or of one kind in it."""

    page: int = 1
    kind: Kind | None = None


@callback("rv.p")
@dataclass(frozen=True)
class AskAcceptPage:
    """Asks whether to accept the reports of a page, and says which (本页全部采用)."""

    page: int
    kind: Kind | None = None


@callback("rv.t")
@dataclass(frozen=True)
class AcceptShown:
    """Accepts exactly the reports that were shown, in the versions that were shown."""

    shown: str


def accept_shown_button(shown: Mapping[int, int]) -> tuple[AcceptShown, dict[int, int]]:
    """Return the data of a button for `shown` (versions by the reports' ids), and what it carries.

    That is all of it but where the ids are so long that not all have room.
    """
    fitting = dict(sorted(shown.items()))
    while not can_carry(data := AcceptShown(_packed(fitting.items()))):
        fitting.popitem()
    return data, fitting


def read_shown(packed: str) -> dict[int, int]:
    """Return the versions by the reports' ids that a button carries. Raises StaleButton."""
    parts = packed.split(_BETWEEN)
    if len(parts) > PAGE:
        raise StaleButton
    found: dict[int, int] = {}
    last = 0
    for part in parts:
        step, mark, version = part.partition(_VERSION)
        last += _number(step)
        found[last] = _number(version) if mark else 1
    if last > _MOST_ID or max(found.values()) > _MOST_ID:
        raise StaleButton
    return found


def _packed(shown: Iterable[tuple[int, int]]) -> str:
    parts, last = [], 0
    for report_id, version in shown:
        mark = "" if version == 1 else f"{_VERSION}{_text(version)}"
        parts.append(f"{_text(report_id - last)}{mark}")
        last = report_id
    return _BETWEEN.join(parts)


def _text(number: int) -> str:
    text = ""
    while True:
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
        if not number:
            return text


def _number(text: str) -> int:
    if not text or any(char not in _DIGITS for char in text):
        raise StaleButton
    return int(text, len(_DIGITS))
