"""The Word file of an issued bulletin: made once, and kept in the register and the archive."""

from dataclasses import dataclass
from enum import Enum, auto

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.archive.queries import filed_path, has_bytes
from bot.features.bulletins.errors import NotIssued, PaperUnderWay
from bot.features.bulletins.models import Bulletin
from bot.features.bulletins.rules import KIND
from bot.features.bulletins.service import access_bulletin
from bot.features.making.lasting import is_being_made, make_lasting
from bot.features.making.service import FileOrder
from bot.features.people.actor import Actor
from bot.features.register.models import OfficialDocument, OfficialKind
from bot.features.register.service import NewDocument, register_made


class PaperState(Enum):
    """Whether the file is `there`, comes soon, or was `lost`: it can be made again.

    What was issued before files were kept has `none`.
    """

    none = auto()
    under_way = auto()
    there = auto()
    lost = auto()


@dataclass(frozen=True)
class Paper:
    """The file of a bulletin: its name, and where it lies below the data directory once it does."""

    state: PaperState
    name: str | None = None
    path: str | None = None


def order_of(bulletin: Bulletin) -> FileOrder:
    """Return the order of the file; of a draft it is the draft as it is now."""
    return FileOrder(KIND, {"bulletin": bulletin.id, "version": bulletin.version})


def file_paper(
    work: Work, config: Config, *, actor: Actor, bulletin: Bulletin, number: str, name: str
) -> None:
    """Put an issued bulletin into the register and have its file, called `name`, made and filed.

    `number` is what it is called there (2024年第3期). Again changes nothing. Raises NotAllowed or
    NotIssued.
    """
    actor.check(Role.coordinator)
    if bulletin.issued_on is None or bulletin.issuer is None:
        raise NotIssued
    if bulletin.document_id is not None:
        return
    given = NewDocument(
        OfficialKind.bulletin, bulletin.title, [bulletin.issuer], bulletin.issued_on, number, None
    )
    document = register_made(work, config, given, name=name, actor=actor)
    bulletin.document_id = document.id
    _make(work, bulletin, document, actor)


def make_again(work: Work, *, actor: Actor, bulletin_id: int) -> Bulletin:
    """Have a lost file made anew; one that is there or under way stays.

    Raises NotAllowed, NotFound or NotIssued.
    """
    bulletin = access_bulletin(work, actor=actor, bulletin_id=bulletin_id)
    if bulletin.document_id is None:
        raise NotIssued
    if paper_of(work, bulletin).state is PaperState.lost:
        document = work.session.get_one(OfficialDocument, bulletin.document_id)
        _make(work, bulletin, document, actor)
    return bulletin


def paper_of(view: View, bulletin: Bulletin) -> Paper:
    """Return how the file of a bulletin stands; at most three statements."""
    if bulletin.document_id is None:
        return Paper(PaperState.none)
    document = view.session.get_one(OfficialDocument, bulletin.document_id)
    stored = document.stored_file_id
    if stored is None:
        return Paper(PaperState.none)
    path = filed_path(view, stored)
    if path is not None:
        return Paper(PaperState.there, document.file_name, path)
    made = is_being_made(view, stored) or has_bytes(view, stored)
    return Paper(PaperState.under_way if made else PaperState.lost, document.file_name)


def check_there(paper: Paper) -> None:
    """Raise PaperUnderWay where the file comes soon."""
    if paper.state is PaperState.under_way:
        raise PaperUnderWay


def _make(work: Work, bulletin: Bulletin, document: OfficialDocument, actor: Actor) -> None:
    if document.stored_file_id is not None:
        make_lasting(
            work,
            order_of(bulletin),
            stored_file_id=document.stored_file_id,
            person_id=actor.person_id,
        )
