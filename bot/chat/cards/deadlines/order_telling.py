"""Who is told of what the office asks for in the chat: those who owe it, once."""

from collections.abc import Sequence

from bot.chat.cards.deadlines.buttons import ShowDues
from bot.chat.cards.deadlines.orders import FORMS, FREQUENCIES
from bot.chat.cards.home import home_button
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import Lines, Plain, T, Text
from bot.config import Obligation
from bot.core.errors import NotFound
from bot.features.deadlines.ahead import concerned, first_due_days
from bot.features.deadlines.facts import OrderChanged
from bot.features.obligations.facts import ObligationEnded, ObligationMade
from bot.features.obligations.queries import as_made, find_made
from bot.features.outbox.models import Lane
from bot.features.people.queries import contacts_of_units


@tells(ObligationMade)
def tell_made(desk: Desk, fact: ObligationMade) -> None:
    """Tell the contacts of whoever owes it that the office asks for something, once."""
    owed = _made(desk, fact.obligation)
    _tell_units(desk, owed, _concerned(desk, owed), _made_screen(desk, owed), "made")


@tells(ObligationEnded)
def tell_ended(desk: Desk, fact: ObligationEnded) -> None:
    """Tell the contacts of whoever owed it that nothing of it is asked for any more, once."""
    owed = _made(desk, fact.obligation)
    _tell_units(desk, owed, _concerned(desk, owed), _ended_screen(owed), "ended")


@tells(OrderChanged)
def tell_changed(desk: Desk, fact: OrderChanged) -> None:
    """Tell the contacts of whoever owes it now, no more, or in another way, each once.

    Who is contact of several such units hears what comes first of these.
    """
    owed = _made(desk, fact.obligation)
    what = f"changed:{int(desk.now.timestamp())}"
    _tell_units(desk, owed, fact.added, _made_screen(desk, owed), what)
    _tell_units(desk, owed, fact.kept, _changed_screen(desk, owed), what)
    _tell_units(desk, owed, fact.removed, _ended_screen(owed), what)


def _made_screen(desk: Desk, owed: Obligation) -> Screen:
    office_name = desk.config.unit(desk.config.campaign.coordinator).name
    return _asking(desk, owed, T("orders.told_made", name=owed.name, office=office_name))


def _changed_screen(desk: Desk, owed: Obligation) -> Screen:
    form, frequency = FORMS[owed.handed_in], FREQUENCIES[owed.frequency]
    text = T("orders.told_changed", name=owed.name, form=form, frequency=frequency)
    return _asking(desk, owed, text)


def _asking(desk: Desk, owed: Obligation, head: Text) -> Screen:
    ahead = first_due_days(desk.work, desk.config, owed, most=1)
    day = next(iter(ahead.days), None)
    text = Lines(
        head,
        None if owed.note is None else Plain(owed.note),
        None if day is None else T("orders.told_day", day=day),
    )
    look: Row = [Button(T("deadlines.see_all"), ShowDues(), Style.primary)]
    return Screen(text, [look, [home_button()]])


def _ended_screen(owed: Obligation) -> Screen:
    return Screen(T("orders.told_ended", name=owed.name), [[home_button()]], silent=True)


def _made(desk: Desk, obligation_id: str) -> Obligation:
    row = find_made(desk.work, obligation_id)
    if row is None:
        raise NotFound
    return as_made(row).obligation


def _concerned(desk: Desk, owed: Obligation) -> list[int]:
    return [unit.id for unit in concerned(desk.work, desk.config, owed)]


def _tell_units(
    desk: Desk, owed: Obligation, units: Sequence[int], screen: Screen, what: str
) -> None:
    people = contacts_of_units(desk.work, units).values()
    for person_id in sorted({one for theirs in people for one in theirs}):
        key = f"obligation:{what}:{owed.id}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)
