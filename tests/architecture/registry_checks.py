"""What the registries must hold: every handler, every job, every kind of button once."""

import ast
from collections.abc import Iterable
from pathlib import Path

from tests.architecture.source import ROOT, Source, called_name, calls


def modules(folder: Path) -> list[str]:
    """Return the public modules and packages in a folder; none where there is no folder."""
    found = [path.stem for path in folder.glob("*.py")]
    found += [path.parent.name for path in folder.glob("*/__init__.py")]
    return sorted(name for name in found if not name.startswith("_"))


def unregistered(package: str, names: Iterable[str], registry: Source) -> list[str]:
    """Find modules of `package` that its __init__ does not import, or imports and leaves."""
    imported: dict[str, str] = {}
    for node in ast.walk(registry.tree):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            imported |= {alias.name: alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
            names_in_module = [alias.asname or alias.name for alias in node.names]
            imported[(node.module or "").split(".")[1]] = names_in_module[0]
    read = {
        node.id
        for node in ast.walk(registry.tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return [
        f"{package}/{name} is not in {package}/__init__.py"
        for name in names
        if imported.get(name) not in read
    ]


def registry_of(package: str) -> Source:
    """Return the __init__ of a package; an empty one where there is none."""
    path = ROOT / package / "__init__.py"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return Source(f"{package}/__init__.py", text, ast.parse(text))


def prefixes_used_twice(all_sources: list[Source]) -> list[str]:
    """Find kinds of buttons that share a prefix: one would answer the other's presses."""
    places: dict[str, list[str]] = {}
    for source in all_sources:
        for call in calls(source.tree):
            first = call.args[0] if call.args else None
            if called_name(call) == "callback" and isinstance(first, ast.Constant):
                places.setdefault(str(first.value), []).append(f"{source.path}:{call.lineno}")
    return [
        f"{prefix!r}: {' and '.join(where)}" for prefix, where in places.items() if len(where) > 1
    ]


def untold_facts(all_sources: list[Source]) -> list[str]:
    """Find facts that no card tells: they would stop the transaction that states them."""
    told = {
        ast.unparse(call.args[0]).split(".")[-1]
        for source in all_sources
        for call in calls(source.tree)
        if called_name(call) == "tells" and call.args
    }
    return [
        source.at(node, f"nobody tells {node.name}")
        for source in all_sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base) == "Fact" for base in node.bases)
        and node.name not in told
    ]


def cards_left_out(all_sources: list[Source]) -> list[str]:
    """Find modules of cards that nothing imports: what they tell would never be told."""
    imported = set()
    for source in all_sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ImportFrom) and node.module is not None:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
    return [
        f"{source.path}: imported nowhere"
        for source in all_sources
        if source.path.startswith("bot/chat/cards/")
        and not source.path.endswith("__init__.py")
        and source.path.removesuffix(".py").replace("/", ".") not in imported
    ]
