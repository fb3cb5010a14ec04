"""What people are told of posts, each once (VOL-01, VOL-02)."""

from datetime import datetime

from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import MyPosts, PostsOn, RemovePerson, Roster, ShowPost
from bot.chat.cards.posts.calendarfile import renew_row
from bot.chat.cards.posts.words import has_seats, label, lane_of, when
from bot.chat.cards.reached import naming, tell_person
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen
from bot.chat.telling import tells
from bot.chat.text import BLANK, Lines, Span, T, Text
from bot.core.dates import local_day
from bot.features.outbox.models import Lane
from bot.features.outbox.queries import find_by_key
from bot.features.people.queries import office, people_by_id
from bot.features.people.reach import by_recipient
from bot.features.posts.access import get_post
from bot.features.posts.calendars import has_file
from bot.features.posts.facts import (
    CannotCome,
    LeadAppointed,
    LeadRelieved,
    PostCancelled,
    PostChanged,
    Removed,
)
from bot.features.posts.models import Post
from bot.features.posts.own import attendees, clashing
from bot.features.posts.queries import post_card
from bot.features.posts.unsaid import withdraw


@tells(PostChanged)
def tell_changed(desk: Desk, fact: PostChanged) -> None:
    """Tell everyone with a place, in the line and in charge what is different."""
    post = get_post(desk.work, fact.post_id)
    if fact.moved:
        withdraw(desk.work, [post.id])
    clashes = clashing(desk.work, post)
    recipients = by_recipient(desk.work, _concerned(desk, post))
    in_calendar = has_file(desk.work, list(recipients), post.id)
    for person_id, names in recipients.items():
        clash = clashes.get(person_id)
        text = _moved(desk, post, fact, clash) if fact.moved else _noted(desk, post, fact)
        renew = renew_row(post, has_file=person_id in in_calendar)
        see = [Button(T("posts.see_post"), ShowPost(post.id))]
        screen = Screen(text, [see, renew, _ways()])
        screen = naming(screen, names) if names else screen
        key = f"post:{post.id}:changed:{fact.version}:{person_id}"
        desk.send(person_id, screen, lane=lane_of(post, now=desk.now), key=key)


@tells(PostCancelled)
def tell_cancelled(desk: Desk, fact: PostCancelled) -> None:
    """Tell everyone with a place, in the line and in charge not to come."""
    post = get_post(desk.work, fact.post_id)
    withdraw(desk.work, [post.id])
    day = local_day(post.starts_at, desk.config.time.zone_info)
    text = Lines(
        T("posts.told_cancelled", label=label(post, desk.config)),
        when(post),
        BLANK,
        T("posts.told_cancelled_how"),
    )
    see = [Button(T("posts.see_posts"), PostsOn(day, 1))]
    recipients = by_recipient(desk.work, _concerned(desk, post))
    in_calendar = has_file(desk.work, list(recipients), post.id)
    for person_id, names in recipients.items():
        renew = renew_row(post, has_file=person_id in in_calendar)
        screen = Screen(text, [see, renew, _ways()])
        screen = naming(screen, names) if names else screen
        key = f"post:{post.id}:cancelled:{person_id}"
        desk.send(person_id, screen, lane=lane_of(post, now=desk.now), key=key)


@tells(LeadAppointed)
def tell_appointed(desk: Desk, fact: LeadAppointed) -> None:
    """Tell the new lead."""
    post = get_post(desk.work, fact.post_id)
    screen = Screen(
        Lines(
            T("posts.told_lead", label=label(post, desk.config)),
            when(post),
            _note(post),
            BLANK,
            T("posts.told_lead_how"),
        ),
        [
            [
                Button(T("posts.see_post"), ShowPost(post.id)),
                Button(T("posts.roster"), Roster(post.id, 1)),
            ],
            [home_button()],
        ],
    )
    key = f"post:{post.id}:lead:{fact.version}:{fact.person_id}"
    desk.send(fact.person_id, screen, lane=lane_of(post, now=desk.now), key=key)


@tells(LeadRelieved)
def tell_relieved(desk: Desk, fact: LeadRelieved) -> None:
    """Tell the lead until now."""
    post = get_post(desk.work, fact.post_id)
    screen = Screen(
        Lines(T("posts.told_relieved", label=label(post, desk.config)), when(post)),
        [[home_button()]],
    )
    key = f"post:{post.id}:relieved:{fact.version}:{fact.person_id}"
    desk.send(fact.person_id, screen, lane=lane_of(post, now=desk.now), key=key)


@tells(Removed)
def tell_removed(desk: Desk, fact: Removed) -> None:
    """Tell a person that they no longer have a place or a turn."""
    post = get_post(desk.work, fact.post_id)
    screen = Screen(
        Lines(
            T("posts.told_removed", label=label(post, desk.config)),
            when(post),
            BLANK,
            T("posts.told_removed_how"),
        ),
        [[Button(T("posts.see_posts"), PostsOn(None, 1))], _ways()],
    )
    key = f"post:{post.id}:removed:{fact.person_id}:{fact.number}"
    tell_person(desk, fact.person_id, screen, lane=lane_of(post, now=desk.now), key=key)


@tells(CannotCome)
def tell_cannot_come(desk: Desk, fact: CannotCome) -> None:
    """Tell the lead, or the office where there is none, that somebody cannot come."""
    post = get_post(desk.work, fact.post_id)
    people = people_by_id(desk.work, [fact.person_id])
    name = people[fact.person_id].name
    screen = Screen(
        Lines(
            T("posts.told_cannot_come", name=name, label=label(post, desk.config)),
            when(post),
            BLANK,
            T("posts.told_cannot_come_how", waiting=post.waiting),
        ),
        [
            [
                Button(
                    T("posts.remove_and_fill"), RemovePerson(post.id, fact.person_id, sure=False)
                ),
                Button(T("posts.see_post"), ShowPost(post.id)),
            ],
            [home_button()],
        ],
    )
    for lead in _in_charge(desk, post):
        key = _cannot_come_key(post, fact.person_id, fact.number, lead)
        desk.send(lead, screen, lane=Lane.alarm, key=key)


def lead_told_at(desk: Desk, post_id: int, person_id: int) -> datetime | None:
    """Return when those in charge were told that a person cannot come; None for not yet."""
    card = post_card(desk.work, post_id, reader_id=person_id)
    if card.signup is None:
        return None
    for lead in _in_charge(desk, card.post):
        key = _cannot_come_key(card.post, person_id, card.signup.number, lead)
        row = find_by_key(desk.work, key)
        if row is not None:
            return row.created_at
    return None


def _in_charge(desk: Desk, post: Post) -> list[int]:
    """Return the lead of a post, or the office where there is none who can be reached."""
    if post.lead_person_id is not None:
        lead = people_by_id(desk.work, [post.lead_person_id]).get(post.lead_person_id)
        if lead is not None and lead.unreachable_at is None:
            return [lead.id]
    return office(desk.work)


def _cannot_come_key(post: Post, person_id: int, number: int, lead: int) -> str:
    return f"post:{post.id}:cannot-come:{person_id}:{number}:{lead}"


def _concerned(desk: Desk, post: Post) -> list[int]:
    """Return everyone whom a change of the post concerns, each once."""
    standing = [one.person_id for one in attendees(desk.work, post.id)]
    first_of_roles = post.group_id in {None, post.id}
    lead = [post.lead_person_id] if post.lead_person_id is not None and first_of_roles else []
    return list(dict.fromkeys([*standing, *lead]))


def _moved(desk: Desk, post: Post, fact: PostChanged, clash: Post | None) -> Text:
    before = Span(fact.old_starts_at, fact.old_ends_at)
    return Lines(
        T("posts.told_changed", label=label(post, desk.config)),
        T("posts.told_was", place=fact.old_place, time=before),
        T("posts.told_is_now", place=post.place, time=when(post)),
        _old_title(post, fact),
        _speaker(post),
        _note(post),
        None
        if clash is None
        else T("posts.told_clash", label=label(clash, desk.config), time=when(clash)),
        BLANK,
        T("posts.told_changed_how"),
    )


def _noted(desk: Desk, post: Post, fact: PostChanged) -> Text:
    key = "posts.told_lecture" if has_seats(post) else "posts.told_noted"
    return Lines(
        T(key, label=label(post, desk.config)),
        when(post),
        _old_title(post, fact),
        _speaker(post),
        _note(post),
    )


def _old_title(post: Post, fact: PostChanged) -> Text | None:
    if fact.old_title is None or fact.old_title == post.title:
        return None
    return T("posts.told_title_was", title=fact.old_title)


def _speaker(post: Post) -> Text | None:
    return T("planning.speaker", name=post.speaker) if post.speaker else None


def _note(post: Post) -> Text | None:
    return T("posts.card_note", note=post.note) if post.note else None


def _ways() -> Row:
    return [Button(T("posts.mine"), MyPosts(1)), home_button()]
