"""Logs hold no secret and no message, and a record is one line."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.core.logs import OneLine, Redactor, set_up_logs

TOKEN = f"{110201543}:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
PASSWORD = "correct horse"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Return where logs go that are set up as the program does it, and put all back."""
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    names = ("httpx", "httpcore", "telegram", "apscheduler", "asyncio", "sqlalchemy")
    levels = {name: logging.getLogger(name).level for name in names}
    stream = io.StringIO()
    set_up_logs(secrets=[PASSWORD, "abc"], stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook = hook
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


def test_the_token_in_a_message_is_hidden(lines: io.StringIO) -> None:
    logging.getLogger("bot").info("calling %s", f"https://x/bot{TOKEN}/getMe")
    assert TOKEN not in lines.getvalue()
    assert "https://x/bot[hidden]/getMe" in lines.getvalue()


def test_a_token_in_an_address_is_hidden_when_it_is_quoted(lines: io.StringIO) -> None:
    logging.getLogger("bot").info("to %s", f"/bot{TOKEN.replace(':', '%3A')}/getMe")
    assert TOKEN.partition(":")[2] not in lines.getvalue()


def test_configured_secrets_are_hidden_and_short_ones_left(lines: io.StringIO) -> None:
    logging.getLogger("bot").warning("%s and %s", {"password": PASSWORD}, "abc")
    assert PASSWORD not in lines.getvalue()
    assert "abc" in lines.getvalue()


async def test_what_httpx_says_of_its_requests_is_not_heard(lines: io.StringIO) -> None:
    request = HTTPXRequest()
    bot = Bot(TOKEN, base_url="http://127.0.0.1:9/bot", request=request)
    with pytest.raises(Exception, match="ConnectError"):
        await bot.get_me()
    logging.getLogger("httpx").warning('HTTP Request: POST "%s"', f"https://x/bot{TOKEN}/getMe")
    logging.getLogger("httpx").info("unheard")
    await request.shutdown()
    assert "HTTP Request" in lines.getvalue()
    assert "unheard" not in lines.getvalue()
    assert TOKEN not in lines.getvalue()


def test_the_bot_itself_can_be_logged(lines: io.StringIO) -> None:
    logging.getLogger("bot").info("%r", Bot(TOKEN))
    assert "Bot[token=[hidden]]" in lines.getvalue()


def test_an_exception_whose_text_holds_the_address_is_hidden(lines: io.StringIO) -> None:
    def ask(url: str) -> None:
        raise ConnectionError(f"cannot reach {url}")

    try:
        try:
            ask(f"https://x/bot{TOKEN}/getMe")
        except ConnectionError as error:
            raise RuntimeError(f"with {PASSWORD}") from error
    except RuntimeError:
        logging.getLogger("bot").exception("failed")
    written = lines.getvalue()
    assert "RuntimeError: with [hidden]" in written
    assert "ConnectionError: cannot reach https://x/bot[hidden]/getMe" in written
    assert TOKEN not in written
    assert PASSWORD not in written


def test_the_stack_of_a_record_is_hidden_too() -> None:
    record = logging.LogRecord("bot", logging.INFO, "", 0, "x", None, None, sinfo=f"at {TOKEN}")
    assert Redactor().filter(record)
    assert record.stack_info == "at [hidden]"


def test_words_that_the_database_quotes_are_hidden(lines: io.StringIO) -> None:
    engine = create_engine("sqlite://")
    words = "my words"
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT * FROM missing WHERE a = :a"), {"a": words})
    except DBAPIError:
        logging.getLogger("bot").exception("failed")
    engine.dispose()
    assert "my words" not in lines.getvalue()
    assert "SELECT * FROM missing" in lines.getvalue()


def fail(*, again: bool = False) -> None:
    """Log a failure, from one of two places."""
    try:
        if again:
            raise ConnectionError("elsewhere")
        raise ConnectionError("no route")
    except ConnectionError:
        logging.getLogger("bot.x").exception("job %s failed", "digest")


def test_a_traceback_that_stands_there_already_is_not_written_again(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        fail()
    said = lines.getvalue().splitlines()
    assert ["Traceback" in line for line in said] == [True, False, False]
    assert said[1].endswith("ERROR bot.x: job digest failed (ConnectionError, as before)")
    fail(again=True)
    assert "elsewhere" in lines.getvalue(), "another place is news"
    monkeypatch.setattr("bot.core.logs._REPEATS_S", 0.0)
    fail()
    assert lines.getvalue().count("ConnectionError: no route") == 2, (
        "a minute later it is said again"
    )


def test_a_record_is_one_line_in_utc(lines: io.StringIO) -> None:
    logging.getLogger("bot.x").info("two\nlines, a bell \x07 and 中文")
    assert lines.getvalue().count("\n") == 1
    assert "two | lines, a bell \\x07 and 中文" in lines.getvalue()
    assert "Z INFO bot.x: " in lines.getvalue()


def test_an_uncaught_exception_is_logged_instead_of_printed(lines: io.StringIO) -> None:
    error = RuntimeError(f"with {TOKEN}")
    sys.excepthook(RuntimeError, error, None)
    assert "CRITICAL bot: the program ends | RuntimeError: with [hidden]" in lines.getvalue()


def test_a_wrong_call_of_the_logger_is_still_written(lines: io.StringIO) -> None:
    too_few = ["one"]
    logging.getLogger("bot").info("%s and %s", *too_few)
    assert "with arguments that do not fit" in lines.getvalue()


def test_setting_up_twice_writes_once(lines: io.StringIO) -> None:
    set_up_logs(stream=lines)
    logging.getLogger("bot").info("once")
    assert lines.getvalue().count("once") == 1
    assert isinstance(logging.getLogger().handlers[0].formatter, OneLine)
