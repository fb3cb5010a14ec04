"""`archive`: proving every checksum, and listing the index (ARC-01)."""

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime

from bot.cli.options import clock_of, settings_of, with_store
from bot.cli.say import say
from bot.config import Config, Settings
from bot.core.dates import end_of, last_day_of_month, start_of
from bot.core.errors import BusinessError
from bot.db.store import Store
from bot.db.work import View
from bot.features.archive.checking import Fault, verify
from bot.features.archive.queries import Entry, entries
from bot.features.archive.shelf import Shelf
from bot.features.deadlines.periods import month_of

_KEYS = {
    Fault.missing: "cli.archive_missing",
    Fault.changed: "cli.archive_changed",
    Fault.stray: "cli.archive_stray",
}


class NotAMonth(BusinessError):
    """What was given is no month such as 2024-06."""

    key = "cli.not_a_month"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="verify|list")
    actions.add_parser("verify")
    listing = actions.add_parser("list")
    listing.add_argument("--unit", default=None, metavar="SLUG")
    listing.add_argument("--month", default=None, metavar="2024-06")


def main(options: argparse.Namespace) -> int:
    """Verify the archive (1 when anything is wrong), or list its index."""
    settings = settings_of(options)
    use = _verified(settings) if options.action == "verify" else _listed(settings, options)
    return with_store(settings, clock_of(options, settings), use)


def _verified(settings: Settings) -> Callable[[Store], int]:
    def check(store: Store) -> int:
        good = bad = 0

        def count_good() -> None:
            nonlocal good
            good += 1

        for finding in verify(store, Shelf(settings.data_dir), progress=count_good):
            bad += 1
            number = finding.number or "-"
            say(sys.stdout, _KEYS[finding.fault], path=ascii(finding.path)[1:-1], number=number)
        say(sys.stdout, "cli.archive_verified", good=good, bad=bad)
        return 1 if bad else 0

    return check


def _listed(settings: Settings, options: argparse.Namespace) -> Callable[[Store], int]:
    since, until = _span(settings.config, options.month)

    def show(store: Store) -> int:
        count = 0

        def each(view: View) -> None:
            nonlocal count
            for one in entries(view, unit=options.unit, since=since, until=until):
                count += 1
                _show(one)

        store.read_now(each)
        say(sys.stdout, "cli.archive_count", count=count)
        return 0

    return show


def _show(one: Entry) -> None:
    key = "cli.archive_removed" if one.removed else "cli.archive_entry"
    say(
        sys.stdout,
        key,
        number=one.number,
        unit=one.unit,
        title=one.title,
        day="-" if one.day is None else one.day.isoformat(),
        path=one.path,
        size=one.size_bytes or 0,
        sha256=one.sha256,
        name=one.name or "-",
    )


def _span(config: Config, month: str | None) -> tuple[datetime | None, datetime | None]:
    """Return the half-open span of a month written as 2024-06. Raises NotAMonth."""
    if month is None:
        return None, None
    try:
        first: date = month_of(month)
    except ValueError as error:
        raise NotAMonth(text=month) from error
    zone = config.time.zone_info
    return start_of(first, zone), end_of(last_day_of_month(first), zone)
