"""`run`: the bot, until it is told to stop."""

import argparse
import asyncio
import logging
import signal
from collections.abc import Callable

from bot.app import DRAIN_SECONDS, BotApp
from bot.cli.options import clock_of, settings_of
from bot.config import Settings
from bot.core.clock import Clock
from bot.core.logs import set_up_logs
from bot.core.tasks import Tasks

_log = logging.getLogger(__name__)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    del parser


def main(options: argparse.Namespace) -> int:
    """Run the bot; 0 after an orderly stop, 1 when it could not go on.

    Raises TokenRefused when Telegram does not know the token, or does not know it any more.
    """
    settings = settings_of(options)
    set_up_logs(secrets=[settings.require_token().reveal()])
    clock = clock_of(options, settings)
    return asyncio.run(run(settings, clock, lambda: settings_of(options)))


async def run(settings: Settings, clock: Clock, read: Callable[[], Settings]) -> int:
    """Run a bot until SIGINT or SIGTERM, or until it cannot go on; SIGHUP reads config.yaml again.

    `read` returns the settings as they are then, or raises ConfigErrors.
    """
    app = BotApp(settings, clock)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    # A reload that is asked for while it starts comes after the start, and does not end it.
    early = asyncio.Event()
    loop.add_signal_handler(signal.SIGHUP, early.set)
    await app.start()
    reloads = Tasks()

    def reload() -> None:
        reloads.start(app.reload(read), name="read config.yaml again")

    loop.add_signal_handler(signal.SIGHUP, reload)
    if early.is_set():
        reload()
    _log.info("the bot answers")
    try:
        failed = await app.until(stop)
    finally:
        await reloads.wait(timeout_s=DRAIN_SECONDS)
        await app.stop()
        _log.info("the bot has stopped")
    return 1 if failed else 0
