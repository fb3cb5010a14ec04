"""The offices' own people: who they are, and ending a role (ORG-18)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards import staff as cards
from bot.chat.cards.roles import role_name
from bot.chat.cards.staff import EndRole, ShowStaff
from bot.chat.feature import Feature
from bot.chat.screen import Screen
from bot.features.people.leaving import access_staff_role, end_staff_role
from bot.features.people.models import Person
from bot.features.people.queries import staff

feature = Feature("staff")


@feature.press(ShowStaff, OFFICE_ONLY)
def show(call: Call, data: ShowStaff) -> Screen:
    """Show who works in the offices and who leads teams."""
    return cards.staff_screen(staff(call.work), data.page, actor=call.actor)


@feature.press(EndRole, OFFICE_ONLY)
def end(call: Call, data: EndRole) -> Screen:
    """End somebody's role, after a second press; they are told."""
    grant = access_staff_role(call.work, call.actor, data.grant_id)
    name, role = call.work.session.get_one(Person, grant.person_id).name, role_name(grant.role)
    if not data.sure:
        return cards.end_question(grant.id, name, role)
    end_staff_role(call.work, actor=call.actor, grant_id=grant.id)
    note = cards.ended(name, role)
    return cards.staff_screen(staff(call.work), 1, actor=call.actor, note=note)
