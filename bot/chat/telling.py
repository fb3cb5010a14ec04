"""Facts become messages: who is told what, decided in the transaction of the fact."""

from collections.abc import Callable
from typing import Any, TypeVar

from bot.chat.desk import Desk
from bot.core.facts import Fact

F = TypeVar("F", bound=Fact)

_tellers: dict[type[Fact], Callable[[Desk, Any], None]] = {}


def tells(fact: type[F]) -> Callable[[Callable[[Desk, F], None]], Callable[[Desk, F], None]]:
    """Let the decorated function write the messages of one kind of fact."""

    def register(teller: Callable[[Desk, F], None]) -> Callable[[Desk, F], None]:
        _tellers[fact] = teller
        return teller

    return register


def tell_all(desk: Desk) -> None:
    """Write the messages of every fact of the desk's transaction.

    A fact that nobody tells is a mistake and raises LookupError: nothing is dropped in silence.
    """
    told = 0
    while told < len(desk.work.facts):
        fact = desk.work.facts[told]
        teller = _tellers.get(type(fact))
        if teller is None:
            raise LookupError(f"nobody tells {type(fact).__name__}")
        teller(desk, fact)
        told += 1
    desk.work.facts.clear()
