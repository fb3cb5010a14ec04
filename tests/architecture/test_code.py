"""The rules of the code, each with a sample that it must catch."""

from collections.abc import Callable

import pytest

from tests.architecture import code_checks as checks
from tests.architecture.source import PACKAGES, Source, expect_none, sample, sources

Check = Callable[[Source], list[str]]

CODE_RULES: list[Check] = [
    checks.chinese_literals,
    checks.commits,
    checks.local_imports,
    checks.long_files,
    checks.long_functions,
    checks.unexplained,
    checks.naked_tasks,
    checks.prints,
    checks.foreign_imports_in_core,
]

TEST_RULES: list[Check] = [checks.long_files, checks.long_functions]

CAUGHT: list[tuple[str, Check, str, str]] = [
    ("a text", checks.chinese_literals, "TITLE = '标题'", "bot/chat/cards/post.py"),
    ("half a text", checks.chinese_literals, "def f(n): return f'{n}人'", "handlers/post.py"),
    ("an escaped text", checks.chinese_literals, "TITLE = '\\u6807'", "jobs/digest.py"),
    ("a commit", checks.commits, "def f(session): session.commit()", "bot/features/a/service.py"),
    ("a late import", checks.local_imports, "def f():\n    import json", "bot/chat/edge.py"),
    ("a later import", checks.local_imports, "class A:\n def f(self):\n  from a import b", "a.py"),
    ("a long file", checks.long_files, "A = 1\n" * 301, "bot/app.py"),
    ("a long function", checks.long_functions, "def f():\n" + "    a = 1\n" * 50, "bot/app.py"),
    ("no docstring", checks.unexplained, "def f() -> None: ...", "bot/app.py"),
    (
        "no docstring in a class",
        checks.unexplained,
        "class A:\n '''.'''\n def f(self) -> int: ...",
        "a.py",
    ),
    ("no return annotation", checks.unexplained, "def f():\n '''.'''", "bot/app.py"),
    ("no argument annotation", checks.unexplained, "def f(*a) -> int:\n '''.'''", "bot/app.py"),
    ("a naked task", checks.naked_tasks, "asyncio.create_task(work())", "bot/transport/sender.py"),
    ("a loop's task", checks.naked_tasks, "loop.create_task(work())", "bot/transport/sender.py"),
    ("a bare name", checks.naked_tasks, "create_task(work())", "bot/transport/sender.py"),
    ("a print", checks.prints, "print('here')", "bot/transport/sender.py"),
    ("a library in the core", checks.foreign_imports_in_core, "import yaml", "bot/core/dates.py"),
    (
        "a layer above the core",
        checks.foreign_imports_in_core,
        "from bot.db import Store",
        "bot/core/dates.py",
    ),
]

ALLOWED: list[tuple[str, Check, str, str]] = [
    ("a docstring", checks.chinese_literals, "def f():\n '''Read 6月10日前.'''", "bot/a.py"),
    ("a comment", checks.chinese_literals, "A = 1  # 端午节", "bot/a.py"),
    ("the store's commit", checks.commits, "def f(c): c.commit()", "bot/db/store.py"),
    (
        "a group's task",
        checks.naked_tasks,
        "async def f():\n async with asyncio.TaskGroup() as group:\n  group.create_task(work())",
        "bot/a.py",
    ),
    ("the command line's print", checks.prints, "print('here')", "bot/cli/queue.py"),
    (
        "a core module",
        checks.foreign_imports_in_core,
        "from bot.core.ids import new",
        "bot/core/dates.py",
    ),
    ("an own method", checks.unexplained, "class _A:\n def f(self): ...", "bot/a.py"),
]


@pytest.mark.parametrize("check", CODE_RULES, ids=lambda check: check.__name__)
def test_the_code_keeps_the_rule(check: Check) -> None:
    expect_none(finding for source in sources(*PACKAGES) for finding in check(source))


@pytest.mark.parametrize("check", TEST_RULES, ids=lambda check: check.__name__)
def test_the_tests_keep_the_rule(check: Check) -> None:
    expect_none(finding for source in sources("tests") for finding in check(source))


def test_nine_of_ten_functions_are_short() -> None:
    assert checks.ninth_tenth(sources(*PACKAGES)) <= checks.FUNCTION_LINES_P90


@pytest.mark.parametrize(
    ("check", "text", "path"), [row[1:] for row in CAUGHT], ids=[row[0] for row in CAUGHT]
)
def test_the_rule_catches(check: Check, text: str, path: str) -> None:
    assert len(check(sample(text, path))) == 1


@pytest.mark.parametrize(
    ("check", "text", "path"), [row[1:] for row in ALLOWED], ids=[row[0] for row in ALLOWED]
)
def test_the_rule_lets_pass(check: Check, text: str, path: str) -> None:
    assert check(sample(text, path)) == []


def test_many_long_functions_are_noticed_together() -> None:
    long = "def f():\n" + "    a = 1\n" * 44
    assert checks.ninth_tenth([sample(long * 2 + "def g(): ...\n" * 8)]) > checks.FUNCTION_LINES_P90


def test_every_rule_has_a_sample_that_it_catches() -> None:
    assert {row[1] for row in CAUGHT} == {*CODE_RULES, *TEST_RULES}
