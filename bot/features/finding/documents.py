"""Searching the documents of units, and those that the office registered (REP-06, ARC-04)."""

from sqlalchemy import ColumnElement, String, cast, false, literal, or_, select

from bot.config import Config
from bot.features.documents.models import UnitDocument
from bot.features.documents.service import DOCUMENT_OWNER
from bot.features.finding.conditions import Kind, Rows, came_in, like, named_files, of_units
from bot.features.finding.words import Wanted
from bot.features.register.models import OfficialDocument
from bot.features.register.rules import title_of
from bot.features.register.service import OFFICIAL_OWNER
from bot.features.units.models import Unit

_OFFICIAL_WORDS = (OfficialDocument.title, OfficialDocument.issuers, OfficialDocument.number)


def unit_documents(
    wanted: Wanted,
    unit_ids: tuple[int, ...] | None,
    owner: tuple[str, int] | None,
    config: Config,
) -> Rows:
    """Return the documents of units that are wanted; of no task."""
    scope = of_units(UnitDocument.unit_id, unit_ids, wanted.unit_ids)
    if wanted.task is not None:
        scope.append(false())
    if wanted.index is not None:
        kind, number = owner or ("", 0)
        scope.append(UnitDocument.id == number if kind == DOCUMENT_OWNER else false())
    if wanted.since is not None and wanted.until is not None:
        scope.append(came_in(UnitDocument.filed_at, config, wanted.since, wanted.until))
    for word in wanted.words:
        called = [one.id for one in config.documents if word.lower() in one.name.lower()]
        named = UnitDocument.id.in_(named_files(DOCUMENT_OWNER, word))
        scope.append(or_(UnitDocument.slot.in_(called), named) if called else named)
    return (
        select(
            literal(Kind.document.value).label("kind"),
            UnitDocument.id.label("id"),
            UnitDocument.slot.label("label"),
            literal("").label("title"),
            Unit.name.label("unit_name"),
            cast(UnitDocument.state, String).label("status"),
            UnitDocument.filed_at.label("at"),
        )
        .join(Unit, Unit.id == UnitDocument.unit_id)
        .where(*scope)
    )


def official_documents(wanted: Wanted, owner: tuple[str, int] | None) -> Rows:
    """Return registered documents: every reader may see them, and they are of no unit or task."""
    scope: list[ColumnElement[bool]] = []
    if wanted.task is not None or wanted.unit_ids is not None:
        scope.append(false())
    if wanted.index is not None:
        kind, number = owner or ("", 0)
        scope.append(OfficialDocument.id == number if kind == OFFICIAL_OWNER else false())
    if wanted.since is not None and wanted.until is not None:
        scope += [OfficialDocument.day >= wanted.since, OfficialDocument.day < wanted.until]
    for word in wanted.words:
        said = [like(column, title_of(word) or word) for column in _OFFICIAL_WORDS]
        scope.append(or_(*said, OfficialDocument.id.in_(named_files(OFFICIAL_OWNER, word))))
    return select(
        literal(Kind.official.value).label("kind"),
        OfficialDocument.id.label("id"),
        cast(OfficialDocument.kind, String).label("label"),
        OfficialDocument.title.label("title"),
        OfficialDocument.issuers.label("unit_name"),
        literal("").label("status"),
        OfficialDocument.registered_at.label("at"),
    ).where(*scope)
