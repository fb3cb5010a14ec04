"""The questions about how many people come and in which roles, and about lectures (VOL-01)."""

from typing import Any

from bot.chat.call import Call
from bot.chat.cards.planning.words import parts_text
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Step
from bot.chat.text import Plain, T, Text
from bot.core.text import one_line, units
from bot.features.posts.access import get_post
from bot.features.posts.errors import NotANumber
from bot.features.posts.planerrors import (
    MoreAtLeastThanPlaces,
    MoreThanMayCome,
    NoTitle,
    RoleTwice,
)
from bot.features.posts.service import check_places
from bot.features.posts.typed import read_number, words
from bot.features.posts.typedseries import read_parts
from handlers.posts.answers import (
    NO_COMPANIONS,
    companions_given,
    is_lecture,
    kept_parts,
    parts_given,
)
from handlers.posts.steps import quoted, typed

MOST_TITLE = 60
_MOST_ROLE = 20
_MOST_SPEAKER = 40
_ACROSS = 5


def _ask_people(call: Call, answers: Answers) -> Ask:
    picks = [Pick(Plain(str(number)), str(number)) for number in words()["capacities"]]
    rows = [picks[at : at + _ACROSS] for at in range(0, len(picks), _ACROSS)]
    if is_lecture(call, answers):
        return Ask(T("planning.ask_seats"), rows)
    return Ask(T("planning.ask_people"), rows)


def _read_people(call: Call, reply: Reply, _: Answers) -> Any:
    parts = read_parts(reply.choice or typed(reply))
    if parts is None:
        raise NotANumber(given=quoted(reply))
    seen: set[str | None] = set()
    for part in parts:
        if part.role is not None and units(part.role) > _MOST_ROLE:
            raise NotANumber(given=quoted(reply))
        if part.role in seen:
            raise RoleTwice(role=part.role)
        seen.add(part.role)
        check_places(part.capacity, call.config)
        if part.minimum > part.capacity:
            raise MoreAtLeastThanPlaces(minimum=part.minimum, capacity=part.capacity)
    return kept_parts(parts)


def _show_people(_: Call, answers: Answers) -> Text | None:
    parts = parts_given(answers)
    return parts_text(parts) if parts else None


def _ask_title(_: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("planning.ask_title"))


def _read_title(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    title = one_line(typed(reply)).strip(words()["title_marks"])
    if not title or units(title) > MOST_TITLE:
        raise NoTitle(most=MOST_TITLE)
    return title


def _show_title(_: Call, answers: Answers) -> Text | None:
    return Plain(answers["title"]) if answers.get("title") else None


def _ask_speaker(_: Call, answers: Answers) -> Ask:
    del answers
    return Ask(T("planning.ask_speaker"))


def _read_speaker(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    speaker = one_line(typed(reply))
    if not speaker or units(speaker) > _MOST_SPEAKER:
        raise NoTitle(most=_MOST_SPEAKER)
    return speaker


def _show_speaker(_: Call, answers: Answers) -> Text | None:
    return Plain(answers["speaker"]) if answers.get("speaker") else None


def _ask_minimum(call: Call, answers: Answers) -> Ask:
    post = get_post(call.work, answers["_post"])
    numbers = range(1, min(post.capacity, _ACROSS) + 1)
    return Ask(
        T("planning.ask_minimum", capacity=post.capacity),
        [[Pick(Plain(str(number)), str(number)) for number in numbers]],
    )


def _read_minimum(call: Call, reply: Reply, answers: Answers) -> Any:
    number = read_number(reply.choice or typed(reply))
    if not number:
        raise NotANumber(given=quoted(reply))
    capacity = get_post(call.work, answers["_post"]).capacity
    if number > capacity:
        raise MoreAtLeastThanPlaces(minimum=number, capacity=capacity)
    return number


def _show_minimum(_: Call, answers: Answers) -> Text | None:
    return Plain(str(answers["minimum"])) if "minimum" in answers else None


def _ask_companions(call: Call, answers: Answers) -> Ask:
    del answers
    most = call.config.posts.signing.companions
    numbers = range(1, min(most, _ACROSS - 1) + 1)
    picks = [Pick(Plain(str(number)), str(number)) for number in numbers]
    return Ask(
        T("planning.ask_companions", most=most),
        [[Pick(T("planning.no_companions"), str(NO_COMPANIONS)), *picks]],
    )


def _read_companions(call: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    if reply.choice == str(NO_COMPANIONS):
        return NO_COMPANIONS
    number = read_number(reply.choice or typed(reply))
    if number is None:
        raise NotANumber(given=quoted(reply))
    most = call.config.posts.signing.companions
    if number > most:
        raise MoreThanMayCome(most=most)
    return number


def _show_companions(_: Call, answers: Answers) -> Text | None:
    number = companions_given(answers)
    return T("planning.may_bring", companions=number) if number else T("planning.no_companions")


def _takes_companions(call: Call, answers: Answers) -> bool:
    del answers
    return call.config.posts.signing.companions > 0


PEOPLE = Step("people", T("planning.field_people"), _ask_people, _read_people, _show_people)
TITLE = Step(
    "title", T("planning.field_title"), _ask_title, _read_title, _show_title, when=is_lecture
)
SPEAKER = Step(
    "speaker",
    T("planning.field_speaker"),
    _ask_speaker,
    _read_speaker,
    _show_speaker,
    optional=True,
    when=is_lecture,
)
MINIMUM = Step("minimum", T("planning.field_minimum"), _ask_minimum, _read_minimum, _show_minimum)
COMPANIONS = Step(
    "companions",
    T("planning.field_companions"),
    _ask_companions,
    _read_companions,
    _show_companions,
    when=_takes_companions,
)
