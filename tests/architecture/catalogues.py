"""The catalogues as the checks see them, and what must hold of them."""

import ast
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from tests.architecture.source import Source, called_name, calls

# What takes a key, and the place of the key among its arguments.
SAYING = {"T": 0, "tn": 0, "Counted": 0, "text": 0, "plural": 0, "say": 1}
TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote"}
TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


@dataclass(frozen=True)
class Entry:
    """One text: its forms (one but for plurals) and the file that holds it."""

    file: str
    forms: tuple[str, ...]

    def placeholders(self) -> frozenset[str]:
        """Return the names in braces over all forms; malformed braces raise ValueError."""
        return frozenset(
            name.split(".")[0].split("[")[0]
            for form in self.forms
            for _, name, _, _ in string.Formatter().parse(form)
            if name is not None
        )


Catalogue = Mapping[str, Entry]


def read(folder: Path) -> tuple[dict[str, Entry], list[str]]:
    """Return the texts of one language and the keys that two of its files hold."""
    entries: dict[str, Entry] = {}
    twice = []
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            parsed = read_po(file, locale=folder.name)
        for message in parsed:
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            if key in entries:
                twice.append(f"{key}: in {entries[key].file} and {path.name}")
            said = message.string or ""
            forms = (said,) if isinstance(said, str) else tuple(said)
            entries[key] = Entry(path.name, forms)
    return entries, twice


def malformed(catalogue: Catalogue) -> list[str]:
    """Find keys of another form, empty texts, unbalanced braces and tags Telegram refuses."""
    found = []
    for key, entry in catalogue.items():
        where = f"{entry.file}: {key}"
        if not KEY.fullmatch(key):
            found.append(f"{where}: a key is symbolic, like report.title")
        if not all(form.strip() for form in entry.forms):
            found.append(f"{where}: empty")
        try:
            entry.placeholders()
        except ValueError as error:
            found.append(f"{where}: {error}")
        found += [f"{where}: tags do not match" for form in entry.forms if not _balanced(form)]
    return found


def _balanced(text: str) -> bool:
    open_tags: list[str] = []
    for closing, tag in TAG.findall(text):
        if tag not in TAGS:
            return False
        if not closing:
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag:
            return False
    return not open_tags


def differences(one: Catalogue, other: Catalogue) -> list[str]:
    """Find keys that only one language has, and texts whose placeholders differ."""
    found = [f"{key}: in one language only" for key in sorted(one.keys() ^ other.keys())]
    for key in sorted(one.keys() & other.keys()):
        # One language may say "a place" where the other counts.
        mine, theirs = (side[key].placeholders() - {"count"} for side in (one, other))
        if mine != theirs:
            found.append(f"{key}: {sorted(mine)} here, {sorted(theirs)} there")
    return found


def missing(source: Source, catalogue: Catalogue) -> list[str]:
    """Find texts that the code says and no catalogue has."""
    return [
        source.at(node, f"no text {key!r}")
        for node, key in _literal_keys(source)
        if key not in catalogue
    ]


def unfilled(source: Source, catalogue: Catalogue) -> list[str]:
    """Find texts said with other values than their placeholders."""
    found = []
    for call in calls(source.tree):
        key = _literal_key(call)
        if called_name(call) not in {"T", "tn", "say"} or key is None or key not in catalogue:
            continue
        given = {keyword.arg for keyword in call.keywords}
        wanted = catalogue[key].placeholders() - ({"count"} if called_name(call) == "tn" else set())
        if None not in given and given != wanted:
            found.append(
                source.at(call, f"{key} takes {sorted(wanted)}, not {sorted(map(str, given))}")
            )
    return found


def unfilled_errors(all_sources: list[Source], catalogue: Catalogue) -> list[str]:
    """Find errors raised without a value that their sentence shows.

    An error class with methods of its own makes its values itself and is left out.
    """
    sentences = {
        node.name: key
        for source in all_sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        and (key := _error_key(node)) is not None
        and key in catalogue
        and not any(isinstance(line, ast.FunctionDef) for line in node.body)
    }
    return [
        source.at(call, f"{sentences[called_name(call)]} shows {sorted(lacking)}")
        for source in all_sources
        for call in calls(source.tree)
        if called_name(call) in sentences
        and None not in (given := {keyword.arg for keyword in call.keywords})
        and (lacking := catalogue[sentences[called_name(call)]].placeholders() - given)
    ]


def unused(
    all_sources: list[Source], catalogue: Catalogue, families: Mapping[str, str]
) -> list[str]:
    """Find texts that nothing says: no literal names them and no family holds them."""
    named = {
        node.value
        for source in all_sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return [
        f"{entry.file}: {key} is said nowhere"
        for key, entry in catalogue.items()
        if key not in named and not key.startswith(tuple(families))
    ]


def unlisted_families(source: Source, families: Mapping[str, str]) -> list[str]:
    """Find keys put together at run time whose family is not written down."""
    found = []
    for call in calls(source.tree):
        key = _key_argument(call)
        if not isinstance(key, ast.JoinedStr):
            continue
        start = key.values[0]
        prefix = start.value if isinstance(start, ast.Constant) else ""
        if prefix not in families:
            found.append(source.at(call, f"the family {prefix!r} is not written down"))
    return found


def _literal_keys(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            if (key := _literal_key(node)) is not None:
                yield node, key
        elif isinstance(node, ast.ClassDef) and (key := _error_key(node)) is not None:
            yield node, key


def _key_argument(call: ast.Call) -> ast.expr | None:
    """Return the argument that is the key; None for a call that says nothing."""
    at = SAYING.get(called_name(call), len(call.args))
    return call.args[at] if at < len(call.args) else None


def _literal_key(call: ast.Call) -> str | None:
    """Return the key that a call names; None where it says nothing or puts the key together."""
    key = _key_argument(call)
    if isinstance(key, ast.Constant) and isinstance(key.value, str) and KEY.fullmatch(key.value):
        return key.value
    return None


def _error_key(node: ast.ClassDef) -> str | None:
    """Return the catalogue key of an error class; None for a class that has none."""
    for line in node.body:
        if (
            isinstance(line, ast.Assign)
            and [ast.unparse(target) for target in line.targets] == ["key"]
            and isinstance(line.value, ast.Constant)
            and isinstance(line.value.value, str)
            and KEY.fullmatch(line.value.value)
        ):
            return line.value.value
    return None
