"""Whom a notice is for and when it goes, in words."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.chat.cards.deadlines.words import title_of
from bot.chat.cards.posts.words import label
from bot.chat.text import Clipped, Lines, Listed, Plain, T, Text, tn
from bot.config import Config
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View
from bot.features.notices.audience import Audience, Part, PartKind
from bot.features.notices.queries import posts_by_id
from bot.features.notices.reach import Reach
from bot.features.units.models import Unit
from bot.features.units.queries import units_by_id

_MOST_NAMED = 6
"""Parts of an audience that are named; of more the number is told."""
_NAME_UNITS = 24


def audience_text(view: View, config: Config, audience: Audience) -> Text:
    """Return who was chosen, less whom; two statements."""
    names = part_names(view, config, audience.plus | audience.minus)
    chosen = _listed(audience.plus, names)
    if chosen is None:
        return T("notices.to_nobody")
    without = _listed(audience.minus, names)
    if without is None:
        return chosen
    return T("notices.to_some_without", chosen=chosen, without=without)


def part_names(view: View, config: Config, parts: Collection[Part]) -> Mapping[Part, Text]:
    """Return what parts of an audience are called, but for people; two statements."""
    units = units_by_id(view, _numbers(parts, PartKind.unit, PartKind.group))
    posts = posts_by_id(view, _numbers(parts, PartKind.post))
    named: dict[Part, Text] = {}
    for part in parts:
        if part.kind in {PartKind.unit, PartKind.group}:
            unit = units.get(part.number)
            named[part] = T("notices.gone") if unit is None else unit_text(unit)
        elif part.kind is PartKind.post:
            post = posts.get(part.number)
            named[part] = T("notices.gone") if post is None else label(post, config)
        elif part.kind is not PartKind.person:
            named[part] = _configured(config, part)
    return named


def unit_text(unit: Unit) -> Text:
    """Return a unit's name."""
    return Plain(unit.name)


def reach_text(reach: Reach) -> Text:
    """Return to how many people it would go, and how many cannot be reached."""
    goes = (
        tn("notices.reach_units", reach.reachable, units=reach.units)
        if reach.units
        else tn("notices.reach", reach.reachable)
    )
    if not reach.left_out:
        return goes
    return Lines(
        goes, T("notices.left_out", blocked=reach.blocked, without_chat=reach.without_chat)
    )


def when_text(
    send_at: datetime | None, *, people: int, config: Config, disturbs: bool = False
) -> Text:
    """Return when it goes, and how long it takes; `send_at` None: at once."""
    if send_at is not None:
        return T("notices.goes_at", at=send_at)
    seconds = max(1, -(-people // max(1, int(config.limits.overall_per_second))))
    key = "notices.goes_at_night" if disturbs else "notices.goes_now"
    return T(key, seconds=seconds)


def task_text(config: Config, task_id: str) -> Text:
    """Return a task by its id and title."""
    try:
        return T("notices.task", id=task_id, title=Clipped(config.task(task_id).title, _NAME_UNITS))
    except NotFound:
        return Plain(task_id)


def section_text(config: Config, section_id: str) -> Text:
    """Return a section by its id and title."""
    try:
        section = config.section(section_id)
    except NotFound:
        return Plain(section_id)
    return T("notices.task", id=section_id, title=Clipped(section.title, _NAME_UNITS))


def _configured(config: Config, part: Part) -> Text:
    match part.kind:
        case PartKind.everyone:
            return T("notices.to_everyone")
        case PartKind.role:
            return T(f"role.{Role(part.value)}")
        case PartKind.section:
            return section_text(config, part.value)
        case PartKind.task:
            return task_text(config, part.value)
        case PartKind.missing:
            obligation, _, period = part.value.partition(".")
            return T("notices.missing", title=title_of(config, obligation, period))
    names = {team.slug: team.name for team in config.volunteer_teams}
    return Plain(names.get(part.value, part.value))


def _listed(parts: Collection[Part], names: Mapping[Part, Text]) -> Text | None:
    if not parts:
        return None
    shown = [names[part] for part in sorted(parts) if part in names]
    people = sum(part.kind is PartKind.person for part in parts)
    more = len(shown) - _MOST_NAMED
    texts: list[Text] = shown[:_MOST_NAMED]
    if people:
        texts.append(tn("notices.listed_people", people))
    listed = Listed(texts)
    return T("notices.and_more", names=listed, more=more) if more > 0 else listed


def _numbers(parts: Collection[Part], *kinds: PartKind) -> list[int]:
    return [part.number for part in parts if part.kind in kinds]
