"""Signing up others: the office, post leads and team leads, by the same rules as anybody."""

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.minors import ListMinors, UnmarkMinor
from bot.chat.cards.posts import others as cards
from bot.chat.cards.posts.buttons import (
    SignOthers,
    SignUpAll,
    SignUpFor,
    TakeOff,
)
from bot.chat.screen import Answer, Screen
from bot.chat.text import T, Text
from bot.core.roles import Role
from bot.features.people import minors
from bot.features.people.queries import people_by_id
from bot.features.posts import others
from bot.features.posts.models import SignupState
from bot.features.posts.others import Outcome
from handlers.posts.feature import feature

REGISTRARS = needs(Role.coordinator, Role.post_lead, Role.team_lead)
"""Who may sign up others; for whom is decided with the post."""


@feature.press(SignOthers, REGISTRARS)
def show_others(call: Call, pressed: SignOthers) -> Answer:
    """Show a page of those whom the actor may sign up."""
    return others_of(call, pressed.post_id, page=pressed.page)


@feature.press(SignUpFor, REGISTRARS)
def sign_up_for(call: Call, pressed: SignUpFor) -> Answer:
    """Sign somebody up."""
    done = others.sign_up_other(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        person_id=pressed.person_id,
        config=call.config,
    )
    names = [_name(call, pressed.person_id)]
    waits = done.state is SignupState.waiting
    outcome = Outcome([], names, []) if waits else Outcome(names, [], [])
    return others_of(call, pressed.post_id, note=cards.outcome_note(outcome))


@feature.press(SignUpAll, REGISTRARS)
def sign_up_all(call: Call, pressed: SignUpAll) -> Answer:
    """Sign up everybody whom the actor may; who cannot is named with the rule."""
    outcome = others.sign_up_all(
        call.work, actor=call.actor, post_id=pressed.post_id, config=call.config
    )
    return others_of(call, pressed.post_id, note=cards.outcome_note(outcome))


@feature.press(TakeOff, REGISTRARS)
def take_off(call: Call, pressed: TakeOff) -> Answer:
    """Take somebody off again."""
    others.take_off(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        person_id=pressed.person_id,
        config=call.config,
    )
    note = cards.taken_off(_name(call, pressed.person_id))
    return others_of(call, pressed.post_id, note=note)


@feature.press(ListMinors, REGISTRARS)
def list_minors(call: Call, pressed: ListMinors) -> Answer:
    """Show the minors among those whom the actor may sign up."""
    post = others.access_post_for_others(call.work, call.actor, pressed.post_id)
    found = others.minors_among(call.work, call.actor, post)
    return cards.minors_screen(post, found, page=pressed.page)


@feature.press(UnmarkMinor, REGISTRARS)
def unmark_minor(call: Call, pressed: UnmarkMinor) -> Answer:
    """Ask whether somebody is no minor, or keep it."""
    others.access_post_for_others(call.work, call.actor, pressed.post_id)
    if not pressed.sure:
        person = minors.access_minor(call.work, call.actor, pressed.person_id)
        return cards.ask_unmark(pressed.post_id, person)
    person = minors.unmark_minor(call.work, actor=call.actor, person_id=pressed.person_id)
    return others_of(call, pressed.post_id, note=T("minors.unmarked", name=person.name))


def others_of(call: Call, post_id: int, *, page: int = 1, note: Text | None = None) -> Screen:
    """Return those whom the actor may sign up for a post. Raises NotFound and NotAllowed."""
    post = others.access_post_for_others(call.work, call.actor, post_id)
    found = others.candidates(call.work, call.actor, post, page=page, size=cards.PAGE)
    return cards.others_screen(call, post, found, page=page, note=note)


def _name(call: Call, person_id: int) -> str:
    found = people_by_id(call.work, [person_id]).get(person_id)
    return "" if found is None else found.name
