"""The questions before many posts are stopped, moved, ended, cancelled or resumed at once."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.flips import screens
from bot.chat.cards.flips.words import DOING, REASONS, reason_of
from bot.chat.cards.posts.lists import FLIP
from bot.chat.cards.posts.words import kind_name
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import Plain, T, Text
from bot.core.dates import local_day
from bot.core.errors import StaleButton
from bot.core.text import one_line, units
from bot.features.flips.choosing import Choice, chosen, people_at
from bot.features.flips.errors import NoReason, NothingToFlip
from bot.features.flips.models import What
from bot.features.flips.service import flip
from bot.features.posts.access import get_post
from bot.features.posts.models import Post

_EVERY_DAY = "every"
_ALL = "all"
_PLACE, _KIND = "p.", "k."
_MOST_DAYS = 7
_MOST_PLACES = 8
MOST_REASON = 60
"""UTF-16 units of a reason."""
_HALF_HOUR = 30
_HOUR = 60
_DAY = 24 * _HOUR
_SHIFTS = (_HALF_HOUR, _HOUR, 2 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY)


def _begin(call: Call, arg: str | None) -> Answers:
    del call
    return {"what": What.resume.value} if arg == What.resume else {}


def _ask_what(call: Call, _: Answers) -> Ask:
    found = [
        (what, len(chosen(call.work, Choice(what), call.config.time.zone_info))) for what in What
    ]
    return Ask(
        T("flips.ask_what"),
        [
            [Pick(T("flips.counted", what=DOING[what], posts=posts), what.value)]
            for what, posts in found
            if posts
        ],
    )


def _read_what(_: Call, reply: Reply, __: Answers) -> Any:
    if reply.choice not in set(What):
        raise StaleButton
    return reply.choice


def _ask_day(call: Call, answers: Answers) -> Ask:
    zone = call.config.time.zone_info
    today = local_day(call.now, zone)
    posts = _chosen(call, {"what": answers["what"]})
    days = Counter(max(today, local_day(post.starts_at, zone)) for post in posts)
    picks = [
        [Pick(_day_text(day, today, count), day.isoformat())]
        for day, count in sorted(days.items())[:_MOST_DAYS]
    ]
    every = [[Pick(T("flips.every_day", posts=len(posts)), _EVERY_DAY)]] if len(days) > 1 else []
    return Ask(T("flips.ask_day") if posts else T("flips.nothing_here"), [*picks, *every])


def _read_day(call: Call, reply: Reply, answers: Answers) -> Any:
    kept = reply.choice or ""
    if kept != _EVERY_DAY:
        try:
            date.fromisoformat(kept)
        except ValueError as error:
            raise StaleButton from error
    if not _chosen(call, {"what": answers["what"], "day": kept}):
        raise NothingToFlip
    return kept


def _ask_which(call: Call, answers: Answers) -> Ask:
    posts = _chosen(call, {"what": answers["what"], "day": answers["day"]})
    places, kinds = Counter(post.place for post in posts), Counter(post.kind for post in posts)
    like = {post.place: post.id for post in reversed(posts)}
    rows = [[Pick(T("flips.all_of_them", posts=len(posts)), _ALL)]]
    if len(places) > 1:
        rows += [
            [Pick(T("flips.counted", what=Plain(place), posts=count), f"{_PLACE}{like[place]}")]
            for place, count in places.most_common(_MOST_PLACES)
        ]
    if len(kinds) > 1:
        rows += [
            [
                Pick(
                    T("flips.counted", what=Plain(kind_name(call.config, kind)), posts=count),
                    f"{_KIND}{kind}",
                )
            ]
            for kind, count in kinds.most_common()
        ]
    return Ask(T("flips.ask_which"), rows)


def _read_which(call: Call, reply: Reply, answers: Answers) -> Any:
    kept = reply.choice or ""
    if kept != _ALL and not kept.startswith((_PLACE, _KIND)):
        raise StaleButton
    if not _chosen(call, {**answers, "which": kept}):
        raise NothingToFlip
    return kept


def _ask_shift(_: Call, __: Answers) -> Ask:
    picks = [Pick(_shift_text(minutes), str(minutes)) for minutes in _SHIFTS]
    return Ask(T("flips.ask_shift"), [picks[at : at + 3] for at in range(0, len(picks), 3)])


def _read_shift(_: Call, reply: Reply, __: Answers) -> Any:
    if reply.choice not in {str(minutes) for minutes in _SHIFTS}:
        raise StaleButton
    return int(reply.choice or 0)


def _ask_why(_: Call, __: Answers) -> Ask:
    picks = [Pick(text, value) for value, text in REASONS.items()]
    return Ask(T("flips.ask_why"), [picks])


def _read_why(_: Call, reply: Reply, __: Answers) -> Any:
    if reply.choice is not None:
        if reply.choice not in REASONS:
            raise StaleButton
        return reply.choice
    reason = one_line("" if reply.message is None else reply.message.text)
    if not reason or units(reason) > MOST_REASON:
        raise NoReason(most=MOST_REASON)
    return reason


def _preview(call: Call, answers: Answers) -> Text:
    posts = _chosen(call, answers)
    if not posts:
        return T("flips.nothing_here")
    what = What(answers["what"])
    return screens.preview(call, what, posts, people_at(call.work, posts), answers["why"])


def _submit(call: Call, answers: Answers) -> Screen:
    minutes = answers.get("shift")
    what = What(answers["what"])
    done = flip(
        call.work,
        actor=call.actor,
        choice=_choice(call, answers),
        reason=answers["why"],
        config=call.config,
        shift=timedelta(minutes=minutes) if what is What.move and minutes else None,
    )
    return screens.receipt(call, done, people_at(call.work, done.posts))


def _chosen(call: Call, answers: Answers) -> Sequence[Post]:
    return chosen(call.work, _choice(call, answers), call.config.time.zone_info)


def _choice(call: Call, answers: Answers) -> Choice:
    day, which = answers.get("day", _EVERY_DAY), str(answers.get("which", _ALL))
    place = kind = None
    if which.startswith(_PLACE):
        place = get_post(call.work, read_id(which.removeprefix(_PLACE))).place
    elif which.startswith(_KIND):
        kind = which.removeprefix(_KIND)
    return Choice(
        What(answers["what"]),
        day=None if day == _EVERY_DAY else date.fromisoformat(day),
        place=place,
        kind=kind,
    )


def _day_text(day: date, today: date, count: int) -> Text:
    if day == today:
        return T("flips.today", posts=count)
    return T("flips.on_day", day=day, posts=count)


def _shift_text(minutes: int) -> Text:
    if minutes % _DAY == 0:
        return T("flips.later_days", count=minutes // _DAY)
    if minutes % _HOUR == 0:
        return T("flips.later_hours", count=minutes // _HOUR)
    return T("flips.later_minutes", count=minutes)


def _show_what(_: Call, answers: Answers) -> Text | None:
    return DOING[What(answers["what"])] if "what" in answers else None


def _show_day(_: Call, answers: Answers) -> Text | None:
    if "day" not in answers:
        return None
    if answers["day"] == _EVERY_DAY:
        return T("flips.any_day")
    return T("posts.day", day=date.fromisoformat(answers["day"]))


def _show_which(call: Call, answers: Answers) -> Text | None:
    if "which" not in answers:
        return None
    choice = _choice(call, answers)
    if choice.place is not None:
        return Plain(choice.place)
    return T("flips.all") if choice.kind is None else Plain(kind_name(call.config, choice.kind))


def _show_shift(_: Call, answers: Answers) -> Text | None:
    return _shift_text(answers["shift"]) if answers.get("shift") else None


def _show_why(_: Call, answers: Answers) -> Text | None:
    return reason_of(answers["why"]) if "why" in answers else None


def _moves(_: Call, answers: Answers) -> bool:
    return answers.get("what") == What.move


flip_posts = Conversation(
    name=FLIP,
    needs=OFFICE_ONLY,
    steps=[
        Step("what", T("flips.field_what"), _ask_what, _read_what, _show_what),
        Step("day", T("flips.field_day"), _ask_day, _read_day, _show_day),
        Step("which", T("flips.field_which"), _ask_which, _read_which, _show_which),
        Step("shift", T("flips.field_shift"), _ask_shift, _read_shift, _show_shift, when=_moves),
        Step("why", T("flips.field_why"), _ask_why, _read_why, _show_why),
    ],
    preview=_preview,
    submit=_submit,
    begin=_begin,
    command="weather",
    submit_label=T("flips.confirm"),
)
