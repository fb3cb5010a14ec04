"""Reading what the office asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.config import Obligation
from bot.db.work import View
from bot.features.obligations.models import MadeObligation


@dataclass(frozen=True)
class Made:
    """What the office asks for, in the form in which config.yaml's obligations are known.

    `ladder` names the ladder that reminds of it; None reminds nobody.
    """

    obligation: Obligation
    ladder: str | None
    details: str | None
    is_ended: bool


def made(view: View, *, ended: bool = False) -> list[Made]:
    """Return what the office asks for, the oldest first; `ended` adds what it asks no more."""
    query = select(MadeObligation).order_by(MadeObligation.id)
    if not ended:
        query = query.where(MadeObligation.ended_at.is_(None))
    return [as_made(row) for row in view.session.scalars(query)]


def as_made(row: MadeObligation) -> Made:
    """Return a row as what is owed.

    Its id is the row's number, which no id of config.yaml can be: those begin with a letter.
    """
    obligation = Obligation.model_construct(
        id=str(row.id),
        name=row.name,
        who=slugs_of(row),
        quote=row.details or row.name,
        frequency=row.frequency,
        form=row.form,
        due=row.due,
        due_day=_due_day(row.due_day),
        since=row.since,
    )
    return Made(obligation, row.ladder, row.details, row.ended_at is not None)


def slugs_of(row: MadeObligation) -> tuple[str, ...]:
    """Return the slugs of whoever owes it, or all-responsible-units."""
    return tuple(row.who.split("\n"))


def find_made(view: View, obligation_id: str) -> MadeObligation | None:
    """Return what the office asks for by the id under which it is owed; None for no such."""
    if not obligation_id.isascii() or not obligation_id.isdigit():
        return None
    return view.session.get(MadeObligation, int(obligation_id))


def names(view: View, obligation_ids: Sequence[str]) -> dict[str, str]:
    """Return what the office calls what it asks for, by id; configured ones are left out."""
    numbers = [int(one) for one in obligation_ids if one.isascii() and one.isdigit()]
    if not numbers:
        return {}
    found = view.session.execute(
        select(MadeObligation.id, MadeObligation.name).where(MadeObligation.id.in_(numbers))
    )
    return {str(number): name for number, name in found}


def _due_day(written: str | None) -> str | int | None:
    return int(written) if written is not None and written.isdigit() else written
