"""Reading what the office asks for."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.config import Config, Obligation
from bot.db.work import View
from bot.features.obligations.models import MadeObligation

_MOST_DIGITS = 9
"""A longer number is no id: the column holds 32 bits."""


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
        note=row.details,
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
    if len(obligation_id) > _MOST_DIGITS:
        return None
    return view.session.get(MadeObligation, int(obligation_id))


def with_made(view: View, config: Config) -> Config:
    """Return the configuration as if it held all that the office ever asked for; one statement.

    For looking up what something is called that was filed.
    """
    more = tuple(one.obligation for one in made(view, ended=True))
    return config.model_copy(update={"obligations": (*config.obligations, *more)})


def _due_day(written: str | None) -> str | int | None:
    return int(written) if written is not None and written.isdigit() else written
