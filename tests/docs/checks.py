"""What the documents name, and whether it exists."""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.architecture.catalogues import Catalogue

BUTTON = re.compile(r"「([^」]+)」")
"""The convention of the Chinese pages: what stands in 「」 is written on a button."""
SLASH_COMMAND = re.compile(r"(?<![\w/.…:])/([a-z]+)(?![\w/.-])")
BOT_COMMAND = re.compile(r"-m bot ([a-z]+)([^`\n]*)")
OPTION = re.compile(r"--[a-z-]+")
VARIABLE = re.compile(r"\b(?:BOT|DATABASE|TELEGRAM|HTTPS|HTTP)_[A-Z_]+\b")
IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)|\[[^\]]*\]\(([^)\s]+\.png)\)")
CODE = re.compile(r"`([^`\n]+)`")
FOLDERS = ("bot", "handlers", "jobs", "tests", "docs", ".ci")
_TAG = re.compile(r"</?[a-z]+>")
_HOLE = re.compile(r"\{\w+\}")
_LONGEST_BUTTON = 30
_SENTENCE_ENDS = "。？：\n"


def unknown_buttons(text: str, labels: Collection[re.Pattern[str]]) -> list[str]:
    """Find what a page says is a button and no button says."""
    return [
        f"「{named}」: no such button"
        for named in sorted(set(BUTTON.findall(text)))
        if not any(label.fullmatch(named) for label in labels)
    ]


def button_labels(catalogue: Catalogue) -> list[re.Pattern[str]]:
    """Return the texts of a catalogue that can stand on a button, their values left open."""
    found = []
    for key, entry in catalogue.items():
        if key.startswith("command.") or ".error." in key:
            continue
        for form in entry.forms:
            words = _HOLE.sub("", form)
            short = len(form) <= _LONGEST_BUTTON and not set(_SENTENCE_ENDS) & set(form)
            if short and not _TAG.search(form) and re.search(r"\w", words):
                parts = [re.escape(part) for part in _HOLE.split(form)]
                found.append(re.compile(r"[^「」]+".join(parts)))
    return found


def unknown_slash_commands(text: str, catalogue: Catalogue) -> list[str]:
    """Find commands of the chat that no feature describes."""
    return [
        f"/{name}: no such command"
        for name in sorted(set(SLASH_COMMAND.findall(text)))
        if f"command.{name}" not in catalogue
    ]


def unknown_bot_commands(text: str, helps: Mapping[str, str]) -> list[str]:
    """Find `python -m bot …` that the command line refuses; `helps` is the help of each command."""
    found = []
    for name, rest in BOT_COMMAND.findall(text):
        if name not in helps:
            found.append(f"python -m bot {name}: no such command")
            continue
        known = set(OPTION.findall(helps[name]))
        found += [
            f"python -m bot {name} {option}: no such option"
            for option in OPTION.findall(rest)
            if option not in known
        ]
    return found


def unknown_variables(text: str, known: Collection[str]) -> list[str]:
    """Find variables of the environment that nothing reads."""
    named = set(VARIABLE.findall(text))
    return [f"{name}: no such variable" for name in sorted(named - set(known))]


def missing_paths(text: str, root: Path) -> list[str]:
    """Find files and folders of the project that are named and do not exist."""
    return [
        f"{named}: no such file"
        for named in sorted(set(CODE.findall(text)))
        if named.startswith(tuple(f"{folder}/" for folder in FOLDERS))
        and re.fullmatch(r"[\w./-]+", named)
        and not (root / named).exists()
    ]


def unknown_keys(text: str, data: Mapping[str, Any]) -> list[str]:
    """Find keys of the configuration, such as `bot.proxy`, that it does not have."""
    dotted = [named for named in CODE.findall(text) if re.fullmatch(r"[a-z_]+(\.\w+)+", named)]
    return [
        f"{named}: no such key in config.yaml"
        for named in sorted(set(dotted))
        if named.split(".")[0] in data and not named.endswith(".yaml") and not _holds(data, named)
    ]


def _holds(data: Any, dotted: str) -> bool:
    for part in dotted.split("."):
        if not isinstance(data, Mapping) or part not in data:
            return False
        data = data[part]
    return True


def images(text: str) -> list[str]:
    """Return the pictures that a document shows or links."""
    return [shown or linked for shown, linked in IMAGE.findall(text)]


def unshown(pictures: Iterable[Path], documents: Iterable[Path]) -> list[str]:
    """Find pictures that no document shows."""
    shown = {
        (document.parent / image).resolve()
        for document in documents
        for image in images(document.read_text(encoding="utf-8"))
    }
    return [f"{picture.name}: shown nowhere" for picture in pictures if picture not in shown]
