"""The bot's process holds none of the libraries that make and read files (design, section 10)."""

import json
import subprocess
import sys

from tests.support.config import ROOT

LIBRARIES = {"xlsxwriter", "docx", "lxml", "openpyxl", "matplotlib", "PIL", "segno", "fpdf"}
LOADED = "import {module}, json, sys; print(json.dumps(sorted(sys.modules)))"


def loaded(module: str) -> set[str]:
    """Return what a fresh process has loaded after importing `module`."""
    command = [sys.executable, "-W", "ignore", "-c", LOADED.format(module=module)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return set(json.loads(ran.stdout))


def test_the_bot_loads_no_library_of_file_formats() -> None:
    assert loaded("bot.__main__") & LIBRARIES == set()


def test_what_a_child_loads_would_be_noticed() -> None:
    assert loaded("bot.render.child.workbook") & LIBRARIES == {"xlsxwriter"}


def test_the_child_loads_neither_database_nor_telegram() -> None:
    assert (
        loaded("bot.render.__main__") & {"sqlalchemy", "telegram", "pydantic", *LIBRARIES} == set()
    )


def test_the_chart_brings_its_library_into_the_child_alone() -> None:
    assert "matplotlib" in loaded("bot.render.child.chart")
    assert "bot.render.child.chart" not in loaded("bot.chat.cards.digests.message")
