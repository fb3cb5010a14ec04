"""`demo`: the real bot, a local stand-in for Telegram and a chat page, in one command."""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.app import BotApp
from bot.cli.options import with_store
from bot.cli.say import say
from bot.config import Config, Settings, load_config
from bot.core.clock import Clock, FileClock
from bot.core.errors import BusinessError
from bot.core.logs import set_up_logs
from bot.db.store import Store
from bot.features.units.service import load_units
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient
from bot.sandbox.demo.scene import Scene, is_empty, load_scene, open_units, put_people, put_posts

_START = datetime.fromisoformat("2024-06-03T09:00:00+08:00")
_TOKEN = "424242:demo-token-that-opens-nothing"  # noqa: S105 - opens nothing but the sandbox
_USERNAME = "wenming_demo_bot"


class PortTaken(BusinessError):
    """Another program listens on the port already."""

    key = "cli.port_taken"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--data", type=Path, default=None, metavar="DIR")


def main(options: argparse.Namespace) -> int:
    """Run the demo until it is interrupted."""
    set_up_logs(secrets=[_TOKEN])
    config = load_config(options.config)
    with _folder(options.data) as folder:
        return asyncio.run(_run(options, config, folder))


async def _run(options: argparse.Namespace, config: Config, folder: Path) -> int:
    sandbox = Sandbox(
        _TOKEN,
        folder / "sandbox",
        clock_file=folder / "clock",
        clock_start=_START,
        username=_USERNAME,
    )
    try:
        await sandbox.start(options.port)
    except (OSError, OverflowError) as error:
        raise PortTaken(port=options.port) from error
    clock = FileClock(folder / "clock")
    settings = _settings(config, sandbox, folder)
    scene = load_scene()
    fresh = await asyncio.to_thread(_seed, settings, clock, scene)
    app = BotApp(settings, clock)
    await app.start()
    if fresh:
        await _greet(sandbox, scene)
    say(sys.stdout, "cli.demo_ready", url=sandbox.url)
    sys.stdout.flush()
    if not options.no_browser:
        await asyncio.to_thread(webbrowser.open, sandbox.url)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await app.until(stop)
    await app.stop()
    await sandbox.stop()
    return 0


def _settings(config: Config, sandbox: Sandbox, folder: Path) -> Settings:
    given = {
        "BOT_TOKEN": _TOKEN,
        "BOT_DATA_DIR": str(folder / "bot"),
        "TELEGRAM_BASE_URL": sandbox.base_url,
        "TELEGRAM_BASE_FILE_URL": sandbox.base_file_url,
        "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
    }
    return Settings.from_env(config, given)


def _seed(settings: Settings, clock: Clock, scene: Scene) -> bool:
    def seed(store: Store) -> bool:
        config = settings.config
        store.write_now(lambda work: load_units(work, config))
        if not store.write_now(is_empty):
            return False
        store.write_now(open_units)
        store.write_now(lambda work: put_people(work, scene))
        store.write_now(lambda work: put_posts(work, scene, config))
        return True

    return with_store(settings, clock, seed, username=_USERNAME)


async def _greet(sandbox: Sandbox, scene: Scene) -> None:
    """Let everybody but the newcomer have written to the bot, as Telegram asks for."""
    async with SimClient(sandbox.url) as sim:
        for entry in scene.people:
            language = entry.get("language_code", "zh-hans")
            person = {
                "id": entry["id"],
                "first_name": entry["name"],
                "note": entry["note"],
                "language_code": language,
            }
            await sim.post("/sim/people", person)
            if entry["roles"]:
                await sim.post(f"/sim/people/{entry['id']}/text", {"text": "/start"})


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="wenming-demo-") as fresh:
        yield Path(fresh)
