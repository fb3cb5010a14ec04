"""Every problem has its sentence in both languages."""

import ast
import string

import pytest

from bot.config.problems import TEXTS
from bot.i18n import catalogue
from tests.support.config import ROOT


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_a_problem_is_told_in_both_languages_with_the_same_facts(key: str) -> None:
    english = catalogue("en").text(key)
    chinese = catalogue("zh_CN").text(key)
    assert english == TEXTS[key]
    assert placeholders(chinese) == placeholders(english)


def test_the_heading_counts_the_problems() -> None:
    for language in ("zh_CN", "en"):
        assert placeholders(catalogue(language).text("config.refused")) == {"count"}


def test_every_code_in_the_source_has_its_text() -> None:
    """A code is a text that is given to one of the calls that report."""
    reporting = {
        "report",
        "report_line",
        "PydanticCustomError",
        "TokenFileError",
        "_parsed",
        "refuse",
        "_problem",
        "_refused",
    }
    used: set[str] = set()
    for path in (ROOT / "bot" / "config").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            if name not in reporting:
                continue
            words = [
                arg.value
                for arg in node.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            used.update(
                word for word in words if word.isidentifier() and word.islower() and "_" in word
            )
    assert used - {key.removeprefix("config.") for key in TEXTS} <= {"overall_per_second"}
    assert len(used) > 30
