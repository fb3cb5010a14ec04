"""`invite`: an invitation from the shell, the way in which the first admin comes."""

import argparse
import asyncio
import json
import sys

from bot.cli.options import clock_of, settings_of, with_store
from bot.cli.say import say
from bot.config import Config, Settings
from bot.core.errors import BusinessError
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.invitations import invite
from bot.features.units.queries import find_unit
from bot.features.units.service import load_units
from bot.transport.errors import TokenRefused, WireError
from bot.transport.telegram import Wire

_ASK_TELEGRAM_S = 8.0


class NoSuchUnit(BusinessError):
    """The configuration has no unit of that slug."""

    key = "cli.no_such_unit"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--role", required=True, type=Role, metavar="ROLE", choices=list(Role))
    parser.add_argument("--unit", default=None, metavar="SLUG")
    parser.add_argument("--json", action="store_true")


def main(options: argparse.Namespace) -> int:
    """Print an invitation: its link, and the bare message that does the same."""
    settings = settings_of(options)

    def use(store: Store) -> str:
        return store.write_now(lambda work: _invited(work, options, settings.config))

    code = with_store(settings, clock_of(options, settings), use)
    start = f"/start {code}"
    link = _link(settings, code)
    if options.json:
        sys.stdout.write(json.dumps({"link": link, "start": start, "code": code}) + "\n")
    else:
        hours = settings.config.invitations.ttl_hours
        say(sys.stdout, "cli.invited", link=link or "-", start=start, hours=hours)
    return 0


def _invited(work: Work, options: argparse.Namespace, config: Config) -> str:
    load_units(work, config)
    unit = None if options.unit is None else find_unit(work, options.unit)
    if options.unit is not None and unit is None:
        raise NoSuchUnit(slug=options.unit)
    return invite(work, actor=None, role=options.role, unit=unit, config=config)


def _link(settings: Settings, code: str) -> str | None:
    """Return the deep link; None when Telegram cannot be asked for the bot's name."""
    if settings.token is None:
        return None
    try:
        username = asyncio.run(_username(settings))
    except (WireError, TokenRefused, TimeoutError):
        return None
    return f"https://t.me/{username}?start={code}"


async def _username(settings: Settings) -> str:
    wire = Wire(settings.require_token().reveal(), base_url=settings.base_url, proxy=settings.proxy)
    try:
        async with asyncio.timeout(_ASK_TELEGRAM_S):
            me = await wire.call("getMe", {})
    finally:
        await wire.close()
    return str(me["username"])
