"""The import contracts of pyproject.toml notice what they are there for.

That the project keeps them is said by `make imports`; here a small tree of the same layers keeps
them too, and breaks each of them once.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LAYERS = ["__main__", "app", "chat", "features", "db", "config", "i18n", "core"]
CONTRACTS = [
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
]

ALLOWED = {
    "bot/__main__.py": "import bot.app",
    "bot/app.py": "import apscheduler, telegram, handlers, jobs",
    "handlers/posts.py": "import telegram, bot.chat.edge",
    "bot/chat/edge.py": "import telegram",
    "bot/sandbox/server.py": "import aiohttp",
    "bot/render/child/workbook.py": "import xlsxwriter",
    "bot/features/posts.py": "import sqlalchemy, bot.features.people",
    "bot/features/people.py": "import bot.db",
    "bot/db/store.py": "import sqlalchemy, alembic, bot.config",
    "bot/config/loading.py": "import yaml, bot.core",
}

BREAKS = {
    "Imports go down only": ("bot/db/store.py", "import bot.features"),
    "Every module of bot has its layer": ("bot/helpers.py", ""),
    "Features know each other in one direction only": (
        "bot/features/people.py",
        "import bot.features.posts",
    ),
    "No handler knows another": ("handlers/reports.py", "import handlers.posts"),
    "No job knows another": ("jobs/digest.py", "import jobs.reminders"),
    "Telegram stays at the edge": ("bot/chat/cards.py", "import telegram"),
    "Only the composition root knows the scheduler": ("jobs/digest.py", "import apscheduler"),
    "Only features and the store know the database": ("handlers/posts.py", "import sqlalchemy"),
    "Only the sandbox and the listener serve HTTP": ("bot/features/posts.py", "import aiohttp"),
    "Only the child process knows the libraries of file formats": (
        "handlers/posts.py",
        "import docx",
    ),
    "Nobody takes the child process's work into the bot": (
        "handlers/posts.py",
        "import bot.render.child.workbook",
    ),
    "The core is standard library only": ("bot/core/clock.py", "import yaml"),
}


def lay_out(root: Path, files: dict[str, str]) -> None:
    """Write a tree of the project's layers, each module with its imports alone."""
    (root / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    empty = {f"bot/{layer}/__init__.py": "" for layer in LAYERS if layer not in {"__main__", "app"}}
    empty |= {
        f"{package}/__init__.py": ""
        for package in ("bot", "bot/sandbox", "bot/render", "bot/render/child", "handlers", "jobs")
    }
    empty |= {"jobs/digest.py": "", "jobs/reminders.py": ""}
    for name, text in (empty | files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text + "\n", encoding="utf-8")


def broken_contracts(root: Path) -> set[str]:
    """Run import-linter in `root` and return the names of the contracts it found broken."""
    ran = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; exit(lint_imports())"],
        cwd=root,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    outcomes = dict(re.findall(r"^(.+?) (KEPT|BROKEN)", ran.stdout, re.MULTILINE))
    assert set(outcomes) == set(CONTRACTS), ran.stdout + ran.stderr
    return {name for name, outcome in outcomes.items() if outcome == "BROKEN"}


def test_what_is_allowed_breaks_no_contract(tmp_path: Path) -> None:
    lay_out(tmp_path, ALLOWED)
    assert broken_contracts(tmp_path) == set()


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_breach_of_the_contract_is_caught(contract: str, tmp_path: Path) -> None:
    file, imports = BREAKS[contract]
    lay_out(tmp_path, ALLOWED | {file: f"{ALLOWED.get(file, '')}\n{imports}"})
    assert contract in broken_contracts(tmp_path)
