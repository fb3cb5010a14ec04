"""Whom a message to a person reaches: people without Telegram are told through somebody (ORG-09).

Nothing is ever sent to a person without a chat. What they should know goes to who looks after
them: a minor's guardian, else who registered them.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.db.work import View
from bot.features.people.models import Person


@dataclass(frozen=True)
class Reach:
    """How a person is reached. `recipient_id` None: nobody with a chat looks after them."""

    person_id: int
    name: str
    recipient_id: int | None

    @property
    def direct(self) -> bool:
        """Whether they read what is sent themselves; otherwise the message must name them."""
        return self.recipient_id == self.person_id


def reach_of(view: View, person_ids: Collection[int]) -> dict[int, Reach]:
    """Return how people are reached, by person, in one statement.

    Forgotten people and ids that lead to nobody are left out. Who blocked the bot is still reached
    directly: `Desk.send` knows.
    """
    guardian, registrar = aliased(Person), aliased(Person)
    found = view.session.execute(
        select(Person.id, Person.name, Person.telegram_id, guardian, registrar)
        .outerjoin(guardian, (guardian.id == Person.guardian_id) & Person.minor.is_(True))
        .outerjoin(registrar, registrar.id == Person.registered_by)
        .where(Person.id.in_(sorted(set(person_ids))), Person.forgotten_at.is_(None))
        .order_by(Person.id)
    )
    return {
        person_id: Reach(
            person_id,
            name,
            person_id
            if telegram_id is not None
            else next(
                (one.id for one in carers if one is not None and one.telegram_id is not None), None
            ),
        )
        for person_id, name, telegram_id, *carers in found
    }


def by_recipient(view: View, person_ids: Collection[int]) -> dict[int, list[str]]:
    """Return who reads what concerns `person_ids`, each with the names of those they read it for.

    Who reads it for nobody else has no names. Those whom nobody looks after are left out.
    """
    found: dict[int, list[str]] = {}
    for reach in reach_of(view, person_ids).values():
        if reach.recipient_id is None:
            continue
        names = found.setdefault(reach.recipient_id, [])
        if not reach.direct:
            names.append(reach.name)
    return found
