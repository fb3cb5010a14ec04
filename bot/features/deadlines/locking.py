"""What is held while people are reminded."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.db.work import Work
from bot.features.people.models import Person
from bot.features.people.queries import bindings
from bot.features.units.models import Unit


def lock_people_and_units(work: Work, unit_ids: Sequence[int]) -> None:
    """Hold the people against another message of today and the units against filings.

    People come first, as at the edge, where a filing holds who files before the unit.
    """
    people = {one.person_id for one in bindings(work, unit_ids)}
    work.session.execute(
        select(Person.id)
        .where(Person.id.in_(people))
        .order_by(Person.id)
        .with_for_update(key_share=True)
    )
    work.session.execute(
        select(Unit.id)
        .where(Unit.id.in_(unit_ids))
        .order_by(Unit.id)
        .with_for_update(key_share=True)
    )
