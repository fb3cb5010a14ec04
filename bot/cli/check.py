"""`check`: is everything right, and what is set, on one screen."""

import argparse
import sys

from bot.cli.options import settings_of
from bot.cli.say import say
from bot.config import Config, Settings
from bot.core.errors import BusinessError
from bot.db import migrate
from bot.db.engine import command_engine, is_sqlite
from bot.features.models import MODEL_MODULES


class DatabaseDiffers(BusinessError):
    """The database is not what this version expects."""

    key = "cli.database_differs"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    del parser


def main(options: argparse.Namespace) -> int:
    """Validate configuration, environment and database, and say what is configured."""
    settings = settings_of(options)
    config = settings.config
    say(
        sys.stdout,
        "cli.check_campaign",
        name=config.campaign.name,
        district=config.campaign.district,
        tasks=len(config.tasks),
        indicators=sum(len(task.indicators) for task in config.tasks),
        units=len(config.units),
        obligations=len(config.obligations),
        posts=len(config.post_kinds),
        metrics=len(config.metrics),
    )
    _say_times(config)
    _say_installation(settings)
    for assumption in config.assumptions:
        say(
            sys.stdout,
            "cli.check_assumption",
            question=assumption.question,
            answer=assumption.answer,
        )
    say(sys.stdout, "cli.check_good")
    return 0


def _say_times(config: Config) -> None:
    quiet = config.time.quiet_hours
    for phase in config.phases:
        say(
            sys.stdout,
            "cli.check_phase",
            name=phase.name,
            start=phase.start,
            end=phase.end or "…",
        )
    say(
        sys.stdout,
        "cli.check_times",
        zone=config.time.zone,
        reminder=f"{config.time.reminder_hour:%H:%M}",
        digest=f"{config.digest.weekday} {config.digest.hour:%H:%M}",
        quiet=f"{quiet.start:%H:%M}–{quiet.end:%H:%M}",
    )


def _say_installation(settings: Settings) -> None:
    say(
        sys.stdout,
        "cli.check_installation",
        server=settings.base_url,
        token="BOT_TOKEN" if settings.token is not None else "-",
        data=settings.data_dir,
        database="SQLite" if is_sqlite(settings.database_url) else "PostgreSQL",
        state=_database_state(settings),
    )


def _database_state(settings: Settings) -> str:
    """Return the revision of the database; raises DatabaseDiffers where it is damaged."""
    if is_sqlite(settings.database_url) and not settings.data_dir.exists():
        return "-"
    engine = command_engine(settings.database_url)
    try:
        revision = migrate.revision_of(engine)
        if revision == migrate.newest_revision() and migrate.differences(engine):
            raise DatabaseDiffers(tables=len(MODEL_MODULES))
    finally:
        engine.dispose()
    return revision or "-"
