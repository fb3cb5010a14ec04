"""Signing up others: several in one screen, each by one tap, and off again (ORG-09)."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.minors import ListMinors, UnmarkMinor
from bot.chat.cards.posts.buttons import (
    Leave,
    MyPosts,
    ShowPost,
    SignOthers,
    SignUpAll,
    SignUpFor,
    TakeOff,
)
from bot.chat.cards.posts.lists import enrol_for
from bot.chat.cards.posts.words import figures, label, when
from bot.chat.desk import Desk
from bot.chat.pager import page_count, page_of, pager
from bot.chat.refusal import sentence
from bot.chat.render import rows_of
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text
from bot.features.outbox.models import Lane
from bot.features.people.models import Person
from bot.features.people.queries import people_by_id
from bot.features.posts.access import get_post
from bot.features.posts.facts import SignedUpByOther
from bot.features.posts.models import Post, SignupState
from bot.features.posts.others import Candidate, Candidates, Outcome
from bot.features.posts.rules import is_open

PAGE = 12
"""Names on one page."""
_ACROSS = 3
_REFUSED = 6
"""How many refusals are spelt out."""


def others_screen(
    call: Call, post: Post, found: Candidates, *, page: int, note: Text | None = None
) -> Screen:
    """Return a page of the people whom the actor may sign up; a name signs up, or takes off."""
    pages = page_count(found.total, size=PAGE)
    open_now = is_open(post, now=call.now, config=call.config)
    more = found.total > found.standing and open_now
    return Screen(
        Lines(
            note,
            None if note is None else BLANK,
            T("others.head", label=label(post, call.config)),
            when(post),
            figures(post),
            T("others.how", standing=found.standing, total=found.total)
            if found.total
            else T("others.nobody"),
        ),
        [
            *rows_of([_name(post, one) for one in found.rows], width=_ACROSS),
            pager(min(max(page, 1), pages), pages, lambda to: SignOthers(post.id, to)),
            *([[Button(T("others.all"), SignUpAll(post.id))]] if more else []),
            [Button(T("others.enrol"), enrol_for(post.id)), *_minors(post, found)],
            [Button(T("posts.back"), ShowPost(post.id)), home_button()],
        ],
        protected=True,
    )


def minors_screen(post: Post, found: Sequence[Person], *, page: int) -> Screen:
    """Return a page of the minors; a name asks whether they are none."""
    shown = page_of(found, page, size=PAGE)
    names = [
        Button(Plain(one.name), UnmarkMinor(post.id, one.id, sure=False)) for one in shown.items
    ]
    return Screen(
        T("minors.whom") if found else T("minors.nobody"),
        [
            *rows_of(names, width=_ACROSS),
            pager(shown.number, shown.pages, lambda to: ListMinors(post.id, to)),
            [Button(T("posts.back"), SignOthers(post.id, 1)), home_button()],
        ],
        protected=True,
    )


def ask_unmark(post_id: int, person: Person) -> Screen:
    """Ask whether somebody is no minor, and say what follows."""
    return Screen(
        T("minors.ask_unmark", name=person.name),
        [
            [
                Button(T("minors.keep_mark"), SignOthers(post_id, 1)),
                Button(T("minors.unmark"), UnmarkMinor(post_id, person.id, sure=True)),
            ]
        ],
        protected=True,
    )


def _minors(post: Post, found: Candidates) -> list[Button]:
    if not found.minors:
        return []
    return [Button(T("minors.some", people=found.minors), ListMinors(post.id, 1))]


def outcome_note(outcome: Outcome) -> Text:
    """Return who has a place, who waits, and who could not, each with the rule."""
    refused = [
        T("others.refused", name=one.name, why=sentence(one.error))
        for one in outcome.refused[:_REFUSED]
    ]
    more = len(outcome.refused) - len(refused)
    return Lines(
        _names("others.placed", outcome.placed),
        _names("others.waiting", outcome.waiting),
        *refused,
        T("others.refused_more", people=more) if more else None,
        None if outcome.placed or outcome.waiting or outcome.refused else T("others.nobody_left"),
    )


def taken_off(name: str) -> Text:
    """Return that somebody does not stand at the post any more."""
    return T("others.taken_off", name=name)


@tells(SignedUpByOther)
def tell_signed_up(desk: Desk, fact: SignedUpByOther) -> None:
    """Tell who was signed up by somebody else."""
    post = get_post(desk.work, fact.post_id)
    by = people_by_id(desk.work, [fact.by_person_id])
    name = by[fact.by_person_id].name if fact.by_person_id in by else ""
    screen = Screen(
        Lines(
            T("others.told", name=name, label=label(post, desk.config)),
            when(post),
            T("posts.card_note", note=post.note) if post.note else None,
            BLANK,
            T("others.told_how"),
        ),
        [
            [
                Button(T("posts.see_post"), ShowPost(post.id)),
                Button(T("posts.leave"), Leave(post.id)),
            ],
            [Button(T("posts.mine"), MyPosts(1)), home_button()],
        ],
    )
    key = f"post:{post.id}:by-other:{fact.person_id}:{fact.number}"
    desk.send(fact.person_id, screen, lane=Lane.reminder, key=key)


def _names(key: str, names: Sequence[str]) -> Text | None:
    if not names:
        return None
    return T(key, names=Listed([Plain(name) for name in names]))


def _name(post: Post, one: Candidate) -> Button:
    if one.state is None:
        return Button(Plain(one.name), SignUpFor(post.id, one.person_id))
    text = (
        T("posts.roster_waits", name=one.name)
        if one.state is SignupState.waiting
        else T("posts.roster_comes", name=one.name)
    )
    return Button(text, TakeOff(post.id, one.person_id))
