"""What a list of names gave: whom it means, and what was not found."""

from collections.abc import Sequence

from bot.chat.text import Clipped, Lines, Listed, Plain, T, Text
from bot.features.notices.lists import FoundNames

_MOST_SHOWN = 30
_NAME_UNITS = 20


def list_note(found: FoundNames) -> Text:
    """Return how many units and people a list named, and every name that was not found."""
    return Lines(
        T("notices.list_found", units=found.units, people=found.people),
        _unfound("notices.list_unknown", found.unknown),
        _unfound("notices.list_ambiguous", found.ambiguous),
    )


def _unfound(key: str, names: Sequence[str]) -> Text | None:
    if not names:
        return None
    shown: list[Text] = [Clipped(name, _NAME_UNITS) for name in names[:_MOST_SHOWN]]
    if len(names) > _MOST_SHOWN:
        shown.append(Plain("…"))
    return T(key, count=len(names), names=Listed(shown))
