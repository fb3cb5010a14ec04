"""From a file to a `Config`, or to everything that is wrong with it."""

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config.model import Config
from bot.config.problems import TEXTS, ConfigErrors, ConfigProblem
from bot.config.references import check_references
from bot.config.shape import allowed_keys
from bot.config.yamlfile import KeyPath, YamlFile, read_yaml

_MOST_MEGABYTES = 4

_CODES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    # pydantic's type -> our code, and which of its facts we keep under which name
    "missing": ("missing_key", {}),
    "string_type": ("not_text", {}),
    "string_too_short": ("blank", {}),
    "string_too_long": ("too_long", {"max_length": "limit"}),
    "too_short": ("blank", {}),
    "too_long": ("too_many", {"max_length": "limit"}),
    "int_type": ("not_whole_number", {}),
    "int_from_float": ("not_whole_number", {}),
    "float_type": ("not_number", {}),
    "bool_type": ("not_boolean", {}),
    "tuple_type": ("not_list", {}),
    "list_type": ("not_list", {}),
    "model_type": ("not_mapping", {}),
    "dict_type": ("not_mapping", {}),
    "greater_than_equal": ("too_small", {"ge": "limit"}),
    "greater_than": ("not_above", {"gt": "limit"}),
    "less_than_equal": ("too_large", {"le": "limit"}),
    "enum": ("not_one_of", {"expected": "allowed"}),
    "literal_error": ("not_one_of", {"expected": "allowed"}),
}

_POINTED = {
    "assumed_unknown": ("assumed",),
    "steps_not_falling": ("ladder",),
    "due_of_other": ("due",),
    "due_day_of_other": ("due_day",),
    "information_not_monthly": ("form",),
    "step_twice": ("ladder",),
    "step_after_escalation": ("ladder",),
    "default_not_available": ("default",),
}
"""Problems of a whole entry, and the key in it to point at."""


def load_config(path: Path) -> Config:
    """Return the checked configuration in the file at `path`.

    Raises:
        ConfigErrors: with everything that is wrong, each with key and line.

    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MOST_MEGABYTES * 1024 * 1024 + 1)
    except OSError as error:
        raise _refused(path, None, "file_missing", reason=error.strerror) from error
    if len(raw) > _MOST_MEGABYTES * 1024 * 1024:
        raise _refused(path, None, "file_too_large", limit=_MOST_MEGABYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(path, line, "not_utf8") from error
    config = parse_config(read_yaml(text, str(path)))
    config.remember_path(path.resolve())
    return config


def config_from_data(data: Mapping[str, object], *, name: str = "config.yaml") -> Config:
    """Return the checked configuration in plain `data`, as YAML would give it with dates as text.

    Raises:
        ConfigErrors: with everything that is wrong; there are no lines to name.

    """
    return parse_config(YamlFile(name, dict(data)))


def parse_config(file: YamlFile) -> Config:
    """Return the checked configuration that `file` holds.

    Raises:
        ConfigErrors: what reading it reported, and everything that is wrong with the values.

    """
    if not isinstance(file.value, dict):
        if not file.problems:
            file.report((), "not_mapping")
        raise ConfigErrors(file.problems)
    config = _validated(file)
    check_references(file)
    if config is None or file.problems:
        raise ConfigErrors(file.problems)
    return config


def _validated(file: YamlFile) -> Config | None:
    # JSON is the one strict mode of pydantic that still reads dates and lists from plain values.
    try:
        return Config.model_validate_json(json.dumps(file.value), strict=True)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _report(file, detail)
        return None


def _report(file: YamlFile, detail: ErrorDetails) -> None:
    path, kind, facts = _path(file.value, detail["loc"]), detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        _report_unknown_key(file, path)
    elif kind == "missing":
        file.report(path, "missing_key", name=str(path[-1]))
    elif f"config.{kind}" in TEXTS:
        file.report((*path, *_POINTED.get(kind, ())), kind, **facts)
    elif kind in _CODES:
        code, names = _CODES[kind]
        kept = {name: facts[theirs] for theirs, name in names.items()}
        value = {"value": str(detail["input"])} if code == "not_one_of" else {}
        file.report(path, code, **kept, **value)
    else:
        file.report(path, "invalid", reason=detail["msg"])


def _report_unknown_key(file: YamlFile, path: KeyPath) -> None:
    name = str(path[-1])
    nearest = get_close_matches(name, allowed_keys(Config, path[:-1]), n=1)
    if nearest:
        file.report(path, "unknown_key_near", name=name, nearest=nearest[0])
    else:
        file.report(path, "unknown_key", name=name)


def _path(root: object, loc: Sequence[str | int]) -> KeyPath:
    """Return `loc` without what pydantic adds to it, such as the branch of a union."""
    path: list[str | int] = []
    value = root
    for place, part in enumerate(loc):
        last = place == len(loc) - 1
        if isinstance(value, Mapping) and (part in value or last):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            break
        path.append(part)
    return tuple(path)


def _refused(path: Path, line: int | None, code: str, **data: object) -> ConfigErrors:
    return ConfigErrors([ConfigProblem(str(path), line, "", code, data)])
