"""The files of the page, read without a browser."""

import json
import re
from pathlib import Path

import pytest

import bot.sandbox

PAGE = Path(bot.sandbox.__file__).parent / "page"
MARKUP_KEY = re.compile(r'data-(?:text|label|placeholder)="([^"]+)"')
SCRIPT_KEY = re.compile(r'\b(?:t|data)\(\s*"([^"]+)"')
CHINESE = re.compile(r"[\u3400-\u9fff]")
LINES = 300


def texts() -> dict[str, object]:
    loaded: dict[str, object] = json.loads((PAGE / "texts.json").read_text(encoding="utf-8"))
    return loaded


def sources() -> list[Path]:
    return [PAGE / "index.html", *sorted(PAGE.glob("js/*.js")), *sorted(PAGE.glob("css/*.css"))]


def asked_for() -> set[str]:
    keys: set[str] = set()
    for path in sources():
        source = path.read_text(encoding="utf-8")
        keys |= set(MARKUP_KEY.findall(source)) | set(SCRIPT_KEY.findall(source))
    return keys


def test_every_text_that_is_asked_for_exists() -> None:
    assert sorted(asked_for() - set(texts())) == []


def test_every_text_is_asked_for_somewhere() -> None:
    every_source = "".join(path.read_text(encoding="utf-8") for path in sources())
    made = {"clock.hour", "clock.day", "clock.week", "clock.hourLabel", "clock.dayLabel"}
    unused = set(texts()) - asked_for() - made - {"clock.weekLabel"}
    assert sorted(key for key in unused if f'"{key}"' not in every_source) == []


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_a_file_is_short_and_holds_no_chinese(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LINES
    assert CHINESE.findall(source) == []


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere_and_no_markup_is_made_of_text(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    far = set(re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]{2,}", source))
    assert far <= {"http://www.w3.org"}
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source) == []
    )
