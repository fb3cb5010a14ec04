"""Looking at posts: by day, by place, and one by one (screens 6)."""

from datetime import date, timedelta

from bot.chat.access import ANYONE, OFFICE_ONLY
from bot.chat.calendar import is_blank, read_day, read_month
from bot.chat.call import Call
from bot.chat.cards.posts import lists
from bot.chat.cards.posts.buttons import (
    LINK,
    OtherPosts,
    PostLink,
    PostPlaces,
    PostsAt,
    PostsCalendar,
    PostsOn,
    ShortPosts,
    ShowPost,
)
from bot.chat.cards.posts.card import other_posts, post_card
from bot.chat.cards.posts.linking import post_link
from bot.chat.pager import page_of
from bot.chat.screen import Answer, Screen, Toast
from bot.chat.text import Plain, T, Text
from bot.core.dates import last_day_of_month, local_day, start_of
from bot.core.errors import NotFound
from bot.features.posts import listing, queries
from bot.features.posts.access import access_post, get_post
from bot.features.posts.eligibility import alternatives
from handlers.posts.feature import feature

SHORT_DAYS = 7
"""How far ahead the office looks for posts that lack people."""
_ALTERNATIVES = 3
_CALENDAR_DAYS = 365
_MOST_DIGITS = 9


@feature.command("posts", ANYONE)
def posts(call: Call, _: str) -> Answer:
    """Show the posts of the next day that has any."""
    return show_day(call, PostsOn(None, 1))


@feature.press(PostsOn, ANYONE)
def show_day(call: Call, pressed: PostsOn) -> Answer:
    """Show a page of a day's posts."""
    zone = call.config.time.zone_info
    day = pressed.day or queries.first_day(call.work, zone)
    if day is None:
        return lists.nothing_to_come(call)
    found = listing.posts_on(
        call.work,
        day,
        zone=zone,
        reader_id=call.actor.person_id,
        page=pressed.page,
        size=lists.PAGE,
    )
    around = queries.days_around(call.work, day, zone)
    return lists.day_list(call, day, found, around, page=pressed.page)


@feature.press(PostsCalendar, ANYONE)
def show_calendar(call: Call, pressed: PostsCalendar) -> Answer:
    """Show a month with its days of posts, or the posts of the day that was chosen."""
    if is_blank(pressed.cell):
        return Toast(T("posts.choose_a_day"))
    day = read_day(pressed.cell)
    if day is not None:
        return show_day(call, PostsOn(day, 1))
    return _month(call, read_month(pressed.cell))


@feature.press(PostPlaces, ANYONE)
def show_places(call: Call, pressed: PostPlaces) -> Answer:
    """Show a page of the places with posts to come."""
    places = queries.places(call.work)
    if not places:
        return lists.nothing_to_come(call)
    page = page_of(places, pressed.page, size=lists.PAGE)
    return lists.place_list(call, page.items, page=page.number, pages=page.pages)


@feature.press(PostsAt, ANYONE)
def show_place(call: Call, pressed: PostsAt) -> Answer:
    """Show a page of the posts to come at a place."""
    place = access_post(call.work, pressed.like, actor=call.actor).place
    found = listing.posts_at(
        call.work,
        pressed.like,
        reader_id=call.actor.person_id,
        page=pressed.page,
        size=lists.PAGE,
    )
    return lists.posts_at_place(call, pressed.like, place, found, page=pressed.page)


@feature.press(ShortPosts, OFFICE_ONLY)
def show_short(call: Call, pressed: ShortPosts) -> Answer:
    """Show the office a page of the posts of the next days that lack people."""
    until = call.now + timedelta(days=SHORT_DAYS)
    found = listing.posts_short(
        call.work,
        start=call.now,
        end=until,
        reader_id=call.actor.person_id,
        page=pressed.page,
        size=lists.PAGE,
    )
    return lists.short_list(call, found, until=until, page=pressed.page)


@feature.press(ShowPost, ANYONE)
def show_post(call: Call, pressed: ShowPost) -> Answer:
    """Show a post."""
    access_post(call.work, pressed.post_id, actor=call.actor)
    return card_of(call, pressed.post_id)


@feature.link(LINK, ANYONE)
def open_post(call: Call, rest: str) -> Answer:
    """Show the post of a link. Raises NotFound."""
    if not (rest.isascii() and rest.isdigit()) or len(rest) > _MOST_DIGITS:
        raise NotFound
    return card_of(call, int(rest))


@feature.press(PostLink, ANYONE)
def make_link(call: Call, pressed: PostLink) -> Answer:
    """Make the message that leads others to a post."""
    return post_link(call, get_post(call.work, pressed.post_id))


@feature.press(OtherPosts, ANYONE)
def show_others(call: Call, pressed: OtherPosts) -> Answer:
    """Show posts near in time to one that cannot be had."""
    post = access_post(call.work, pressed.post_id, actor=call.actor)
    nearest = alternatives(
        call.work,
        person_id=call.actor.person_id,
        near=post.starts_at,
        config=call.config,
        most=_ALTERNATIVES,
        except_id=post.id,
    )
    return other_posts(call, post, nearest)


def card_of(call: Call, post_id: int, note: Text | None = None) -> Screen:
    """Return a post as the actor sees it, `note` above it. Raises NotFound."""
    card = queries.post_card(call.work, post_id, reader_id=call.actor.person_id)
    return post_card(call, card, note=note)


def _month(call: Call, month: date | None) -> Screen:
    zone = call.config.time.zone_info
    today = local_day(call.now, zone)
    last = today + timedelta(days=_CALENDAR_DAYS)
    shown = min(max(month or today, today.replace(day=1)), last)
    days = queries.days_with_posts(
        call.work,
        start=start_of(shown.replace(day=1), zone),
        end=start_of(last_day_of_month(shown) + timedelta(days=1), zone),
        zone=zone,
    )

    def mark_day(day: date) -> Text | None:
        return Plain("•") if day in days else None

    return lists.choose_day(shown, first=today, last=last, mark_day=mark_day)
