"""What people are told of stand-ins, swaps and calls for cover, each once (VOL-02, VOL-03)."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.cards.cover import asking
from bot.chat.cards.cover.buttons import LookForStandIn, PreviewCover
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import CannotCome, MyPosts, PostsOn, Roster, ShowPost
from bot.chat.cards.posts.words import figures, label, when
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen
from bot.chat.telling import tells
from bot.chat.text import Lines, T, Text
from bot.features.cover.facts import (
    Asked,
    AsksClosed,
    ComesAfterAll,
    LeftPost,
    LooksForStandIn,
    NobodyFound,
    StoodIn,
    Swapped,
)
from bot.features.cover.models import CoverAsk, CoverCall
from bot.features.outbox.models import Lane
from bot.features.outbox.queries import find_by_key
from bot.features.outbox.service import cancel_topic
from bot.features.people.models import Person
from bot.features.people.queries import people_by_id
from bot.features.posts.access import get_post
from bot.features.posts.models import Post
from bot.features.posts.rules import missing

_SOON = timedelta(hours=12)


@tells(LeftPost)
def tell_left(desk: Desk, fact: LeftPost) -> None:
    """Tell the lead who gave up a place, and whether the line has it."""
    post = get_post(desk.work, fact.post_id)
    said = T("cover.told_left_on") if fact.given_on else T("cover.told_left")
    text = Lines(
        T("cover.told_left_head", name=_names(desk, fact.person_id)[0]),
        label(post, desk.config),
        when(post),
        said,
    )
    key = f"post:{post.id}:left:{fact.person_id}:{fact.number}"
    _tell_lead(desk, post, text, key=key, about=[fact.person_id])


@tells(LooksForStandIn)
def tell_looks(desk: Desk, fact: LooksForStandIn) -> None:
    """Tell the lead who looks for a stand-in."""
    call, post = _call(desk, fact.call_id)
    person_id = call.person_id or 0
    text = Lines(
        T("cover.told_looks_head", name=_names(desk, person_id)[0]),
        label(post, desk.config),
        when(post),
        T("cover.told_looks_how"),
    )
    _tell_lead(desk, post, text, key=f"cover:{call.id}:looks", about=[person_id])


@tells(ComesAfterAll)
def tell_comes(desk: Desk, fact: ComesAfterAll) -> None:
    """Tell the lead who comes after all."""
    call, post = _call(desk, fact.call_id)
    person_id = call.person_id or 0
    text = Lines(
        T("cover.told_comes_head", name=_names(desk, person_id)[0]),
        label(post, desk.config),
        when(post),
    )
    _tell_lead(desk, post, text, key=f"cover:{call.id}:comes", about=[person_id])


@tells(StoodIn)
def tell_stood_in(desk: Desk, fact: StoodIn) -> None:
    """Tell the lead who comes for whom, and the person that somebody stands in."""
    call, post = _call(desk, fact.call_id)
    person_id = call.person_id or 0
    names = _names(desk, person_id, fact.to_person_id)
    text = Lines(
        T("cover.told_stood_in", new=names[1], old=names[0]), label(post, desk.config), when(post)
    )
    about = [person_id, fact.to_person_id]
    _tell_lead(desk, post, text, key=f"cover:{call.id}:taken", about=about)
    screen = Screen(
        Lines(T("cover.told_found"), label(post, desk.config), when(post), T("cover.not_yours")),
        [_ways()],
    )
    desk.send(person_id, screen, lane=_lane(desk, post), key=f"cover:{call.id}:found")


@tells(Swapped)
def tell_swapped(desk: Desk, fact: Swapped) -> None:
    """Tell both leads who comes for whom, and the person where they stand now."""
    call, post = _call(desk, fact.call_id)
    other = get_post(desk.work, call.other_post_id or 0)
    person_id = call.person_id or 0
    old, new = _names(desk, person_id, fact.with_person_id)
    about = [person_id, fact.with_person_id]
    for at, comes, goes in ((post, new, old), (other, old, new)):
        text = Lines(
            T("cover.told_stood_in", new=comes, old=goes), label(at, desk.config), when(at)
        )
        _tell_lead(desk, at, text, key=f"cover:{call.id}:taken:{at.id}", about=about)
    screen = Screen(
        Lines(
            T("cover.swapped"),
            label(other, desk.config),
            when(other),
            T("cover.swap_gave", label=label(post, desk.config), time=when(post)),
        ),
        [[Button(T("posts.see_post"), ShowPost(other.id))], _ways()],
    )
    desk.send(person_id, screen, lane=_lane(desk, other), key=f"cover:{call.id}:found")


@tells(Asked)
def tell_asked(desk: Desk, fact: Asked) -> None:
    """Ask people, never in quiet hours, and not at all where those last until the start."""
    call, post = _call(desk, fact.call_id)
    held_until = desk.after_quiet(None)
    if held_until is not None and held_until >= post.starts_at:
        return
    other = None if call.other_post_id is None else get_post(desk.work, call.other_post_id)
    for ask in _asks(desk, fact.ask_ids):
        screen = asking.question(desk, call, ask.id, post, other)
        key = ask_key(ask.id)
        desk.send(ask.person_id, screen, lane=Lane.reminder, key=key, topic=key)


@tells(AsksClosed)
def tell_closed(desk: Desk, fact: AsksClosed) -> None:
    """Take questions back that were not sent yet, and change those that were."""
    _, post = _call(desk, fact.call_id)
    for ask_id in fact.ask_ids:
        row = find_by_key(desk.work, ask_key(ask_id))
        if row is None or cancel_topic(desk.work, ask_key(ask_id)):
            continue
        desk.edit(row, asking.closed(desk, post, fact.end), key=f"{ask_key(ask_id)}:closed")


@tells(NobodyFound)
def tell_nobody_found(desk: Desk, fact: NobodyFound) -> None:
    """Tell a person shortly before the start that nobody stands in for them."""
    call, post = _call(desk, fact.call_id)
    screen = Screen(
        Lines(
            T("cover.told_nobody"),
            label(post, desk.config),
            when(post),
            T("cover.told_nobody_how"),
        ),
        [
            [
                Button(T("cover.see_search"), LookForStandIn(post.id)),
                Button(T("posts.tell_lead"), CannotCome(post.id)),
            ],
            [Button(T("posts.see_post"), ShowPost(post.id)), home_button()],
        ],
    )
    desk.send(call.person_id or 0, screen, lane=Lane.alarm, key=f"cover:{call.id}:nobody")


def ask_key(ask_id: int) -> str:
    """Return the key and topic of the message that puts a question."""
    return f"cover-ask:{ask_id}"


def _tell_lead(desk: Desk, post: Post, text: Text, *, key: str, about: Sequence[int]) -> None:
    """Tell the lead of a post, who is none of those it is `about`; nobody where there is none."""
    lead = post.lead_person_id
    if lead is None or lead in about:
        return
    roster = Button(T("posts.roster"), Roster(post.id, 1))
    cover = Button(T("cover.cover"), PreviewCover(post.id))
    screen = Screen(
        Lines(text, figures(post)),
        [[roster, cover] if missing(post) else [roster], [home_button()]],
    )
    desk.send(lead, screen, lane=_lane(desk, post), key=f"{key}:{lead}")


def _lane(desk: Desk, post: Post) -> Lane:
    """Return a lane that no quiet hours hold back where the post is near."""
    return Lane.alarm if post.starts_at - desk.now < _SOON else Lane.reminder


def _call(desk: Desk, call_id: int) -> tuple[CoverCall, Post]:
    call = desk.work.session.get_one(CoverCall, call_id)
    return call, get_post(desk.work, call.post_id)


def _asks(desk: Desk, ask_ids: Sequence[int]) -> list[CoverAsk]:
    return [desk.work.session.get_one(CoverAsk, ask_id) for ask_id in ask_ids]


def _names(desk: Desk, *person_ids: int) -> list[str]:
    people: dict[int, Person] = people_by_id(desk.work, person_ids)
    return [people[one].name if one in people else "" for one in person_ids]


def _ways() -> Row:
    return [
        Button(T("posts.mine"), MyPosts(1)),
        Button(T("posts.see_posts"), PostsOn(None, 1)),
        home_button(),
    ]
