"""The screens of the register take the same number of statements, however long it is."""

from collections.abc import Callable

import pytest

from bot.chat.call import Call, Place
from bot.chat.cards.inviting import ForUnit, Inviting, OpenOnes
from bot.chat.cards.units import OpenUnit, Units
from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.invitations import invite
from bot.features.units.service import add_members
from handlers import inviting, units
from tests.support import people

SCREENS: dict[str, Callable[[Call, int], object]] = {
    "home": lambda call, group: units.home(call),
    "register": lambda call, group: units.turn(call, Units(1, gaps=False)),
    "gaps": lambda call, group: units.turn(call, Units(2, gaps=True)),
    "card": lambda call, group: units.open_unit(call, OpenUnit(group, 1)),
    "invite": lambda call, group: inviting.inviting(call, Inviting()),
    "invite for a unit": lambda call, group: inviting.for_unit(call, ForUnit(Role.contact, 1)),
    "open invitations": lambda call, group: inviting.open_ones(call, OpenOnes(1)),
}


@pytest.mark.parametrize("name", list(SCREENS))
def test_the_statements_do_not_grow_with_the_rows(
    store: Store, campaign: Config, name: str
) -> None:
    people.load(store, campaign)
    office = people.make(store, Role.coordinator)
    group = store.read_now(lambda view: people.unit_named(view, "quzhi-jiguan").id)

    def count(work: Work) -> int:
        call = Call(
            work, campaign, "test_bot", actor=office, place=Place(office.telegram_id), inbox_id=1
        )
        with people.counting(work) as statements:
            SCREENS[name](call, group)
        return len(statements.texts)

    before = store.write_now(count)
    fill(store, campaign, office, group)
    assert store.write_now(count) == before
    assert 0 < before <= 6


def fill(store: Store, campaign: Config, office: Actor, group: int) -> None:
    """Add members, bindings and invitations, forty of each."""

    def write(work: Work) -> None:
        names = [f"机关{number}" for number in range(40)]
        add_members(work, actor=office, group_id=group, names=names)
        unit = people.unit_named(work, "kexie")
        for _ in range(40):
            invite(work, actor=office, role=Role.contact, unit=unit, config=campaign)

    store.write_now(write)
    for _ in range(40):
        people.make(store, Role.contact, unit="kexie")
