"""One transaction as business code sees it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from bot.core.facts import Fact


@dataclass
class View:
    """A transaction that may read.

    `now` is the campaign's time and `real_now` the wall clock's, both aware, in UTC and fixed for
    the whole transaction.
    """

    session: Session
    now: datetime
    real_now: datetime


@dataclass
class Work(View):
    """A transaction that may write; it may be run again, so it has no effect but its rows.

    `facts` are rendered into messages just before the commit.
    """

    facts: list[Fact] = field(default_factory=list)
    _surviving: list[Callable[["Work"], None]] = field(default_factory=list)

    def tell(self, fact: Fact) -> None:
        """Let those whom `fact` concerns be told in this transaction."""
        self.facts.append(fact)

    def survive(self, write: Callable[["Work"], None]) -> None:
        """Have `write` done even where a business error rolls back what called this."""
        self._surviving.append(write)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Roll back rows and facts of the block when it raises; what survives is then written."""
        told, surviving = len(self.facts), len(self._surviving)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            del self.facts[told:]
            for write in self._surviving[surviving:]:
                write(self)
            del self._surviving[surviving:]
            raise
        for write in self._surviving[surviving:]:
            write(self)
        del self._surviving[surviving:]

    def attempt(self, write: Callable[[], None]) -> Exception | None:
        """Do `write`, and roll back only that when it raises; return what it raised.

        None when it went well. Raises what concerns the whole transaction: the database is away,
        or a race was lost.
        """
        try:
            with self.savepoint():
                write()
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller goes on without it
            return error
        return None
