"""Logs that hold no secret and no message: one line a record, to standard error."""

import logging
import re
import sys
import time
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Any, TextIO

_TOKEN = re.compile(r"\d{3,20}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
_SQL_VALUES = re.compile(r"\[parameters: .*?(?=\n\(Background on this error|\Z)", re.DOTALL)
_HIDDEN = "[hidden]"
_SHORTEST_SECRET = 6
_REPEATS_S = 60.0
_FORMAT = "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s"
_DATE = "%Y-%m-%dT%H:%M:%S"
_TOO_TALKATIVE = ("httpx", "httpcore", "telegram", "apscheduler", "asyncio", "sqlalchemy")


class Redactor(logging.Filter):
    """Takes secrets out of a record's message, arguments and tracebacks.

    It belongs on a handler: a filter on a logger does not see the records of its children. What
    looks like a bot token goes, and every one of `secrets`; so do the values that SQLAlchemy
    quotes in its errors, which may be somebody's words.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Hide `secrets`; anything shorter than six characters is too common to hide."""
        super().__init__()
        known = sorted({text for text in secrets if len(text) >= _SHORTEST_SECRET}, key=len)
        self._known = known[::-1]

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its secrets."""
        record.msg = self.redacted(_message(record))
        record.args = None
        if record.exc_info:
            record.exc_text = self.redacted(_told(record.exc_info))
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = self.redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redacted(record.stack_info)
        return True

    def redacted(self, text: str) -> str:
        """Return `text` without secrets."""
        for secret in self._known:
            text = text.replace(secret, _HIDDEN)
        return _SQL_VALUES.sub("[parameters hidden]", _TOKEN.sub(_HIDDEN, text))


class Repeats(logging.Filter):
    """Leaves out a traceback that stands in the log already, a minute before at most.

    While a database is away every loop of the bot fails every second at the same place.
    """

    def __init__(self) -> None:
        """Know none yet."""
        super().__init__()
        self._said_at: dict[tuple[object, ...], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass; one that says nothing new names the kind of its error alone."""
        kind, _, trace = record.exc_info or (None, None, None)
        if kind is None:
            return True
        places = tuple((at.f_code.co_filename, row) for at, row in traceback.walk_tb(trace))
        key = (record.name, str(record.msg), kind, places)
        since = record.created - _REPEATS_S
        self._said_at = {known: at for known, at in self._said_at.items() if at > since}
        if key in self._said_at:
            record.msg = f"{_message(record)} ({kind.__name__}, as before)"
            record.args = record.exc_info = record.exc_text = None
        else:
            self._said_at[key] = record.created
        return True


class OneLine(logging.Formatter):
    """Writes a record, with its traceback, in one line and in UTC."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        """Use the one format of this program."""
        super().__init__(_FORMAT, _DATE)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's one line; line ends and control characters are escaped."""
        lines = super().format(record).splitlines()
        return " | ".join("".join(map(_visible, line)) for line in lines)


def set_up_logs(
    *, level: int = logging.INFO, secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Send all logs to `stream` (None: standard error) without `secrets`.

    What ends the program goes the same way: an uncaught exception would print its text as it is.
    Libraries are heard from WARNING on.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine())
    handler.addFilter(Repeats())
    handler.addFilter(Redactor(secrets))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _TOO_TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("the program ends", exc_info=(kind, error, trace))


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a wrong call of the logger must not raise at the caller
        return f"{record.msg} (with arguments that do not fit)"


def _told(exc_info: Any) -> str:
    return "".join(traceback.format_exception(*exc_info)).rstrip()


def _visible(char: str) -> str:
    return char if char == "\t" or char.isprintable() else char.encode("unicode_escape").decode()
