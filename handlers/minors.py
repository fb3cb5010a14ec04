"""Minors and their guardians (VOL-11): the mark, and one tap of the guardian."""

from bot.chat.access import ANYONE, OFFICE_ONLY, REGISTERED, needs
from bot.chat.call import Call
from bot.chat.cards import joining as consent
from bot.chat.cards import minors as cards
from bot.chat.cards.minors import (
    LINK,
    AskUnmark,
    ConfirmGuardian,
    DeclareMinor,
    GrantUnmark,
    GuardianLink,
    Minor,
)
from bot.chat.feature import Feature
from bot.chat.screen import Answer, Screen
from bot.core.roles import Role
from bot.features.people import minors
from bot.features.people.models import Person

feature = Feature("minors")

_VOLUNTEER = needs(Role.volunteer)


@feature.press(Minor, _VOLUNTEER)
def show(call: Call, _: Minor) -> Answer:
    """Ask whether the person is a minor; a minor sees who the guardian is."""
    return _screen(call)


@feature.press(DeclareMinor, _VOLUNTEER)
def declare(call: Call, _: DeclareMinor) -> Answer:
    """Keep that the person is a minor."""
    minors.declare_minor(call.work, actor=call.actor)
    return _screen(call)


@feature.press(AskUnmark, _VOLUNTEER)
def ask_office(call: Call, _: AskUnmark) -> Answer:
    """Ask the office to take the person's own mark away."""
    if not minors.ask_unmark(call.work, actor=call.actor):
        return cards.ask_minor()
    return cards.asked_office()


@feature.press(GrantUnmark, OFFICE_ONLY)
def unmark(call: Call, pressed: GrantUnmark) -> Answer:
    """Take the mark of somebody away who asked for it. Raises NotFound once it is gone."""
    person = minors.unmark_minor(call.work, actor=call.actor, person_id=pressed.person_id)
    return cards.unmarked(person.name)


@feature.press(GuardianLink, _VOLUNTEER)
def make_link(call: Call, _: GuardianLink) -> Answer:
    """Make the link that the minor forwards to the guardian."""
    if not call.work.session.get_one(Person, call.actor.person_id).minor:
        return cards.ask_minor()
    code = minors.guardian_code(call.work, ward_id=call.actor.person_id, by=call.actor.person_id)
    return cards.guardian_link(call, call.actor.name, code)


@feature.link(LINK, ANYONE)
def open_guardian(call: Call, code: str) -> Answer:
    """Ask whether the actor is the guardian; who is not registered yet registers first."""
    ward = minors.find_ward(call.work, code)
    if not call.actor.registered:
        return consent.consent(call, code=None, offer=None, then=f"{LINK}_{code}")
    return cards.ask_guardian(ward, code)


@feature.press(ConfirmGuardian, REGISTERED)
def confirm(call: Call, pressed: ConfirmGuardian) -> Answer:
    """Let the actor be the guardian."""
    return cards.confirmed(minors.confirm_guardian(call.work, actor=call.actor, code=pressed.code))


def _screen(call: Call) -> Screen:
    person = call.work.session.get_one(Person, call.actor.person_id)
    if not person.minor:
        return cards.ask_minor()
    guardian = (
        None if person.guardian_id is None else call.work.session.get(Person, person.guardian_id)
    )
    return cards.minor_screen(None if guardian is None else guardian.name)
