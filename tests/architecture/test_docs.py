"""What the documents tell a newcomer to type or to open exists."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, expect_none

MAKE = re.compile(r"`make ([a-z-]+)|^make ([a-z-]+)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def unknown_targets(text: str, targets: Iterable[str]) -> list[str]:
    named = {first or second for first, second in MAKE.findall(text)}
    return [f"make {target}: no such command" for target in sorted(named - set(targets))]


def dead_links(text: str, folder: Path) -> list[str]:
    return [f"{link}: no such file" for link in LINK.findall(text) if not (folder / link).exists()]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_and_links_of_a_document_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expect_none(unknown_targets(text, make_targets()) + dead_links(text, path.parent))


@pytest.mark.parametrize("text", ["run `make tset`", "```\nmake tset ARGS=1\n```"])
def test_a_command_that_does_not_exist_is_caught(text: str) -> None:
    assert unknown_targets(text, make_targets()) == ["make tset: no such command"]


def test_a_dead_link_is_caught(tmp_path: Path) -> None:
    text = "[one](docs/gone.md#part) [two](https://example.org/x) [three](#here)"
    assert dead_links(text, tmp_path) == ["docs/gone.md: no such file"]
