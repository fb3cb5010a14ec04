"""Who may touch the register."""

from typing import Protocol

from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.units.errors import NotAGroup
from bot.features.units.models import Unit, UnitKind


class Authority(Protocol):
    """Whoever acts, as far as units need to know: `bot.features.people.actor.Actor` is one.

    People know units, so units cannot know people.
    """

    @property
    def person_id(self) -> int:
        """The number of the person who acts."""
        ...

    def check(self, *needed: Role) -> None:
        """Raise NotAllowed unless the person holds one of the roles."""
        ...


def access_unit(view: View, authority: Authority, unit_id: int) -> Unit:
    """Return a unit to somebody of the office. Raises NotAllowed, or NotFound for no such unit."""
    authority.check(Role.coordinator)
    unit = view.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return unit


def access_group(view: View, authority: Authority, unit_id: int) -> Unit:
    """Return a collective unit to somebody of the office.

    Raises NotAllowed, NotFound, or NotAGroup for a unit that answers by itself.
    """
    unit = access_unit(view, authority, unit_id)
    if unit.kind is not UnitKind.group:
        raise NotAGroup(name=unit.name)
    return unit


def lock_unit(work: Work, authority: Authority, unit_id: int) -> Unit:
    """Return what `access_unit` does, with its row held until the end of the transaction."""
    unit = access_unit(work, authority, unit_id)
    work.session.refresh(unit, with_for_update=True)
    return unit
