"""Registering official documents (ARC-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.config import Config
from bot.core.roles import Role
from bot.core.text import clipped, one_line
from bot.db.work import Work
from bot.features.archive.filing import Document, admit
from bot.features.archive.made import keep_made
from bot.features.archive.models import StoredFile
from bot.features.archive.names import Place, base_of_filing
from bot.features.archive.service import Incoming, keep
from bot.features.audit.service import record
from bot.features.people.actor import Actor
from bot.features.register.errors import AlreadyRegistered
from bot.features.register.models import OfficialDocument, OfficialKind
from bot.features.units.models import Unit

OFFICIAL_OWNER = "official"
"""Under which the archive keeps the files of registered documents, with the document's id."""

_SERIES = "gongwen"
_LONGEST_NAME = 255


@dataclass(frozen=True)
class NewDocument:
    """What is registered; `number` and `file` are None where there is none."""

    kind: OfficialKind
    title: str
    issuers: Sequence[str]
    day: date
    number: str | None
    file: Incoming | None


def register(work: Work, config: Config, given: NewDocument, *, actor: Actor) -> OfficialDocument:
    """Put a document into the register; the bytes of its file follow into the archive.

    Raises NotAllowed or AlreadyRegistered.
    """
    actor.check(Role.coordinator)
    office = _office(work, config)
    _check_new(work, given)
    document = _added(work, given, actor)
    if given.file is not None:
        _archive(work, document, office, given.file)
    return document


def register_made(
    work: Work, config: Config, given: NewDocument, *, name: str, actor: Actor
) -> OfficialDocument:
    """Put a document that is the only one of its number into the register, its file to be made.

    `make_lasting` lets the file, called `name`, be made for its `stored_file_id`. Raises
    NotAllowed.
    """
    actor.check(Role.coordinator)
    document = _added(work, given, actor)
    document.file_kind, document.file_name = "document", clipped(one_line(name), _LONGEST_NAME)
    stored = keep_made(
        work,
        name,
        owner_kind=OFFICIAL_OWNER,
        owner_ref=str(document.id),
        added_by=actor.person_id,
    )
    _file(work, document, _office(work, config), stored)
    return document


def given_of(document: OfficialDocument) -> NewDocument:
    """Return what was registered."""
    file = None
    if document.file_id is not None:
        file = Incoming(document.file_id, "", document.file_kind or "", document.file_name, None)
    issuers = document.issuers.split("\n")
    return NewDocument(document.kind, document.title, issuers, document.day, document.number, file)


def _added(work: Work, given: NewDocument, actor: Actor) -> OfficialDocument:
    file = given.file
    document = OfficialDocument(
        kind=given.kind,
        title=given.title,
        issuers="\n".join(given.issuers),
        day=given.day,
        number=given.number,
        file_kind=None if file is None else file.kind,
        file_id=None if file is None else file.tg_file_id,
        file_name=None
        if file is None or file.name is None
        else clipped(one_line(file.name), _LONGEST_NAME),
        registered_at=work.now,
        registered_by=actor.person_id,
    )
    work.session.add(document)
    work.session.flush()
    record(work, "register.added", f"official:{document.id}", actor_id=actor.person_id)
    return document


def _office(work: Work, config: Config) -> Unit:
    """Return the 文明办, its row held so that nobody registers the same document beside."""
    return work.session.scalars(
        select(Unit).where(Unit.slug == config.campaign.coordinator).with_for_update()
    ).one()


def _check_new(work: Work, given: NewDocument) -> None:
    number = OfficialDocument.number
    same = select(OfficialDocument.id).where(
        OfficialDocument.kind == given.kind,
        OfficialDocument.title == given.title,
        OfficialDocument.day == given.day,
        number.is_(None) if given.number is None else number == given.number,
    )
    if work.session.scalar(same.limit(1)) is not None:
        raise AlreadyRegistered(title=given.title)


def _archive(work: Work, document: OfficialDocument, office: Unit, file: Incoming) -> None:
    """Have the file fetched and filed under the year that the document bears (ARC-01)."""
    stored = keep(
        work,
        file,
        owner_kind=OFFICIAL_OWNER,
        owner_ref=str(document.id),
        added_by=document.registered_by,
    )
    _file(work, document, office, stored)


def _file(work: Work, document: OfficialDocument, office: Unit, stored: StoredFile) -> None:
    document.stored_file_id = stored.id
    year = document.day.year
    place = Place(base_of_filing(year, _SERIES, str(document.id)), year, _SERIES, office.slug)
    admit(work, Document(place, office.id, document.title, document.day), [stored.id])
