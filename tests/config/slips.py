"""The shipped config.yaml with one thing in it changed, and what is said about it."""

import pytest

from bot.config import ConfigErrors, ConfigProblem
from bot.config.loading import parse_config
from bot.config.yamlfile import read_yaml
from tests.support.config import SHIPPED

TEXT = SHIPPED.read_text("utf-8")


def problems_of(text: str) -> list[ConfigProblem]:
    """Return what is wrong with `text`; it must be refused."""
    with pytest.raises(ConfigErrors) as refused:
        parse_config(read_yaml(text, "config.yaml"))
    return list(refused.value.problems)


def changed(old: str, new: str) -> str:
    """Return the shipped text with the one place that reads `old` changed."""
    assert TEXT.count(old) >= 1, old
    return TEXT.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1
