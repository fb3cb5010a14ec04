"""Registering somebody without Telegram, and signing them up at once (代报名, ORG-09)."""

import re
import unicodedata
from typing import Any

from bot.chat.call import Call, Sent
from bot.chat.callback import read_id
from bot.chat.cards.minors import enrolled_screen
from bot.chat.cards.posts.lists import ENROL, enrolled_for
from bot.chat.cards.posts.others import outcome_note
from bot.chat.cards.roles import team_name
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.screen import Screen
from bot.chat.text import Lines, Plain, T, Text
from bot.core.errors import NotFound
from bot.core.roles import OFFICE
from bot.core.text import one_line
from bot.features.people.errors import NoPhone, NotYourContact
from bot.features.people.models import Person
from bot.features.people.registering import NewPerson, register_other
from bot.features.people.rules import read_name
from bot.features.posts.errors import NobodyOfThatName
from bot.features.posts.leads import find_registered, get_registered
from bot.features.posts.models import SignupState
from bot.features.posts.others import Outcome, access_post_for_others, sign_up_other
from handlers.posts.others import REGISTRARS, others_of
from handlers.posts.steps import quoted, typed

_ADULT, _MINOR = "adult", "minor"
_PEOPLE = 8


def _begin(call: Call, arg: str | None) -> Answers:
    """Begin for a post or into a team; a team lead's people always belong to a team of theirs."""
    post_id, team = enrolled_for(arg)
    if post_id is not None:
        access_post_for_others(call.work, call.actor, post_id)
    elif team is None:
        raise NotFound
    if team is None and not (call.actor.roles & OFFICE or post_id in call.actor.led_post_ids):
        team = call.actor.led_teams[0]
    return {"_post": post_id, "_team": team}


def _ask_name(_: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("others.ask_name"))


def _read_name(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    return read_name(typed(reply))


def _ask_age(_: Call, answers: Answers) -> Ask:
    return Ask(
        T("others.ask_age", name=answers.get("name", "")),
        [[Pick(T("others.adult"), _ADULT), Pick(T("others.minor"), _MINOR)]],
    )


def _read_age(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    return reply.choice if reply.choice in {_ADULT, _MINOR} else Stay(T("others.choose_age"))


def _show_age(_: Call, answers: Answers) -> Text | None:
    return {_ADULT: T("others.adult"), _MINOR: T("others.minor")}.get(str(answers.get("age")))


def _is_minor(_: Call, answers: Answers) -> bool:
    return answers.get("age") == _MINOR


def _ask_guardian(call: Call, answers: Answers) -> Ask:
    search = answers.get("_guardian")
    if not search:
        return Ask(T("others.ask_guardian"))
    found = find_registered(call.work, str(search), most=_PEOPLE)
    rows = [[Pick(Plain(one.name), f"p{one.id}")] for one in found if not one.minor]
    return Ask(T("others.ask_which_guardian", name=str(search)), rows)


def _read_guardian(call: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    if reply.choice is not None:
        return get_registered(call.work, read_id(reply.choice.removeprefix("p"))).id
    name = one_line(typed(reply))
    found = [one for one in find_registered(call.work, name, most=2) if name and not one.minor]
    if not found:
        raise NobodyOfThatName(given=quoted(reply))
    return Stay(_guardian=name)


def _show_guardian(call: Call, answers: Answers) -> Text | None:
    person = call.work.session.get(Person, answers["guardian"]) if "guardian" in answers else None
    return None if person is None else Plain(person.name)


def _ask_phone(_: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("others.ask_phone"))


def _read_phone(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    if reply.message is not None and reply.message.sent is Sent.contact:
        raise NotYourContact
    return read_phone(typed(reply))


def _preview(call: Call, answers: Answers) -> Text:
    guardian = _show_guardian(call, answers) if _is_minor(call, answers) else None
    team = answers.get("_team")
    return Lines(
        T("others.preview", name=answers["name"]),
        _show_age(call, answers),
        None if guardian is None else T("others.preview_guardian", name=guardian),
        None if team is None else T("others.preview_team", team=team_name(call.config, team)),
        T("others.preview_phone", phone=answers["phone"]) if answers.get("phone") else None,
        T("others.consent"),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    minor = _is_minor(call, answers)
    person = register_other(
        call.work,
        actor=call.actor,
        person=NewPerson(
            answers["name"],
            phone=answers.get("phone"),
            minor=minor,
            guardian_id=answers.get("guardian") if minor else None,
            team=answers.get("_team"),
        ),
        config=call.config,
    )
    post_id = answers.get("_post")
    if post_id is None or (minor and person.guardian_id is None):
        return enrolled_screen(person, post_id)
    done = sign_up_other(
        call.work,
        actor=call.actor,
        post_id=post_id,
        person_id=person.id,
        config=call.config,
    )
    waits = done.state is SignupState.waiting
    names = [person.name]
    outcome = Outcome([], names, []) if waits else Outcome(names, [], [])
    return others_of(call, post_id, note=outcome_note(outcome))


def read_phone(text: str) -> str:
    """Return `text` as a telephone number of digits. Raises NoPhone."""
    plain = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"\+?[0-9]{7,15}", plain):
        raise NoPhone
    return plain


enrol = Conversation(
    name=ENROL,
    needs=REGISTRARS,
    steps=[
        Step(
            "name",
            T("others.field_name"),
            _ask_name,
            _read_name,
            lambda _, answers: Plain(answers["name"]) if "name" in answers else None,
        ),
        Step("age", T("others.field_age"), _ask_age, _read_age, _show_age),
        Step(
            "guardian",
            T("others.field_guardian"),
            _ask_guardian,
            _read_guardian,
            _show_guardian,
            when=_is_minor,
        ),
        Step(
            "phone",
            T("others.field_phone"),
            _ask_phone,
            _read_phone,
            lambda _, answers: Plain(answers["phone"]) if answers.get("phone") else None,
            optional=True,
        ),
    ],
    preview=_preview,
    submit=_submit,
    begin=_begin,
    submit_label=T("others.submit"),
)
