"""The project's Python files as the checks see them."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "handlers", "jobs")

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file: where it lies below the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST, what: str) -> str:
        """Return a finding with its place."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


def sample(text: str, path: str = "bot/features/posts/service.py") -> Source:
    """Return `text` as if it stood under `path`: what the negative controls are made of."""
    return Source(path, text, ast.parse(text))


@cache
def sources(*folders: str) -> list[Source]:
    """Return the Python files of `folders`; a folder that does not exist has none."""
    return [
        sample(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def functions(tree: ast.AST) -> Iterator[Function]:
    """Return every function and method, nested ones as well."""
    return (node for node in ast.walk(tree) if isinstance(node, type_of_function))


def public_definitions(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Return public functions, public classes and their public methods."""
    return _public(tree.body)


def _public(body: Iterable[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    for node in body:
        if isinstance(node, (*type_of_function, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def length(node: Function) -> int:
    """Return the lines of a function, its docstring included, its decorators not."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def called_name(call: ast.Call) -> str:
    """Return the last part of what is called: `commit` for `session.commit()`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Return every call in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def expect_none(findings: Iterable[str]) -> None:
    """Fail with every finding on a line of its own."""
    lines = list(findings)
    assert not lines, "\n" + "\n".join(lines)
