"""Copies: last week once more in one tap, or a post on further days (VOL-01)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.planning import batch as cards
from bot.chat.cards.planning.buttons import COPY, KeepAsDraft
from bot.chat.cards.planning.preview import series_preview
from bot.chat.cards.posts.words import label
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Listed, T, Text
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.features.posts.access import get_post
from bot.features.posts.board import monday_of
from bot.features.posts.drafting import Group, siblings
from bot.features.posts.errors import DayIsPast, DayIsTooFar, NotADay
from bot.features.posts.leads import registered_ids
from bot.features.posts.models import PostState
from bot.features.posts.planerrors import NothingChosen
from bot.features.posts.series import copies, make_batch, posts_of_week, sift
from bot.features.posts.typed import read_day
from handlers.posts.planning.given import number_after, today
from handlers.posts.planning.steps import OVERLAP, chosen_of, days_from, done, ticked, toggle
from handlers.posts.steps import quoted, typed

_WEEK = 7
_SHOWN = 12
_DAYS_AHEAD = 365


def begin(call: Call, arg: str | None) -> Answers:
    """Begin with the week to fill (`w2024-06-10`, as the one before), or with a post (`p3`)."""
    if arg is not None and arg.startswith("w"):
        try:
            monday = monday_of(date.fromisoformat(arg[1:]))
        except ValueError:
            raise NotFound from None
        return {"_week": monday.isoformat(), "dates": [], "overlap": False}
    post = get_post(call.work, number_after(arg or "", "p"))
    if post.state is PostState.cancelled:
        raise NotFound
    return {"_post": post.id, "overlap": False}


def _of_a_post(_: Call, answers: Answers) -> bool:
    return "_post" in answers


def _ask_dates(call: Call, answers: Answers) -> Ask:
    post = get_post(call.work, answers["_post"])
    chosen = chosen_of(answers, "dates")
    first = max(local_day(post.starts_at, call.config.time.zone_info), today(call))
    days = [first + timedelta(days=1 + n) for n in range(_SHOWN)]
    picks = [
        Pick(ticked(T("posts.day", day=day), on=day.isoformat() in chosen), f"d{day.isoformat()}")
        for day in days
    ]
    rows = [picks[at : at + 2] for at in range(0, len(picks), 2)]
    return Ask(T("planning.ask_dates", label=label(post, call.config)), [*rows, done(chosen)])


def _read_dates(call: Call, reply: Reply, answers: Answers) -> Any:
    chosen = chosen_of(answers, "dates")
    if reply.choice is not None and reply.choice.startswith("d2"):
        return Stay(_dates=toggle(chosen, _read_iso(reply.choice[1:]).isoformat()))
    if reply.choice is not None:
        if not chosen:
            raise NothingChosen(given="")
        return days_from([date.fromisoformat(one) for one in chosen])
    day = read_day(typed(reply), today=today(call))
    if day is None:
        raise NotADay(given=quoted(reply))
    if day < today(call):
        raise DayIsPast(day=day)
    if day > today(call) + timedelta(days=_DAYS_AHEAD):
        raise DayIsTooFar(days=_DAYS_AHEAD)
    return Stay(_dates=list(dict.fromkeys([*chosen, day.isoformat()])))


def _read_iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay(given=text) from None


def _show_dates(_: Call, answers: Answers) -> Text | None:
    given = answers.get("dates")
    if not given:
        return None
    return Listed([T("posts.day", day=date.fromisoformat(one)) for one in given])


def _groups(call: Call, answers: Answers) -> list[Group]:
    zone = call.config.time.zone_info
    if "_week" in answers:
        monday = date.fromisoformat(answers["_week"])
        before = posts_of_week(call.work, monday - timedelta(days=_WEEK), zone)
        return _with_leads_who_are_there(call, copies(before, days=_WEEK, zone=zone))
    post = get_post(call.work, answers["_post"])
    was = local_day(post.starts_at, zone)
    group = [one for one in siblings(call.work, post) if one.state is not PostState.cancelled]
    made = [
        copy
        for day in answers.get("dates", ())
        for copy in copies([group], days=(date.fromisoformat(day) - was).days, zone=zone)
    ]
    return _with_leads_who_are_there(call, made)


def _with_leads_who_are_there(call: Call, groups: Sequence[Group]) -> list[Group]:
    there = registered_ids(
        call.work, {one.lead_person_id for group in groups for one in group if one.lead_person_id}
    )
    return [
        [one if one.lead_person_id in there else replace(one, lead_person_id=None) for one in group]
        for group in groups
    ]


def _preview(call: Call, answers: Answers) -> Text:
    sifted = sift(call.work, _groups(call, answers))
    head = (
        T("planning.copy_week", day=date.fromisoformat(answers["_week"]))
        if "_week" in answers
        else T("planning.copy_post")
    )
    return Lines(
        head, BLANK, series_preview(call, sifted, overlapping=bool(answers.get("overlap")))
    )


def make(call: Call, answers: Answers, state: PostState) -> Screen:
    """Make the copies, and return the receipt."""
    sifted = sift(call.work, _groups(call, answers))
    batch, _ = make_batch(
        call.work,
        actor=call.actor,
        groups=sifted.groups(overlapping=bool(answers.get("overlap"))),
        what=COPY,
        given=None,
        state=state,
        config=call.config,
    )
    return cards.batch_made(call, batch)


def _submit(call: Call, answers: Answers) -> Screen:
    return make(call, answers, PostState.published)


def _offer(_: Call, answers: Answers, draft_id: int) -> Sequence[Row]:
    del answers
    return [[Button(T("planning.keep_draft"), KeepAsDraft(COPY, draft_id))]]


copy_posts = Conversation(
    name=COPY,
    needs=OFFICE_ONLY,
    steps=[
        Step(
            "dates",
            T("planning.field_days"),
            _ask_dates,
            _read_dates,
            _show_dates,
            when=_of_a_post,
        ),
        OVERLAP,
    ],
    preview=_preview,
    submit=_submit,
    begin=begin,
    offer=_offer,
    submit_label=T("posts.publish_now"),
)
