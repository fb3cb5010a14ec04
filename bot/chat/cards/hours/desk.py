"""What waits for a second person's confirmation, and the hours of a post's people."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.hours.buttons import (
    ADD_HOURS,
    CORRECT_HOURS,
    DECLINE_HOURS,
    ExportHours,
    GrantHours,
    HoursDesk,
    OpenRequest,
    PostHours,
    PostsWithHours,
)
from bot.chat.cards.hours.own import entry_card, entry_text
from bot.chat.cards.hours.words import duration, kind_name, where
from bot.chat.cards.posts.words import label, mark, when
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_count, page_of, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, T, Text, tn
from bot.core.roles import OFFICE
from bot.features.hours.models import RequestKind
from bot.features.hours.pending import Asked
from bot.features.hours.queries import Entry
from bot.features.hours.served import Served
from bot.features.posts.models import Post

PAGE = 5
"""Requests on one page."""
POSTS = 10
"""Posts that are offered to look at."""
_PEOPLE = 8
_ACROSS = 5
_NAMES_ACROSS = 2
_NAME_UNITS = 12


def desk(call: Call, found: Sequence[Asked], *, total: int, page: int) -> Screen:
    """Return a page of what waits for the reader's decision."""
    pages = page_count(total, size=PAGE)
    looks = [
        Button(T("hours.look", mark=mark(number)), OpenRequest(one.request.id))
        for number, one in enumerate(found, 1)
    ]
    rows: list[Row] = [
        *rows_of(looks, width=_ACROSS),
        pager(min(max(page, 1), pages), pages, HoursDesk),
        [Button(T("hours.by_post"), PostsWithHours())],
    ]
    if call.actor.roles & OFFICE:
        rows.append(
            [
                Button(T("hours.export_book"), ExportHours(plain=False)),
                Button(T("hours.export_table"), ExportHours(plain=True)),
            ]
        )
    return Screen(
        Lines(
            tn("hours.desk_head", total) if total else T("hours.desk_none"),
            *(
                Lines(
                    BLANK,
                    T("hours.numbered", mark=mark(number), entry=_request_line(one)),
                    T("hours.asked_why", words=one.request.words),
                )
                for number, one in enumerate(found, 1)
            ),
        ),
        [*rows, [home_button()]],
    )


def request_card(call: Call, asked: Asked, entry: Entry | None, *, second: bool) -> Screen:
    """Return a request; `entry` is the one that is said to be wrong.

    Where the reader is no second person (`second` False) it says so instead of offering buttons.
    """
    request, zone = asked.request, call.config.time.zone_info
    rows: list[Row] = []
    if asked.ruling is None and second:
        rows.append(_decisions(asked))
    return Screen(
        Lines(
            T(f"hours.request_{request.kind.value}"),
            _request_line(asked),
            None if entry is None else entry_card(call, entry),
            T("hours.asked_by", name=asked.by_name, at=request.at.astimezone(zone)),
            T("hours.asked_why", words=request.words),
            T("hours.that_day", time=duration(asked.that_day)),
            BLANK,
            _standing(asked, second=second),
        ),
        [*rows, [Button(T("hours.desk"), HoursDesk(1)), home_button()]],
    )


def corrected(entry: Entry) -> Screen:
    """Return the receipt of a correction."""
    return Screen(
        Lines(T("hours.corrected"), entry_text(entry), T("hours.corrected_told")),
        [[Button(T("hours.desk"), HoursDesk(1)), home_button()]],
    )


def posts_list(call: Call, posts: Sequence[Post]) -> Screen:
    """Return the last posts that the reader answers for."""
    looks = [
        Button(T("hours.look", mark=mark(number)), PostHours(post.id, 1))
        for number, post in enumerate(posts, 1)
    ]
    return Screen(
        Lines(
            T("hours.posts_head") if posts else T("hours.posts_none"),
            *(
                T(
                    "hours.numbered",
                    mark=mark(number),
                    entry=T("hours.post_line", label=label(post, call.config), when=when(post)),
                )
                for number, post in enumerate(posts, 1)
            ),
        ),
        [
            *rows_of(looks, width=_ACROSS),
            [Button(T("hours.desk"), HoursDesk(1)), home_button()],
        ],
    )


def post_hours(call: Call, post: Post, people: Sequence[Served], *, page: int) -> Screen:
    """Return a page of a post's people with their hours; a name leads to what can be done."""
    shown = page_of(people, page, size=_PEOPLE)
    names = [
        Button(Clipped(one.name, _NAME_UNITS), _about(post, one))
        for one in shown.items
        if one.person_id != call.actor.person_id or one.entry is None
    ]
    return Screen(
        Lines(
            T("hours.post_head", label=label(post, call.config)),
            when(post),
            BLANK,
            *(_served(one) for one in shown.items),
            T("hours.post_nobody") if not people else T("hours.post_how"),
        ),
        [
            *rows_of(names, width=_NAMES_ACROSS),
            pager(shown.number, shown.pages, lambda number: PostHours(post.id, number)),
            [Button(T("hours.by_post"), PostsWithHours()), home_button()],
        ],
    )


def _about(post: Post, one: Served) -> Begin:
    if one.entry is None:
        return Begin(ADD_HOURS, f"{post.id}.{one.person_id}")
    return Begin(CORRECT_HOURS, str(one.entry.id))


def _served(one: Served) -> Text:
    if one.entry is not None:
        kind, time = kind_name(one.entry.kind), duration(one.entry.minutes)
        return T("hours.served", name=one.name, kind=kind, time=time)
    if one.asked:
        return T("hours.served_asked", name=one.name)
    return T("hours.served_none", name=one.name)


def _decisions(asked: Asked) -> Row:
    request = asked.request
    number = str(request.id)
    if request.kind is RequestKind.wrong:
        return [
            Button(T("hours.put_right"), Begin(CORRECT_HOURS, f"r{number}"), Style.primary),
            Button(T("hours.leave_it"), Begin(DECLINE_HOURS, number)),
        ]
    return [
        Button(
            T("hours.grant", time=duration(request.minutes or 0)),
            GrantHours(request.id),
            Style.primary,
        ),
        Button(T("hours.decline"), Begin(DECLINE_HOURS, number)),
    ]


def _standing(asked: Asked, *, second: bool) -> Text:
    ruling = asked.ruling
    if ruling is None:
        return T("hours.is_open") if second else T("hours.needs_second")
    if not ruling.granted:
        return T("hours.was_declined", words=ruling.words or "")
    if asked.request.kind is RequestKind.wrong:
        return T("hours.was_corrected")
    return T("hours.was_granted")


def _request_line(asked: Asked) -> Text:
    request = asked.request
    if request.minutes is None:
        return T("hours.says_wrong", name=asked.name, day=request.day, place=where(asked.place))
    return T(
        "hours.asks_for",
        name=asked.name,
        day=request.day,
        place=where(asked.place),
        time=duration(request.minutes),
    )
