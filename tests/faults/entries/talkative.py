"""The bot with every logger at DEBUG, those of the libraries as well."""

import logging
import sys
from typing import Any

from bot.__main__ import main
from bot.cli import run
from bot.core.logs import set_up_logs

_LIBRARIES = ("httpx", "httpcore", "telegram", "apscheduler", "asyncio", "sqlalchemy")


def _set_up_loudly(**options: Any) -> None:
    set_up_logs(**{**options, "level": logging.DEBUG})
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.DEBUG)


def talk() -> None:
    """Let every logger say all it can."""
    run.set_up_logs = _set_up_loudly  # type: ignore[attr-defined]


if __name__ == "__main__":
    talk()
    sys.exit(main())
