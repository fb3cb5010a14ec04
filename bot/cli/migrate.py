"""`migrate`: bring the database to the shape that this version expects."""

import argparse
import sys

from bot.cli.options import lock_of, settings_of
from bot.cli.say import say
from bot.db import migrate


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--revision", default="head", help="how far; base empties the database")


def main(options: argparse.Namespace) -> int:
    """Migrate; a running bot keeps the database for itself, and this then says so."""
    settings = settings_of(options)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with lock_of(settings):
        if options.revision == "base":
            migrate.downgrade(settings.database_url, "base")
        else:
            migrate.upgrade(settings.database_url, options.revision)
    say(sys.stdout, "cli.migrated", revision=migrate.newest_revision() or "-")
    return 0
