"""Choosing a language."""

from bot.chat.access import ANYONE
from bot.chat.call import Call
from bot.chat.cards.account import Languages, Speak, language_screen
from bot.chat.cards.joining import first_screen
from bot.chat.feature import Feature
from bot.chat.screen import Screen
from bot.chat.text import T
from bot.features.people import service
from bot.features.people.actor import actor_of
from bot.features.people.models import Person

feature = Feature("language")


@feature.command("lang", ANYONE)
def lang(call: Call, _: str) -> Screen:
    """Show the languages there are."""
    return language_screen(call)


@feature.press(Languages, ANYONE)
def languages(call: Call, _: Languages) -> Screen:
    """Show the languages there are."""
    return language_screen(call)


@feature.press(Speak, ANYONE)
def speak(call: Call, data: Speak) -> Screen:
    """Speak another language to the actor from now on."""
    service.choose_language(call.work, actor=call.actor, language=data.language, config=call.config)
    call.actor = actor_of(call.work, call.work.session.get_one(Person, call.actor.person_id))
    return first_screen(call, T("language.chosen"))
