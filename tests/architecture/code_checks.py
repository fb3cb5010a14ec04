"""What the code must not do. Each check returns what it found in one file, or nothing."""

import ast
import re
import sys

from tests.architecture.source import (
    Source,
    called_name,
    calls,
    functions,
    length,
    public_definitions,
    type_of_function,
)

# Han characters and the punctuation that goes with them.
CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003134f]")
FILE_LINES = 300
FUNCTION_LINES = 50
FUNCTION_LINES_P90 = 40
# A revision creates its tables one after the other: one long list, split nowhere better.
REVISIONS = "bot/db/migrations/versions/"


def chinese_literals(source: Source) -> list[str]:
    """Find Chinese in strings; comments and docstrings may quote a term."""
    prose = {
        id(node.value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        source.at(node, f"text belongs in a catalogue or a data file: {node.value!r}")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in prose
        and CHINESE.search(node.value)
    ]


def commits(source: Source) -> list[str]:
    """Find a commit anywhere but in the store."""
    if source.path.startswith("bot/db/"):
        return []
    return [
        source.at(call, "only bot/db commits")
        for call in calls(source.tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    ]


def local_imports(source: Source) -> list[str]:
    """Find an import inside a function: it hides a cycle or a cost."""
    return [
        source.at(node, "imports stand at the top of the file")
        for function in functions(source.tree)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]


def long_files(source: Source) -> list[str]:
    """Find a file that should be split by use case."""
    lines = source.text.count("\n")
    if lines <= FILE_LINES or source.path.startswith(REVISIONS):
        return []
    return [f"{source.path}: {lines} lines, at most {FILE_LINES}"]


def long_functions(source: Source) -> list[str]:
    """Find a function that does more than one thing."""
    if source.path.startswith(REVISIONS):
        return []
    return [
        source.at(node, f"{node.name} has {length(node)} lines, at most {FUNCTION_LINES}")
        for node in functions(source.tree)
        if length(node) > FUNCTION_LINES
    ]


def ninth_tenth(all_sources: list[Source]) -> int:
    """Return the length that nine tenths of all functions do not exceed; 0 without functions."""
    lengths = sorted(
        length(node)
        for source in all_sources
        if not source.path.startswith(REVISIONS)
        for node in functions(source.tree)
    )
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def unexplained(source: Source) -> list[str]:
    """Find a public name without a docstring or without full annotations."""
    if source.path.startswith(REVISIONS):
        return []
    found = []
    for node in public_definitions(source.tree):
        explained_elsewhere = any(
            ast.unparse(line).endswith(("override", "overload")) for line in node.decorator_list
        )
        if ast.get_docstring(node) is None and not explained_elsewhere:
            found.append(source.at(node, f"{node.name} has no docstring"))
        if isinstance(node, type_of_function) and not _annotated(node):
            found.append(source.at(node, f"{node.name} is not fully annotated"))
    return found


def _annotated(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = node.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    named += [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
    return node.returns is not None and all(
        argument.annotation is not None for argument in named if argument.arg not in {"self", "cls"}
    )


def naked_tasks(source: Source) -> list[str]:
    """Find a task that may fail unseen: started outside a TaskGroup and bot.core.tasks."""
    if source.path == "bot/core/tasks.py":
        return []
    groups = {
        item.optional_vars.id
        for node in ast.walk(source.tree)
        if isinstance(node, ast.AsyncWith)
        for item in node.items
        if isinstance(item.optional_vars, ast.Name)
        and "TaskGroup" in ast.unparse(item.context_expr)
    }
    return [
        source.at(call, "take asyncio.TaskGroup or bot.core.tasks")
        for call in calls(source.tree)
        if called_name(call) in {"create_task", "ensure_future"}
        and not (
            isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id in groups
        )
    ]


def prints(source: Source) -> list[str]:
    """Find a print outside the command line."""
    if source.path == "bot/__main__.py" or source.path.startswith(("bot/cli.py", "bot/cli/")):
        return []
    return [
        source.at(call, "only the command line prints")
        for call in calls(source.tree)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]


def foreign_imports_in_core(source: Source) -> list[str]:
    """Find an import in bot/core that is neither the standard library nor bot.core."""
    if not source.path.startswith("bot/core/"):
        return []
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        else:
            continue
        found += [
            source.at(node, f"bot.core does not know {module}")
            for module in modules
            if module.split(".")[0] not in sys.stdlib_module_names
            and not f"{module}.".startswith("bot.core.")
        ]
    return found
