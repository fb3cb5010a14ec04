"""Commands as an admin types them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.support.config import SHIPPED

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an installation's data directory, with no token and in Chinese."""
    for name in ("BOT_TOKEN", "BOT_TOKEN_FILE", "DATABASE_URL", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("BOT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def run(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command and gives its status and what it said."""

    def run_command(*arguments: str, config: Path = SHIPPED) -> tuple[int, str, str]:
        command, *rest = arguments
        status = main([command, "--config", str(config), *rest])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_command
