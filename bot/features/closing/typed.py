"""Reading the numbers of a post as its lead types them; the words are in typed.json.

One line may hold them all: 接触约300人 传单200余份 咨询30人 签名50人 问20人 知道18人.
"""

import json
import re
from functools import cache
from importlib import resources
from typing import Any

from bot.features.closing.errors import NotACount, NumbersUnreadable
from bot.features.closing.models import Counted
from bot.features.reports.reading.amounts import Amount, read_amount, split_named

_MOST_QUOTED = 20


@cache
def words() -> dict[str, Any]:
    """Return the names of what is counted and what it is counted in."""
    text = resources.files(__package__).joinpath("typed.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def counted_in(what: Counted) -> str:
    """Return the measure word of something that is counted."""
    return str(words()["counted_in"][what])


def read_count(text: str, what: Counted) -> Amount:
    """Return the one number that `text` says. Raises NotACount and what `read_amount` raises."""
    amount = read_amount(text, counted_in=counted_in(what))
    if not amount.is_whole:
        raise NotACount(text=amount.raw)
    return amount


def read_counts(text: str) -> dict[Counted, Amount]:
    """Return all numbers of `text` that stand behind a name, each thing once.

    Raises NumbersUnreadable where a part of it says no such number, NotACount and what
    `read_amount` raises.
    """
    pieces = [piece for piece in re.split(_between(), text) if piece]
    found: dict[Counted, Amount] = {}
    for piece in _joined(pieces):
        split = split_named(piece)
        what = None if split is None else _named(split[0])
        if split is None or what is None:
            raise NumbersUnreadable(text=piece[:_MOST_QUOTED])
        found[what] = read_count(split[1], what)
    if not found:
        raise NumbersUnreadable(text=text[:_MOST_QUOTED])
    return found


def _joined(pieces: list[str]) -> list[str]:
    """Put a name, and the number and the measure word that stand apart from it, together."""
    joined: list[str] = []
    for piece in pieces:
        unfinished = joined and not any(char.isdigit() for char in joined[-1])
        if joined and (unfinished or piece in words()["measures"]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _named(name: str) -> Counted | None:
    """Return what is counted under `name`: the longest name that it holds."""
    for verb in words()["verbs"]:
        name = name.removesuffix(verb)
    fitting = [
        (len(one), what) for what, names in words()["names"].items() for one in names if one in name
    ]
    return Counted(max(fitting)[1]) if fitting else None


def _between() -> str:
    return "|".join(re.escape(mark) for mark in words()["between"])
