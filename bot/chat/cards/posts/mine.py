"""A person's own posts, and their part of the home screen."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.hours.own import hours_button, month_line
from bot.chat.cards.planning.buttons import ShowBoard
from bot.chat.cards.posts.buttons import MyPastPosts, MyPosts, PostsOn, ShortPosts, ShowPost
from bot.chat.cards.posts.calendarfile import AddToCalendar
from bot.chat.cards.posts.lists import NEW_POST
from bot.chat.cards.posts.waiting import until
from bot.chat.cards.posts.words import figures, label, mark, when
from bot.chat.conversation.model import Begin
from bot.chat.feature import HomePart
from bot.chat.pager import page_count, page_of, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Screen
from bot.chat.text import BLANK, Lines, T, Text, tn
from bot.features.hours.rules import Totals
from bot.features.posts.models import Post, SignupState
from bot.features.posts.openings import Shortage
from bot.features.posts.own import OwnPost

PAGE = 6
"""Posts on one page."""
_ACROSS = 3


def my_posts(
    call: Call,
    coming: Sequence[OwnPost],
    led: Sequence[Post],
    *,
    past: int,
    page: int,
    hours: Totals,
) -> Screen:
    """Return a page of a person's posts to come: a place, a turn in the line, or in charge.

    `hours` are those of the month.
    """
    rows = [
        *((one.post, _standing(call, one)) for one in coming),
        *((post, T("posts.mine_led", figures=figures(post))) for post in led),
    ]
    shown = page_of(rows, page, size=PAGE)
    entries = [
        Lines(
            T("posts.entry", mark=mark(number), label=label(post, call.config)),
            T("posts.mine_entry", time=when(post), standing=standing),
        )
        for number, (post, standing) in enumerate(shown.items, 1)
    ]
    looks = [
        Button(T("posts.look", mark=mark(number)), ShowPost(post.id))
        for number, (post, _) in enumerate(shown.items, 1)
    ]
    return Screen(
        Lines(
            T("posts.mine_head"),
            BLANK,
            Lines(*entries) if entries else T("posts.mine_none"),
            BLANK,
            month_line(hours),
        ),
        [
            *rows_of(looks, width=_ACROSS),
            pager(shown.number, shown.pages, MyPosts),
            [Button(T("calendarfile.add_all"), AddToCalendar(None))] if coming else [],
            [
                Button(T("posts.see_posts"), PostsOn(None, 1)),
                Button(T("posts.mine_past", count=past), MyPastPosts(1)),
            ],
            [hours_button(), home_button()],
        ],
    )


def my_past_posts(call: Call, posts: Sequence[Post], *, total: int, page: int) -> Screen:
    """Return a page of the posts at which a person had a place, with how many there were."""
    pages = page_count(total, size=PAGE)
    entries = [
        T("posts.past_entry", time=when(post), label=label(post, call.config)) for post in posts
    ]
    return Screen(
        Lines(
            tn("posts.past_head", total),
            BLANK,
            Lines(*entries) if entries else T("posts.past_none"),
        ),
        [
            pager(min(max(page, 1), pages), pages, MyPastPosts),
            [Button(T("posts.back"), MyPosts(1)), home_button()],
        ],
    )


def volunteer_home(call: Call, coming: Post | None) -> HomePart:
    """Return what a volunteer sees on the home screen."""
    return HomePart(
        lines=[
            T("posts.home_none")
            if coming is None
            else T("posts.home_next", time=when(coming), label=label(coming, call.config))
        ],
        buttons=[
            Button(T("posts.see_posts"), PostsOn(None, 1)),
            Button(T("posts.mine"), MyPosts(1)),
        ],
    )


def office_home(short: Shortage, *, days: int) -> HomePart:
    """Return what the office sees on the home screen: what is missing in the next `days`."""
    if short.posts:
        line: Text = tn("posts.home_short", short.posts, days=days, people=short.people)
        look = Button(T("posts.see_short"), ShortPosts(1))
    else:
        line = T("posts.home_not_short", days=days)
        look = Button(T("posts.see_posts"), PostsOn(None, 1))
    return HomePart(
        lines=[line],
        buttons=[
            look,
            Button(T("posts.publish"), Begin(NEW_POST)),
            Button(T("planning.board"), ShowBoard(None, 1)),
        ],
    )


def _standing(call: Call, own: OwnPost) -> Text:
    if own.state is SignupState.confirmed:
        return T("posts.mine_confirmed")
    if own.offer_until is not None:
        kept = until(own.offer_until, now=call.now, config=call.config)
        return T("waiting.mine_offered", until=kept)
    return T("posts.mine_waiting", position=own.position or 1)
