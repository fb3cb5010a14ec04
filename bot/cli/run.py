"""`run`: the bot, until it is told to stop."""

import argparse
import asyncio
import logging
import signal

from bot.app import BotApp
from bot.cli.options import clock_of, settings_of
from bot.config import Settings
from bot.core.clock import Clock
from bot.core.logs import set_up_logs

_log = logging.getLogger(__name__)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    del parser


def main(options: argparse.Namespace) -> int:
    """Run the bot; 0 after an orderly stop, 1 when Telegram refuses the token."""
    settings = settings_of(options)
    set_up_logs(secrets=[settings.require_token().reveal()])
    return asyncio.run(run(settings, clock_of(options, settings)))


async def run(settings: Settings, clock: Clock) -> int:
    """Run a bot until SIGINT or SIGTERM, or until it cannot go on."""
    app = BotApp(settings, clock)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await app.start()
    _log.info("the bot answers")
    failed = await app.until(stop)
    await app.stop()
    _log.info("the bot has stopped")
    return 1 if failed else 0
