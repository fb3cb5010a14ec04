"""Who loses too often goes alone, so that losing ends."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial

import pytest
from sqlalchemy.exc import OperationalError

from bot.db import store as store_module
from bot.db.gate import Gate
from bot.db.store import Store
from bot.db.work import Work

_THREADS = 6
_ROUNDS = 200
Enter = Callable[[], AbstractContextManager[None]]


class Meeting:
    """Counts who is inside at the same time."""

    def __init__(self) -> None:
        """Begin with nobody inside."""
        self._lock = threading.Lock()
        self._inside = 0
        self.most = 0

    def pass_through(self) -> None:
        """Be inside for a moment."""
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
        threading.Event().wait(0.0002)
        with self._lock:
            self._inside -= 1


class LostRace(Exception):
    """What PostgreSQL says to the one it chose to lose."""

    sqlstate = "40P01"


def most_inside(enter: Enter) -> int:
    """Let many threads go in and out by `enter`; return the most that were inside at once."""
    meeting = Meeting()

    def visit() -> None:
        for _ in range(_ROUNDS):
            with enter():
                meeting.pass_through()

    threads = [threading.Thread(target=visit) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return meeting.most


def test_alone_is_alone() -> None:
    assert most_inside(Gate().alone) == 1


@pytest.mark.parametrize("enter", [Gate().beside_others, nullcontext], ids=["beside", "no gate"])
def test_others_go_through_together(enter: Enter) -> None:
    assert most_inside(enter) > 1


def test_a_transaction_that_loses_and_loses_runs_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []
    monkeypatch.setattr(store, "_gate", Recorded(tries))

    def lose(work: Work) -> str:
        del work
        if len(tries) <= store_module._TRIES_BESIDE_OTHERS:
            raise OperationalError("UPDATE", {}, LostRace())
        return "won"

    assert store.write_now(lose) == "won"
    assert tries == ["beside", "beside", "beside", "alone"]


def test_other_trouble_is_not_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []
    monkeypatch.setattr(store, "_gate", Recorded(tries))

    def fail(work: Work) -> None:
        del work
        raise OperationalError("UPDATE", {}, Exception("the disk is full"))

    with pytest.raises(OperationalError):
        store.write_now(fail)
    assert tries == ["beside"]


class Recorded:
    """A gate that writes down how it was passed."""

    def __init__(self, tries: list[str]) -> None:
        """Write into `tries`."""
        gate = Gate()
        self.beside_others = partial(self._noted, tries, "beside", gate.beside_others)
        self.alone = partial(self._noted, tries, "alone", gate.alone)

    @staticmethod
    def _noted(tries: list[str], how: str, enter: Enter) -> AbstractContextManager[None]:
        tries.append(how)
        return enter()
