"""Changing a post: its place, its times and its lead in one go; its number of places by itself."""

from collections.abc import Sequence
from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.posts.office import EDIT_POST, RESIZE_POST
from bot.chat.cards.posts.words import figures, label, when
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Step
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.core.errors import NotFound, StaleButton
from bot.features.posts.access import get_post
from bot.features.posts.errors import BelowSignedUp
from bot.features.posts.grouping import change_group
from bot.features.posts.models import Post
from bot.features.posts.own import clashing_at
from bot.features.posts.rules import check_not_begun
from bot.features.posts.service import Changes, set_capacity
from handlers.posts.answers import answers_of, lead_id, note_given, summary, times_given
from handlers.posts.browse import card_of
from handlers.posts.steps import KIND, LEAD, NOTE, PLACE, read_capacity, show_capacity
from handlers.posts.when import DAY, HOURS

_MORE = (1, 2, 5)


def _begin_edit(call: Call, arg: str | None) -> Answers:
    post = _wanted(call, arg)
    return {**answers_of(call, post), "_post": post.id, "_version": post.version}


def _preview_edit(call: Call, answers: Answers) -> Text:
    post = get_post(call.work, answers["_post"])
    return Lines(
        T("posts.edit_now", label=label(post, call.config), time=when(post)),
        BLANK,
        T("posts.edit_then"),
        summary(call, answers),
        BLANK,
        *_effects(call, post, answers),
    )


def _effects(call: Call, post: Post, answers: Answers) -> Sequence[Text]:
    if not _differs(call, post, answers):
        return [T("posts.edit_nothing")]
    lines = [T("posts.edit_tells", taken=post.taken, waiting=post.waiting)]
    times = times_given(call, answers)
    busy = 0 if times is None else len(clashing_at(call.work, post, *times))
    return [*lines, T("posts.edit_clashes", people=busy)] if busy else lines


def _differs(call: Call, post: Post, answers: Answers) -> bool:
    before = answers_of(call, post)
    told = ("kind", "place", "date", "time")
    return note_given(answers) != post.note or any(before[key] != answers[key] for key in told)


def _submit_edit(call: Call, answers: Answers) -> Screen:
    times = times_given(call, answers)
    if times is None:
        raise StaleButton
    call.config.post_kind(answers["kind"])
    post = change_group(
        call.work,
        actor=call.actor,
        post_id=answers["_post"],
        version=answers["_version"],
        changes=Changes(
            kind=answers["kind"],
            place=answers["place"],
            starts_at=times[0],
            ends_at=times[1],
            lead_person_id=lead_id(answers),
            note=note_given(answers),
        ),
        config=call.config,
    )
    return card_of(call, post.id, note=T("posts.changed"))


def _begin_resize(call: Call, arg: str | None) -> Answers:
    return {"_post": _wanted(call, arg).id}


def _ask_size(call: Call, answers: Answers) -> Ask:
    post = get_post(call.work, answers["_post"])
    most = call.config.posts.max_capacity
    sizes = [post.capacity + more for more in _MORE if post.capacity + more <= most]
    rows = [[Pick(Plain(str(size)), str(size)) for size in sizes]]
    if 0 < post.taken < post.capacity:
        rows.append([Pick(T("posts.size_as_taken", taken=post.taken), str(post.taken))])
    question = T("posts.ask_size", label=label(post, call.config), figures=figures(post))
    return Ask(question, rows)


def _read_size(call: Call, reply: Reply, answers: Answers) -> Any:
    capacity = read_capacity(call, reply, answers)
    post = get_post(call.work, answers["_post"])
    if capacity < post.taken:
        raise BelowSignedUp(capacity=capacity, taken=post.taken)
    return capacity


def _preview_resize(call: Call, answers: Answers) -> Text:
    post = get_post(call.work, answers["_post"])
    capacity = int(answers["capacity"])
    moves_up = min(post.waiting, max(0, capacity - post.taken))
    return Lines(
        T("posts.card_title", label=label(post, call.config)),
        when(post),
        figures(post),
        BLANK,
        T("posts.size_change", before=post.capacity, after=capacity),
        T("posts.size_moves_up", people=moves_up) if moves_up else None,
    )


def _submit_resize(call: Call, answers: Answers) -> Screen:
    promoted = set_capacity(
        call.work,
        actor=call.actor,
        post_id=answers["_post"],
        capacity=int(answers["capacity"]),
        config=call.config,
    )
    note = T("posts.resized_moved_up", people=len(promoted)) if promoted else T("posts.resized")
    return card_of(call, answers["_post"], note=note)


def _wanted(call: Call, arg: str | None) -> Post:
    if arg is None or not (arg.isascii() and arg.isdigit()):
        raise NotFound
    post = get_post(call.work, int(arg))
    check_not_begun(post, now=call.now)
    return post


edit_post = Conversation(
    name=EDIT_POST,
    needs=OFFICE_ONLY,
    steps=[KIND, PLACE, DAY, HOURS, LEAD, NOTE],
    preview=_preview_edit,
    submit=_submit_edit,
    begin=_begin_edit,
    submit_label=T("posts.save_changes"),
)

resize_post = Conversation(
    name=RESIZE_POST,
    needs=OFFICE_ONLY,
    steps=[Step("capacity", T("posts.field_capacity"), _ask_size, _read_size, show_capacity)],
    preview=_preview_resize,
    submit=_submit_resize,
    begin=_begin_resize,
    submit_label=T("posts.save_changes"),
)
