"""Who may run beside whom: transactions side by side, or one of them alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets threads of one process through together, or a single one while the others wait.

    Whoever wants to be alone goes ahead of those who come later, so it waits only for what runs.
    It is not reentrant.
    """

    def __init__(self) -> None:
        """Begin with nobody inside."""
        self._changed = threading.Condition()
        self._inside = 0
        self._waiting_alone = 0
        self._is_alone = False

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """Run the block side by side with others; wait while one is alone or wants to be."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_alone and not self._waiting_alone)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Run the block while nobody else of this process runs one."""
        with self._changed:
            self._waiting_alone += 1
            self._changed.wait_for(lambda: not self._is_alone and not self._inside)
            self._waiting_alone -= 1
            self._is_alone = True
        try:
            yield
        finally:
            with self._changed:
                self._is_alone = False
                self._changed.notify_all()
