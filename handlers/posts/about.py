"""The questions about how many people come and in which roles, and about lectures (VOL-01)."""

from collections.abc import Sequence
from typing import Any

from bot.chat.call import Call
from bot.chat.cards.planning.words import parts_text
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Step
from bot.chat.text import Plain, T, Text
from bot.core.errors import NotFound
from bot.core.text import one_line, units
from bot.features.posts.errors import NotANumber
from bot.features.posts.planerrors import MoreAtLeastThanPlaces, NoTitle, RoleTwice
from bot.features.posts.series import RolePart
from bot.features.posts.service import check_places
from bot.features.posts.typed import words
from bot.features.posts.typedseries import read_parts
from handlers.posts.steps import quoted, typed

MOST_TITLE = 60
_MOST_ROLE = 20
_MOST_SPEAKER = 40
_ACROSS = 5


def parts_given(answers: Answers) -> list[RolePart]:
    """Return how many people a post takes, by role; empty while nothing was given."""
    return [RolePart(*one) for one in answers.get("people", ())]


def kept_parts(parts: Sequence[RolePart]) -> list[list[Any]]:
    """Return this as a draft keeps it."""
    return [[part.role, part.minimum, part.capacity] for part in parts]


def is_lecture(call: Call, answers: Answers) -> bool:
    """Tell whether the kind that was chosen is a lecture, with seats."""
    try:
        return call.config.post_kind(str(answers.get("kind", ""))).lecture
    except NotFound:
        return False


def title_given(call: Call, answers: Answers) -> str | None:
    """Return the lecture's title; None for what is no lecture."""
    return answers.get("title") if is_lecture(call, answers) else None


def speaker_given(call: Call, answers: Answers) -> str | None:
    """Return who speaks; None for nobody named, and for what is no lecture."""
    return (answers.get("speaker") or None) if is_lecture(call, answers) else None


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
