"""Reads YAML into plain values and remembers the line of each, refusing what misleads.

YAML 1.1 reads `on` as true, `22:00` as 1320 and `010` as 8, and keeps the last of two equal keys
without a word. Here each of these is a problem with its line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from bot.config.problems import ConfigProblem
from bot.config.secret import TOKEN_LOOK

KeyPath = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,17})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Written in C and ten times as fast, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_DEPTH = 50


@dataclass(slots=True)
class YamlFile:
    """What a file says: plain values, the line (from 1) of each path, and what is wrong so far."""

    name: str
    value: object = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    _found: list[tuple[int | None, KeyPath, str, dict[str, object]]] = field(default_factory=list)

    @property
    def problems(self) -> list[ConfigProblem]:
        """Return everything reported so far."""
        return [
            ConfigProblem(self.name, line, self.key_of(path), code, data)
            for line, path, code, data in self._found
        ]

    def line_of(self, path: KeyPath) -> int | None:
        """Return the line of `path`, or of the nearest place around it that has one."""
        for length in range(len(path), -1, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return line
        return None

    def key_of(self, path: KeyPath) -> str:
        """Return `path` as people read it: entries by their own id where they have one."""
        words: list[str] = []
        value: object = self.value
        for part in path:
            value = _inside(value, part)
            name = _own_name(value) if isinstance(part, int) else part
            if name is None:
                words[-1:] = [f"{words[-1] if words else ''}[{part}]"]
            else:
                words.append(name)
        return ".".join(words)

    def report(self, path: KeyPath, code: str, **data: object) -> None:
        """Note that what stands at `path` is wrong."""
        self._found.append((self.line_of(path), path, code, data))

    def report_line(self, line: int | None, path: KeyPath, code: str, **data: object) -> None:
        """Note that `line` is wrong, where it is not the line that `path` is found at."""
        self._found.append((line, path, code, data))


def read_yaml(text: str, name: str) -> YamlFile:
    """Return what `text` says; `name` is the file's name for the problems. Never raises."""
    file = YamlFile(name)
    for number, row in enumerate(text.splitlines(), start=1):
        if _CONTROL.search(row):
            file.report_line(number, (), "bad_text")
            break
    else:
        _read(file, text)
    _refuse_tokens(file, text)
    return file


def _read(file: YamlFile, text: str) -> None:
    try:
        if _is_too_deep(file, text):
            return
        _Reader(file).read(_LOADER(text).get_single_node())
    except yaml.YAMLError as error:
        _report_syntax(file, error, text)


def _is_too_deep(file: YamlFile, text: str) -> bool:
    """Tell whether `text` nests too deep, and report it: the C loader would crash the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MOST_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else None
            file.report_line(line, (), "syntax", reason="nested too deep")
            return True
    return False


def _inside(value: object, part: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(part)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None


def _own_name(value: object) -> str | None:
    if isinstance(value, Mapping):
        for key in ("id", "slug", "word"):
            name = value.get(key)
            if isinstance(name, str) and name:
                return name
    return None


class _Reader:
    """Walks the node tree once."""

    def __init__(self, file: YamlFile) -> None:
        self._file = file
        self._seen: set[int] = set()

    def read(self, root: yaml.Node | None) -> None:
        """Fill the file from `root`; None is an empty file."""
        if root is None:
            self._file.lines[()] = 1
        else:
            self._file.value = self._value(root, ())

    def _value(self, node: yaml.Node, path: KeyPath) -> object:
        self._file.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._file.report(path, "alias")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, place)) for place, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            name = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            here: KeyPath = (*path, name)
            if name in found:
                self._file.report_line(
                    line, here, "duplicate_key", name=name, first_line=self._file.lines[here]
                )
                continue
            if key_node.tag == f"{_TAG}merge":
                self._file.report_line(line, here, "alias")
                continue
            if key_node.tag != f"{_TAG}str":
                self._file.report_line(line, here, "needs_quotes", value=name or "?")
            self._file.lines[here] = line
            found[name] = self._value(value_node, here)
        return found

    def _scalar(self, node: yaml.Node, path: KeyPath) -> object:
        text = str(node.value)
        kind = node.tag.removeprefix(_TAG)
        if kind == "null":
            return None
        if kind == "bool" and text.lower() in {"true", "false"}:
            return text.lower() == "true"
        if kind == "int" and _PLAIN_NUMBER.fullmatch(text):
            return int(text)
        if kind == "float" and _PLAIN_NUMBER.fullmatch(text):
            return float(text)
        if kind not in {"str", "timestamp"}:
            self._file.report(path, "needs_quotes", value=text)
        elif _CONTROL.search(text):
            self._file.report(path, "bad_text")
            return "?"
        return text


def _report_syntax(file: YamlFile, error: yaml.YAMLError, text: str) -> None:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark is not None else 1
    # A slip in one line is often noticed by YAML only at the next.
    first = max(line - 1, 1)
    near = text.splitlines()[first - 1 : line]
    for number, row in enumerate(near, start=first):
        if re.match(r"[ ]*\t", row):
            file.report_line(number, (), "tab")
            return
        if re.match(r"\s*(- )?[\w.-]+(\uff1a|:(?=[^\s:]))", row):
            file.report_line(number, (), "fullwidth_colon")
            return
    # str(error) would quote the line, and with it whatever secret stands there.
    reason = getattr(error, "problem", None) or type(error).__name__
    file.report_line(line, (), "syntax", reason=str(reason))


def _refuse_tokens(file: YamlFile, text: str) -> None:
    for number, row in enumerate(text.splitlines(), start=1):
        if TOKEN_LOOK.search(row):
            path = next((path for path, line in file.lines.items() if line == number and path), ())
            file.report_line(number, path, "token_in_config")
