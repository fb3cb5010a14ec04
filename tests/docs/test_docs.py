"""README and docs name only what exists.

Their links and `make` commands are looked at in tests/architecture/test_docs.py.
"""

import configparser
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.__main__ import main
from tests.architecture.catalogues import Catalogue, read
from tests.architecture.source import ROOT, expect_none, sources
from tests.docs.checks import (
    VARIABLE,
    button_labels,
    missing_paths,
    unknown_bot_commands,
    unknown_buttons,
    unknown_keys,
    unknown_slash_commands,
    unknown_variables,
    unshown,
)

README = ROOT / "README.md"
DOCS = ROOT / "docs"
UNIT = DOCS / "wenming-bot.service"
GUIDES = ["使用说明-联络员.md", "使用说明-志愿者.md", "使用说明-统筹.md"]
READ_BY_LIBRARIES = {"HTTPS_PROXY"}
MOST_PICTURE_BYTES = 300_000
MOST_GUIDE_LINES = 70


def documents() -> list[Path]:
    return [README, *sorted(DOCS.rglob("*.md"))]


@cache
def chinese() -> Catalogue:
    return read(ROOT / "bot" / "i18n" / "zh_CN")[0]


@cache
def variables() -> frozenset[str]:
    read_by_us = {name for source in sources("bot") for name in VARIABLE.findall(source.text)}
    return frozenset(read_by_us | READ_BY_LIBRARIES)


@pytest.fixture
def helps(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The help that each command of the command line prints, by its name."""
    with pytest.raises(SystemExit):
        main(["--help"])
    names = re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE)
    found = {}
    for name in names:
        with pytest.raises(SystemExit):
            main([name, "--help"])
        found[name] = capsys.readouterr().out
    return found


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_document_names_only_what_exists(path: Path, helps: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    expect_none(
        [
            *unknown_bot_commands(text, helps),
            *unknown_variables(text, variables()),
            *missing_paths(text, ROOT),
        ]
    )


def test_the_keys_of_the_configuration_exist() -> None:
    config = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    expect_none(unknown_keys(README.read_text(encoding="utf-8"), config))


@pytest.mark.parametrize("path", [README, *(DOCS / name for name in GUIDES)], ids=lambda p: p.name)
def test_buttons_and_commands_of_the_chat_are_those_on_the_screen(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    labels = button_labels(chinese())
    expect_none([*unknown_buttons(text, labels), *unknown_slash_commands(text, chinese())])


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_one_page(name: str) -> None:
    assert len((DOCS / name).read_text(encoding="utf-8").splitlines()) <= MOST_GUIDE_LINES


def test_every_picture_is_shown_and_small() -> None:
    pictures = sorted((DOCS / "images").glob("*"))
    assert pictures
    expect_none(unshown(pictures, documents()))
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG"), picture.name
        assert picture.stat().st_size < MOST_PICTURE_BYTES, picture.name


def test_the_service_runs_the_bot_with_variables_that_it_reads(helps: dict[str, str]) -> None:
    text = UNIT.read_text(encoding="utf-8")
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read_string(text)
    assert unit["Service"]["ExecStart"].endswith("-m bot run")
    expect_none([*unknown_bot_commands(text, helps), *unknown_variables(text, variables())])


def test_what_does_not_exist_is_caught(helps: dict[str, str]) -> None:
    text = "`bot/gone.py`, BOT_TOKN, `bot.prxy`, `python -m bot fly` and `python -m bot run --away`"
    assert [
        *unknown_bot_commands(text, helps),
        *unknown_variables(text, variables()),
        *unknown_keys(text, {"bot": {"proxy": None}}),
        *missing_paths(text, ROOT),
    ] == [
        "python -m bot fly: no such command",
        "python -m bot run --away: no such option",
        "BOT_TOKN: no such variable",
        "bot.prxy: no such key in config.yaml",
        "bot/gone.py: no such file",
    ]


def test_a_button_that_is_on_no_screen_is_caught() -> None:
    labels = button_labels(chinese())
    text = "按「提交」，十分钟内可「撤回（10分钟内）」，再按「提交啦」"
    assert unknown_buttons(text, labels) == ["「提交啦」: no such button"]


def test_a_command_that_no_feature_has_is_caught() -> None:
    assert unknown_slash_commands("发 /help 或 /fly", chinese()) == ["/fly: no such command"]


def test_a_picture_that_nobody_shows_is_caught(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("![one](one.png) [two](two.png)", encoding="utf-8")
    pictures = [tmp_path / name for name in ("one.png", "two.png", "three.png")]
    assert unshown(pictures, [page]) == ["three.png: shown nowhere"]
