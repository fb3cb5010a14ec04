"""Looking official documents up (ARC-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.core.errors import NotFound
from bot.db.work import View
from bot.features.archive.queries import Standing, filed_path, find_standing
from bot.features.people.models import Person
from bot.features.register.models import OfficialDocument


@dataclass(frozen=True)
class RegisterPage:
    """A page of the register (from 1, or the nearest that there is), and how many there are."""

    rows: Sequence[OfficialDocument]
    number: int
    total: int


@dataclass(frozen=True)
class OfficialCard:
    """A document as its card shows it; `file` is None where it has none, or it is under way.

    `path` is where a file of our own making lies, below the data directory; None for any other,
    and until it is filed.
    """

    document: OfficialDocument
    registered_by: str
    file: Standing | None
    path: str | None = None


def page_of_register(view: View, number: int, *, size: int) -> RegisterPage:
    """Return a page of the register, the newest document first; two statements."""
    total = view.session.scalar(select(func.count(OfficialDocument.id))) or 0
    at = min(max(number, 1), max(1, -(-total // size)))
    rows = view.session.scalars(
        select(OfficialDocument)
        .order_by(OfficialDocument.day.desc(), OfficialDocument.id.desc())
        .limit(size)
        .offset((at - 1) * size)
    )
    return RegisterPage(list(rows), at, total)


def official_card(view: View, document_id: int) -> OfficialCard:
    """Return a document. Raises NotFound."""
    document = view.session.get(OfficialDocument, document_id)
    if document is None:
        raise NotFound
    person = view.session.get(Person, document.registered_by)
    stored = document.stored_file_id
    return OfficialCard(
        document,
        registered_by="" if person is None else person.name,
        file=None if stored is None else find_standing(view, stored),
        path=None if stored is None or document.file_id else filed_path(view, stored),
    )


def registered_by(view: View, person_id: int) -> list[tuple[datetime, str]]:
    """Return what a person registered, the oldest first: when, and the title."""
    found = view.session.execute(
        select(OfficialDocument.registered_at, OfficialDocument.title)
        .where(OfficialDocument.registered_by == person_id)
        .order_by(OfficialDocument.id)
    )
    return [(at, title) for at, title in found]
