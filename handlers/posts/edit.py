"""Changing a post: place, times, people, what a lecture is about, and its lead in one go."""

from collections.abc import Sequence

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.posts.office import EDIT_POST
from bot.chat.cards.posts.words import label, when
from bot.chat.conversation.model import Answers, Conversation
from bot.chat.screen import Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.core.errors import StaleButton
from bot.features.posts.access import get_post
from bot.features.posts.grouping import change_group
from bot.features.posts.models import Post
from bot.features.posts.own import clashing_at
from bot.features.posts.rules import check_not_begun
from bot.features.posts.service import Changes
from handlers.posts.about import COMPANIONS, MINIMUM, SPEAKER, TITLE
from handlers.posts.answers import (
    answers_of,
    lead_id,
    note_given,
    speaker_given,
    summary,
    times_given,
    title_given,
)
from handlers.posts.browse import card_of
from handlers.posts.steps import KIND, LEAD, NOTE, PLACE
from handlers.posts.when import DAY, HOURS


def _begin_edit(call: Call, arg: str | None) -> Answers:
    post = wanted_post(call, arg)
    return {
        **answers_of(call, post),
        "minimum": post.minimum,
        "_post": post.id,
        "_version": post.version,
    }


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
    if not _concerns_people(call, post, answers):
        people = (answers.get("minimum"), answers.get("companions"))
        quiet = people != (post.minimum, post.companions)
        return [T("posts.edit_quiet") if quiet else T("posts.edit_nothing")]
    lines = [T("posts.edit_tells", taken=post.taken, waiting=post.waiting)]
    times = times_given(call, answers)
    busy = 0 if times is None else len(clashing_at(call.work, post, *times))
    return [*lines, T("posts.edit_clashes", people=busy)] if busy else lines


def _concerns_people(call: Call, post: Post, answers: Answers) -> bool:
    """Tell whether those who stand at the post are told of what is different."""
    before = answers_of(call, post)
    told = ("kind", "place", "date", "time")
    said = (note_given(answers), title_given(call, answers), speaker_given(call, answers))
    same = said == (post.note, post.title, post.speaker)
    return not same or any(before[key] != answers[key] for key in told)


def _submit_edit(call: Call, answers: Answers) -> Screen:
    times = times_given(call, answers)
    if times is None:
        raise StaleButton
    call.config.post_kind(answers["kind"])
    quiet = not _concerns_people(call, get_post(call.work, answers["_post"]), answers)
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
            minimum=answers.get("minimum"),
            companions=answers.get("companions"),
            title=title_given(call, answers),
            speaker=speaker_given(call, answers),
        ),
        config=call.config,
    )
    note = T("posts.changed_quietly") if quiet else T("posts.changed")
    return card_of(call, post.id, note=note)


def wanted_post(call: Call, arg: str | None) -> Post:
    """Return the post that a conversation is begun for.

    Raises StaleButton, NotFound, and what `rules.check_not_begun` raises.
    """
    post = get_post(call.work, read_id(arg))
    check_not_begun(post, now=call.now)
    return post


edit_post = Conversation(
    name=EDIT_POST,
    needs=OFFICE_ONLY,
    steps=[KIND, TITLE, SPEAKER, PLACE, DAY, HOURS, MINIMUM, COMPANIONS, LEAD, NOTE],
    preview=_preview_edit,
    submit=_submit_edit,
    begin=_begin_edit,
    version=2,
    submit_label=T("posts.save_changes"),
)
