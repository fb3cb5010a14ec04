"""Lists of posts: by day, by place, those short of people (screens 6)."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.chat.calendar import Mark, month_rows
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.cover.buttons import PostsAtRisk
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import (
    NearMe,
    PostPlaces,
    PostsAt,
    PostsCalendar,
    PostsOn,
    ShortPosts,
    ShowPost,
    to_sign_up,
)
from bot.chat.cards.posts.roles import role_texts
from bot.chat.cards.posts.words import (
    figures,
    group_label,
    has_seats,
    hours,
    label,
    mark,
    when,
)
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_count, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.core.roles import OFFICE
from bot.features.posts.models import SignupState
from bot.features.posts.queries import DaysAround, Listed, PlaceSummary, PostList
from bot.features.posts.rules import is_open, missing

PAGE = 6
"""Posts on one page."""
_ACROSS = 3
_STANDING: dict[SignupState, Text] = {
    SignupState.confirmed: T("posts.you_are_in"),
    SignupState.offered: T("waiting.you_are_asked"),
    SignupState.waiting: T("posts.you_wait"),
}
FLIP = "flip"
"""The conversation that decides about many posts."""
NEW_POST = "newpost"
"""The conversation that publishes a post."""
ENROL = "enrol"
"""The conversation that registers somebody without Telegram."""
_FOR_POST, _INTO_TEAM = "p", "t"


def enrol_for(post_id: int) -> Begin:
    """Return what registers somebody and signs them up for a post."""
    return Begin(ENROL, f"{_FOR_POST}{post_id}")


def enrol_into(team: str) -> Begin:
    """Return what registers somebody into a team."""
    return Begin(ENROL, f"{_INTO_TEAM}{team}")


def enrolled_for(arg: str | None) -> tuple[int | None, str | None]:
    """Return for which post, or into which team, the two above register; None for neither."""
    kind, rest = (arg or "")[:1], (arg or "")[1:]
    if kind == _FOR_POST:
        return read_id(rest), None
    return None, rest if kind == _INTO_TEAM and rest else None


def day_list(call: Call, day: date, posts: PostList, around: DaysAround, *, page: int) -> Screen:
    """Return a page of the posts of a day."""
    zone = call.config.time.zone_info
    entries = [
        _entry(call, number, row, hours(row.post, zone)) for number, row in enumerate(posts.rows, 1)
    ]
    head = T("posts.on_day", day=day)
    body = Lines(*entries) if entries else T("posts.none_on_day")
    pages = page_count(posts.total, size=PAGE)
    return Screen(
        Lines(head, BLANK, body),
        [
            *actions(call, posts.rows),
            pager(min(max(page, 1), pages), pages, lambda number: PostsOn(day, number)),
            _turns(around),
            [Button(T("flips.begin"), Begin(FLIP))] if call.actor.roles & OFFICE else [],
            [
                Button(T("posts.by_place"), PostPlaces(1)),
                Button(T("nearby.button"), NearMe()),
                home_button(),
            ],
        ],
    )


def nothing_to_come(call: Call) -> Screen:
    """Return what is said while no post is to come."""
    first: list[Row] = []
    if call.actor.roles & OFFICE:
        first.append([Button(T("posts.publish"), Begin(NEW_POST))])
    return Screen(T("posts.none_to_come"), [*first, [home_button()]])


def place_list(call: Call, places: Sequence[PlaceSummary], *, page: int, pages: int) -> Screen:
    """Return a page of the places with posts to come."""
    del call
    rows: list[Row] = [
        [
            Button(
                T("posts.place_row", place=one.place, posts=one.posts, missing=one.missing),
                PostsAt(one.like, 1),
            )
        ]
        for one in places
    ]
    return Screen(
        T("posts.which_place"),
        [
            *rows,
            pager(page, pages, PostPlaces),
            [Button(T("posts.by_day"), PostsOn(None, 1)), home_button()],
        ],
    )


def posts_at_place(call: Call, like: int, place: str, posts: PostList, *, page: int) -> Screen:
    """Return a page of the posts to come at a place."""
    entries = [
        _entry(call, number, row, when(row.post)) for number, row in enumerate(posts.rows, 1)
    ]
    pages = page_count(posts.total, size=PAGE)
    return Screen(
        Lines(
            T("posts.at_place", place=place),
            BLANK,
            Lines(*entries) if entries else T("posts.none_at_place"),
        ),
        [
            *actions(call, posts.rows),
            pager(min(max(page, 1), pages), pages, lambda number: PostsAt(like, number)),
            [Button(T("posts.other_place"), PostPlaces(1)), home_button()],
        ],
    )


def short_list(call: Call, posts: PostList, *, until: datetime, page: int) -> Screen:
    """Return a page of the posts that lack people."""
    entries = [
        _entry(call, number, row, when(row.post)) for number, row in enumerate(posts.rows, 1)
    ]
    pages = page_count(posts.total, size=PAGE)
    return Screen(
        Lines(
            T("posts.short_head", until=until.astimezone(call.config.time.zone_info).date()),
            BLANK,
            Lines(*entries) if entries else T("posts.none_short"),
        ),
        [
            *_looks(posts.rows),
            pager(min(max(page, 1), pages), pages, ShortPosts),
            [
                Button(T("cover.risk_see"), PostsAtRisk(1)),
                Button(T("posts.by_day"), PostsOn(None, 1)),
                home_button(),
            ],
        ],
    )


def choose_day(month: date, *, first: date, last: date, mark_day: Mark) -> Screen:
    """Return a month to choose a day from."""
    rows: list[Row] = [
        [Button(cell.text, PostsCalendar(cell.value)) for cell in row]
        for row in month_rows(month, first=first, last=last, mark=mark_day)
    ]
    return Screen(
        T("posts.which_day"), [*rows, [Button(T("posts.back"), PostsOn(None, 1)), home_button()]]
    )


def actions(call: Call, rows: Sequence[Listed]) -> list[Row]:
    """Return what one tap does for each post of a page, and below it a way to its card."""
    taps = [_tap(call, number, row) for number, row in enumerate(rows, 1)]
    return [
        row for pair in zip(rows_of(taps, width=_ACROSS), _looks(rows), strict=True) for row in pair
    ]


def _looks(rows: Sequence[Listed]) -> list[Row]:
    looks = [
        Button(T("posts.look", mark=mark(number)), ShowPost(row.post.id))
        for number, row in enumerate(rows, 1)
    ]
    return [*rows_of(looks, width=_ACROSS)]


def _tap(call: Call, number: int, row: Listed) -> Button:
    sign = mark(number)
    if row.own is SignupState.confirmed:
        return Button(T("posts.tap_mine", mark=sign), ShowPost(row.post.id))
    if row.own is SignupState.offered:
        return Button(T("waiting.tap_offered", mark=sign), ShowPost(row.post.id))
    if not _takes_people(call, row):
        return Button(T("posts.tap_over", mark=sign), ShowPost(row.post.id))
    if row.roles and row.own is None:
        return Button(T("planning.tap_roles", mark=sign), ShowPost(row.post.id))
    return _joining(row, sign)


def _joining(row: Listed, sign: str) -> Button:
    if missing(row.post):
        seats = has_seats(row.post)
        word = T("planning.tap_reserve", mark=sign) if seats else T("posts.tap_sign_up", mark=sign)
        return Button(word, to_sign_up(row.post))
    if row.own is SignupState.waiting:
        return Button(T("posts.tap_in_line", mark=sign), ShowPost(row.post.id))
    return Button(T("posts.tap_wait", mark=sign), to_sign_up(row.post))


def _entry(call: Call, number: int, row: Listed, time: Text) -> Text:
    closed = None if _takes_people(call, row) else T("posts.over")
    if row.roles:
        return Lines(
            T("posts.entry", mark=mark(number), label=_group(call, row)),
            T("planning.entry_time", time=time)
            if closed is None
            else T("posts.entry_own", line=T("planning.entry_time", time=time), own=closed),
            *(T("planning.entry_role", line=line) for line in role_texts(call, row.roles)),
        )
    own = None if row.own is None else _STANDING[row.own]
    state = own or closed
    line = T("posts.entry_figures", time=time, figures=figures(row.post))
    return Lines(
        T("posts.entry", mark=mark(number), label=label(row.post, call.config)),
        line if state is None else T("posts.entry_own", line=line, own=state),
    )


def _takes_people(call: Call, row: Listed) -> bool:
    posts = [one.post for one in row.roles] or [row.post]
    return any(is_open(post, now=call.now, config=call.config) for post in posts)


def _group(call: Call, row: Listed) -> Text:
    return group_label([one.post for one in row.roles], call.config)


def _turns(around: DaysAround) -> Row:
    turns = [
        None
        if around.before is None
        else Button(T("posts.day_before", day=around.before), PostsOn(around.before, 1)),
        Button(T("posts.choose_day"), PostsCalendar("now")),
        None
        if around.after is None
        else Button(T("posts.day_after", day=around.after), PostsOn(around.after, 1)),
    ]
    return [turn for turn in turns if turn is not None]
