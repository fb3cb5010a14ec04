"""The bot that is killed with signal 9 at one point of its work on the archive, once.

DIE_AT names the point and how often it is passed before: `moved:3`. The bot itself is unchanged.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from bot.__main__ import main
from bot.features.archive.shelf import Shelf

BEFORE, AFTER = "before", "after"
POINTS: dict[str, tuple[str, str]] = {
    "fetched": ("hold", BEFORE),
    "held": ("hold", AFTER),
    "assigned": ("move", BEFORE),
    "moved": ("move", AFTER),
    "given up": ("delete", BEFORE),
    "deleted": ("delete", AFTER),
}
"""What the shelf is about to do, or has just done and nobody has noted."""


def _dying(real: Callable[..., Any], when: str, passes: int) -> Callable[..., Any]:
    left = [passes]

    @wraps(real)
    def run(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if left[0] < 0 and when == BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return run


def prepare() -> None:
    """Make the process die where DIE_AT says; it lives where that says nothing."""
    name, _, passes = os.environ.get("DIE_AT", "").partition(":")
    if name in POINTS:
        method, when = POINTS[name]
        setattr(Shelf, method, _dying(getattr(Shelf, method), when, int(passes)))


if __name__ == "__main__":
    prepare()
    sys.exit(main())
