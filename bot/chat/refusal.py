"""A business error becomes one clear sentence, and where it helps a way on."""

from collections.abc import Callable
from typing import Any, TypeVar

from bot.chat.call import Call
from bot.chat.screen import Screen
from bot.chat.text import T, Text, Value
from bot.core.errors import BusinessError

B = TypeVar("B", bound=BusinessError)

_explained: dict[type[BusinessError], Callable[[Call, Any], Screen]] = {}


def explains(
    error: type[B],
) -> Callable[[Callable[[Call, B], Screen]], Callable[[Call, B], Screen]]:
    """Let the decorated function answer one kind of error with more than its sentence."""

    def register(explain: Callable[[Call, B], Screen]) -> Callable[[Call, B], Screen]:
        _explained[error] = explain
        return explain

    return register


def find_explanation(call: Call, error: BusinessError) -> Screen | None:
    """Return the screen that answers `error`; None where its sentence is all."""
    explain = _explained.get(type(error))
    return None if explain is None else explain(call, error)


def sentence(error: BusinessError) -> Text:
    """Return the sentence of `error`."""
    values: dict[str, Value] = {
        name: value if isinstance(value, Value) else str(value)
        for name, value in error.data.items()
    }
    return T(error.key, **values)
