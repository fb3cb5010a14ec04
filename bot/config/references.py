"""Checks across the file: every name leads somewhere, none is given twice (SYS-02).

They read the plain values, not the models, so that one wrong date hides no wrong name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from bot.config.tasks import ALL_RESPONSIBLE_UNITS
from bot.config.yamlfile import KeyPath, YamlFile

_EACH = "*"


@dataclass(frozen=True, slots=True)
class _Link:
    """Values at `places` must be names of `section`, or one of the `extra` words."""

    places: str
    section: str
    extra: frozenset[str] = frozenset()


_NAMES = {
    "phases": "id",
    "sections": "id",
    "focus": "id",
    "units": "slug",
    "tasks": "id",
    "obligations": "id",
    "documents": "id",
    "cadence_words": "word",
    "post_kinds": "slug",
    "post_duties": "slug",
    "time_bands": "slug",
    "volunteer_teams": "slug",
    "carriers": "slug",
    "metrics": "slug",
    "assumptions": "id",
}
"""Which key names an entry of each section."""

_UNIQUE = (
    *(f"{section}.*.{key}" for section, key in _NAMES.items()),
    "units.*.name",
    "metrics.*.name",
    "tasks.*.indicators.*.id",
)

_LINKS = (
    _Link("campaign.coordinator", "units"),
    _Link("campaign.supervisor", "units"),
    _Link("units.*.members.*", "units"),
    _Link("tasks.*.section", "sections"),
    _Link("tasks.*.responsible.*", "units"),
    _Link("tasks.*.assist.*", "units"),
    _Link("tasks.*.indicators.*.metrics.*", "metrics"),
    _Link("metrics.*.part_of", "metrics"),
    _Link("tasks.*.cadence.*.word", "cadence_words"),
    _Link("obligations.*.who.*", "units", frozenset({ALL_RESPONSIBLE_UNITS})),
    _Link("obligations.*.to", "units"),
    _Link("obligations.*.task", "tasks"),
    _Link("obligations.*.phase", "phases"),
    _Link("obligations.*.same_as", "obligations"),
    _Link("post_kinds.*.task", "tasks"),
    _Link("post_kinds.*.duties.*", "post_duties"),
    _Link("carriers.*.tasks.*", "tasks"),
    _Link("archive.no_photo_wanted.*", "tasks"),
)


def check_references(file: YamlFile) -> None:
    """Report every name in `file` that is given twice or leads nowhere."""
    for places in _UNIQUE:
        _check_unique(file, places)
    for link in _LINKS:
        for path, value in _values(file.value, link.places):
            _check_link(file, path, value, link)
    _check_reminders(file)
    _check_phases(file)
    for path, value in _values(file.value, "assumptions.*.where"):
        if isinstance(value, str) and not _leads_somewhere(file.value, value):
            file.report(path, "unknown_place", value=value)


def _values(root: object, places: str) -> Iterator[tuple[KeyPath, object]]:
    """Yield path and value of everything at `places`; what has another shape is left out."""
    found: list[tuple[KeyPath, object]] = [((), root)]
    for step in places.split("."):
        inner: list[tuple[KeyPath, object]] = []
        for path, value in found:
            if step == _EACH and isinstance(value, list):
                inner += [((*path, place), item) for place, item in enumerate(value)]
            elif isinstance(value, Mapping) and step in value:
                inner.append(((*path, step), value[step]))
        found = inner
    return iter(found)


def _names(root: object, section: str) -> list[str]:
    values = (value for _, value in _values(root, f"{section}.*.{_NAMES[section]}"))
    return [value for value in values if isinstance(value, str)]


def _check_unique(file: YamlFile, places: str) -> None:
    first: dict[str, KeyPath] = {}
    for path, value in _values(file.value, places):
        if not isinstance(value, str):
            continue
        if value in first:
            line = file.line_of(first[value])
            file.report(path, "duplicate_name", value=value, first_line=line)
        else:
            first[value] = path


def _check_link(file: YamlFile, path: KeyPath, value: object, link: _Link) -> None:
    if not any(isinstance(found, list) for _, found in _values(file.value, link.section)):
        return  # one missing section is one problem, not one for every name in the file
    names = _names(file.value, link.section)
    if not isinstance(value, str) or value in link.extra or value in names:
        return
    nearest = get_close_matches(value, [*names, *link.extra], n=1)
    if nearest:
        facts = {"value": value, "section": link.section, "nearest": nearest[0]}
        file.report(path, "unknown_reference_near", **facts)
    else:
        file.report(path, "unknown_reference", value=value, section=link.section)


def _check_reminders(file: YamlFile) -> None:
    for _, rules in _values(file.value, "reminders"):
        for name in rules if isinstance(rules, Mapping) else ():
            _check_link(file, ("reminders", name), name, _Link("reminders", "obligations"))
    for _, obligation in _values(file.value, "obligations.*"):
        if not isinstance(obligation, Mapping) or _has_due_date(obligation):
            continue
        name = obligation.get("id")
        for place, rules in _values(file.value, "reminders"):
            if isinstance(rules, Mapping) and isinstance(name, str) and name in rules:
                file.report((*place, name), "reminder_without_due", value=name)


def _has_due_date(obligation: Mapping[str, object]) -> bool:
    return any(obligation.get(key) is not None for key in ("due", "due_day"))


def _check_phases(file: YamlFile) -> None:
    """Report a phase that starts before the one above it has ended."""
    last: tuple[str, date | None] | None = None
    for path, phase in _values(file.value, "phases.*"):
        if not isinstance(phase, Mapping):
            continue
        start, end = _day(phase.get("start")), _day(phase.get("end"))
        is_open = phase.get("end") is None
        if start is None or (end is None and not is_open):
            continue  # a bad date is reported by the model
        if last is not None and (last[1] is None or start <= last[1]):
            file.report((*path, "start"), "phases_overlap", start=str(start), other=last[0])
        last = (str(phase.get("id")), end)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _leads_somewhere(root: object, place: str) -> bool:
    """Tell whether `place`, such as obligations.O2.due_day, is in the file."""
    value = root
    for step in place.split("."):
        named = [one for one in value if _is_named(one, step)] if isinstance(value, list) else []
        if named:
            value = named[0]
        elif isinstance(value, Mapping) and step in value:
            value = value[step]
        else:
            return False
    return True


def _is_named(value: object, name: str) -> bool:
    return isinstance(value, Mapping) and name in [value.get(key) for key in ("id", "slug", "word")]
