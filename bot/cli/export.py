"""`export`: all reports, or those of a month or unit, as a workbook or a CSV."""

import argparse
import asyncio
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.chat.cards.exports.book import book_frames, table_frames
from bot.chat.render import Voice
from bot.cli.archive import NotAMonth
from bot.cli.invite import NoSuchUnit
from bot.cli.options import clock_of, settings_of, with_store
from bot.cli.say import say, terminal_language
from bot.config import Config
from bot.core.errors import BusinessError
from bot.db.store import Store
from bot.db.work import View
from bot.features.deadlines.periods import month_of
from bot.features.rollup.scope import Scope
from bot.features.units.queries import find_unit
from bot.render.client import Pipe, Renderer
from bot.render.limits import LIMITS, Job

_JOBS = {".xlsx": Job.xlsx, ".csv": Job.csv}
_MOST_MEGABYTES = 4000


class NoSuchFormat(BusinessError):
    """The file is called neither .xlsx nor .csv."""

    key = "cli.no_such_format"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("file", type=Path, metavar="FILE.xlsx|FILE.csv")
    parser.add_argument("--month", default=None, metavar="YYYY-MM")
    parser.add_argument("--unit", default=None, metavar="SLUG")


def main(options: argparse.Namespace) -> int:
    """Write the file, beside a running bot as well; it is there whole or not at all."""
    settings = settings_of(options)
    job = _JOBS.get(options.file.suffix.lower())
    if job is None:
        raise NoSuchFormat(file=str(options.file))
    month = _month(options.month)

    def use(store: Store) -> None:
        scope = store.read_now(lambda view: _scope(view, month, options.unit))
        asyncio.run(_write(store, settings.config, job, scope, options.file.absolute()))

    with_store(settings, clock_of(options, settings), use)
    say(sys.stdout, "cli.exported", file=options.file)
    return 0


def _month(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return month_of(text)
    except ValueError as error:
        raise NotAMonth(text=text) from error


def _scope(view: View, month: date | None, slug: str | None) -> Scope:
    if slug is None:
        return Scope(month=month)
    unit = find_unit(view, slug)
    if unit is None:
        raise NoSuchUnit(slug=slug)
    return Scope(month=month, unit_id=unit.id)


async def _write(store: Store, config: Config, job: Job, scope: Scope, target: Path) -> None:
    voice = Voice(language=terminal_language(), zone=config.time.zone_info)
    frames_of = book_frames if job is Job.xlsx else table_frames

    def pour(view: View, pipe: Pipe) -> None:
        for frame in frames_of(view, config, scope, voice):
            pipe.send_now(frame)

    async def feed(pipe: Pipe) -> None:
        await store.read(lambda view: pour(view, pipe))

    limits = replace(LIMITS[job], file_mb=_MOST_MEGABYTES)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        made = Path(scratch) / target.name
        with made.open("wb") as out:
            await Renderer(Path(scratch)).run(job, feed, out=out, limits=limits)
        made.chmod(0o600)
        made.replace(target)
