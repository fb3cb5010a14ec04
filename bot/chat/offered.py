"""What the bot offers: the features, for those that are made of all of them (home, /help, menus).

The handlers know the features they belong to, so these cannot be imported from below; the
composition root hands them over once, at the start.
"""

from collections.abc import Iterable

from bot.chat.feature import Feature, Opened

_features: list[Feature] = []


def offer(features: Iterable[Feature]) -> None:
    """Let the bot offer `features`, in their order, in place of what it offered before."""
    _features[:] = features


def offered() -> tuple[Feature, ...]:
    """Return the features that the bot offers."""
    return tuple(_features)


def find_link(payload: str) -> tuple[Opened, str] | None:
    """Return who answers a link with `payload`, and what they get; None for an invitation."""
    prefix, found, rest = payload.partition("_")
    if not found:
        return None
    for feature in _features:
        for entry in feature.links:
            if entry.prefix == prefix:
                return entry, rest
    return None
