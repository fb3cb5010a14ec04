"""Configurations for tests: the shipped one, with what a test needs to be different."""

import copy
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from bot.config import Config, config_from_data
from bot.config.yamlfile import read_yaml

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "config.yaml"
REPORTS = ROOT / "tests" / "data" / "reports.jsonl"

NAMELESS_UNIT = "jiedao-wuming"
"""The slug for the sample whose unit has lost its name in the source."""
TEST_TASK = "T1"
"""The task for samples that belong to none of the campaign's tasks."""

_KEYS = ("id", "slug", "word", "text")


def make_config(**overrides: object) -> Config:
    """Return the shipped configuration with `overrides` merged in.

    A mapping is merged key by key. A list of entries takes a mapping from id or slug to what is
    different in that entry: an unknown one is added at the end, None removes one. Any other value
    replaces what was there.

        make_config(time={"zone": "UTC"}, units={"kexie": {"name": "K"}, "sifa": None})
    """
    return config_from_data(make_data(**overrides))


def make_data(**overrides: object) -> dict[str, Any]:
    """Return the plain data of `make_config`, for tests that break it on purpose."""
    data = copy.deepcopy(_shipped())
    return cast("dict[str, Any]", _merged(data, overrides))


def sample_reports() -> list[dict[str, Any]]:
    """Return the sample facts; `unit_slug` and `task` always name what `samples_config` holds."""
    reports = [json.loads(line) for line in REPORTS.read_text("utf-8").splitlines()]
    for report in reports:
        report["unit_slug"] = report["unit_slug"] or NAMELESS_UNIT
        report["task"] = report["task_guess"] or TEST_TASK
    return reports


def samples_config(**overrides: object) -> Config:
    """Return the shipped configuration with the samples' units and a test task.

    Each unit answers for the tasks that its samples are about.
    """
    data = make_data(tasks={TEST_TASK: _test_task()})
    known = {unit["slug"] for unit in data["units"]}
    for report in sample_reports():
        slug = report["unit_slug"]
        if slug not in known:
            known.add(slug)
            data["units"].append({"slug": slug, "name": _unit_name(report)})
        task = next(task for task in data["tasks"] if task["id"] == report["task"])
        if slug not in task["responsible"]:
            task["responsible"].append(slug)
    return config_from_data(cast("dict[str, Any]", _merged(data, overrides)))


def _unit_name(report: Mapping[str, Any]) -> str:
    return f"{report['unit']}（{report['district']}）"


def _test_task() -> dict[str, Any]:
    return {
        "section": "A",
        "title": "其他宣传活动（测试）",
        "summary": "样本中不属于任何一项任务的活动",
        "responsible": [],
        "indicators": [{"id": "T1.1", "name": "活动", "quote": "活动", "counted_in": "次"}],
    }


@cache
def _shipped() -> dict[str, Any]:
    file = read_yaml(SHIPPED.read_text("utf-8"), SHIPPED.name)
    assert not file.problems
    return cast("dict[str, Any]", file.value)


def _merged(old: object, new: object) -> object:
    if isinstance(old, dict) and isinstance(new, Mapping):
        return old | {key: _merged(old.get(key), value) for key, value in new.items()}
    if isinstance(old, list) and isinstance(new, Mapping):
        return _merged_entries(old, new)
    return copy.deepcopy(new)


def _merged_entries(old: list[Any], new: Mapping[str, Any]) -> list[Any]:
    key = next(key for key in _KEYS if key in old[0])
    entries = {entry[key]: entry for entry in old}
    for name, different in new.items():
        if different is None:
            del entries[name]
        else:
            entries[name] = _merged(entries.get(name, {key: name}), different)
    return list(entries.values())


ONE_PERSON_SENDS = {"second_person_above": 1_000_000}
"""Settings of notices under which one coordinator alone may write to everybody."""
