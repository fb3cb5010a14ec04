"""A copy of everything that is kept of one person, gathered from all features."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.call import Call
from bot.chat.render import Voice, to_plain
from bot.chat.text import Plain, T, Text


@dataclass(frozen=True)
class DataPart:
    """One chapter of the copy: what it is about and a line for each thing."""

    title: Text
    lines: Sequence[Text]


Contribute = Callable[[Call], DataPart]

_contributions: list[tuple[int, Contribute]] = []


def my_data(order: int) -> Callable[[Contribute], Contribute]:
    """Let the decorated function tell what a feature keeps of the actor; lower `order` is first.

    Put it into the cards of the feature.
    """

    def register(contribute: Contribute) -> Contribute:
        _contributions.append((order, contribute))
        return contribute

    return register


def everything(call: Call) -> str:
    """Return all that is kept of the actor as a text for reading, in their language."""
    voice = call.voice(call.language)
    whole = [to_plain(T("mydata.title", at=exact(call.now, call.config.time.zone_info)), voice)]
    for _, contribute in sorted(_contributions, key=lambda entry: entry[0]):
        whole += ["", *_chapter(contribute(call), voice)]
    return "\n".join(whole) + "\n"


def exact(moment: datetime, zone: ZoneInfo) -> Plain:
    """Return a time with its year and minute, as a record needs it."""
    return Plain(f"{moment.astimezone(zone):%Y-%m-%d %H:%M}")


def _chapter(part: DataPart, voice: Voice) -> list[str]:
    lines = [to_plain(line, voice) for line in part.lines] or [to_plain(T("mydata.nothing"), voice)]
    return [f"[{to_plain(part.title, voice)}]", *(line.replace("\n", "\n    ") for line in lines)]
