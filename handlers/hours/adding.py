"""Asking for hours that are missing (补录): one's own, or somebody's at a post that one leads."""

from datetime import timedelta
from typing import Any

from bot.chat.access import REGISTERED
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.hours.buttons import ADD_HOURS
from bot.chat.cards.hours.own import asked
from bot.chat.cards.hours.words import duration
from bot.chat.cards.posts.words import label, when
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, Listed, T, Text
from bot.core.dates import local_day
from bot.core.errors import NotAllowed, StaleButton
from bot.features.hours.access import answers_for
from bot.features.hours.errors import NoSuchDay
from bot.features.hours.requests import ask_for_day, ask_for_post
from bot.features.hours.rules import MOST_DAYS_BACK, check_day, check_minutes
from bot.features.hours.served import own_uncounted
from bot.features.people.models import Person
from bot.features.posts.access import get_post
from bot.features.posts.typed import read_day
from handlers.hours.steps import MINUTES, REASON, day_of, minutes_step, reason_step, typed

_POST, _OF = "_post", "_of"
_WHICH, _DAY = "which", "day"
_NO_POST = "none"
_POSTS = 5
_DAYS = 6
_ACROSS = 2
_BACK = timedelta(days=MOST_DAYS_BACK)


def _begin(call: Call, arg: str | None) -> Answers:
    """Begin with nothing, with an own post, or with `post.person` for who answers for the post."""
    if arg is None or not arg.strip():
        return {}
    post_text, _, person_text = arg.partition(".")
    post = get_post(call.work, read_id(post_text))
    given: Answers = {_POST: post.id}
    if person_text:
        person_id = read_id(person_text)
        if person_id != call.actor.person_id and not answers_for(call.actor, post):
            raise NotAllowed
        given[_OF] = person_id
    return given


def _ask_which(call: Call, answers: Answers) -> Ask:
    del answers
    posts = own_uncounted(call.work, call.actor.person_id, since=call.now - _BACK, most=_POSTS)
    picks = [
        Pick(Listed([when(post), label(post, call.config)], between=" "), f"p{post.id}")
        for post in posts
    ]
    return Ask(
        T("hours.ask_which"), [*([pick] for pick in picks), [Pick(T("hours.no_post"), _NO_POST)]]
    )


def _read_which(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    choice = reply.choice or ""
    if choice != _NO_POST:
        if not choice.startswith("p"):
            raise StaleButton
        get_post(call.work, read_id(choice.removeprefix("p")))
    return choice


def _show_which(call: Call, answers: Answers) -> Text | None:
    number = _post_id(answers)
    if number is None:
        return T("hours.no_post") if answers.get(_WHICH) == _NO_POST else None
    post = get_post(call.work, number)
    return Listed([when(post), label(post, call.config)], between=" ")


def _ask_day(call: Call, answers: Answers) -> Ask:
    del answers
    today = local_day(call.now, call.config.time.zone_info)
    days = [today - timedelta(days=back) for back in range(_DAYS)]
    picks = [Pick(T("hours.day", day=day), day.isoformat()) for day in days]
    return Ask(
        T("hours.ask_day"), [picks[at : at + _ACROSS] for at in range(0, len(picks), _ACROSS)]
    )


def _read_day(call: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    today = local_day(call.now, call.config.time.zone_info)
    day = read_day(reply.choice or typed(reply), today=today)
    if day is None:
        raise NoSuchDay
    check_day(day, today=today)
    return day.isoformat()


def _show_day(call: Call, answers: Answers) -> Text | None:
    del call
    day = day_of(answers)
    return None if day is None else T("hours.day", day=day)


def _preview(call: Call, answers: Answers) -> Text:
    person = call.work.session.get(Person, _of(call, answers))
    return Lines(
        T("hours.add_preview", name="" if person is None else person.name),
        BLANK,
        _show_which(call, answers) if _post_id(answers) is not None else _show_day(call, answers),
        duration(answers[MINUTES]),
        T("hours.asked_why", words=answers[REASON]),
        BLANK,
        T("hours.add_second"),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    minutes, words = int(answers[MINUTES]), str(answers[REASON])
    check_minutes(minutes, most=minutes)
    post_id, day = _post_id(answers), day_of(answers)
    if post_id is not None:
        ask_for_post(
            call.work,
            call.config,
            actor=call.actor,
            person_id=_of(call, answers),
            post_id=post_id,
            minutes=minutes,
            words=words,
        )
    elif day is not None:
        ask_for_day(call.work, call.config, actor=call.actor, day=day, minutes=minutes, words=words)
    else:
        raise StaleButton
    return asked(T("hours.add_sent", time=duration(minutes)))


def _post_id(answers: Answers) -> int | None:
    if _POST in answers:
        return int(answers[_POST])
    which = str(answers.get(_WHICH, _NO_POST))
    return None if which == _NO_POST else int(which.removeprefix("p"))


def _of(call: Call, answers: Answers) -> int:
    return int(answers.get(_OF, call.actor.person_id))


add_hours = Conversation(
    name=ADD_HOURS,
    needs=REGISTERED,
    steps=[
        Step(
            _WHICH,
            T("hours.label_which"),
            _ask_which,
            _read_which,
            _show_which,
            when=lambda _, answers: _POST not in answers,
        ),
        Step(
            _DAY,
            T("hours.label_day"),
            _ask_day,
            _read_day,
            _show_day,
            when=lambda _, answers: answers.get(_WHICH) == _NO_POST,
        ),
        minutes_step(T("hours.ask_minutes")),
        reason_step(T("hours.ask_reason")),
    ],
    preview=_preview,
    submit=_submit,
    begin=_begin,
    submit_label=T("hours.add_submit"),
)
