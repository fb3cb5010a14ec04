"""The lead's side of closing a post: the card to check, and the receipt (VOL-09)."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.attendance.buttons import TakeRoll
from bot.chat.cards.attendance.words import totals
from bot.chat.cards.closing.buttons import close_button, correct_button
from bot.chat.cards.closing.words import counts_text, knowing_text
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import PostsOn, ShowPost
from bot.chat.cards.posts.words import label, when
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, T, Text, tn
from bot.features.attendance.models import Presence
from bot.features.attendance.queries import Roll
from bot.features.closing.models import PostResult
from bot.features.closing.outcome import Outcome
from bot.features.posts.models import Post
from bot.features.units.queries import units_by_id

_MOST_POSTS = 8


def closing_text(call: Call, post: Post, roll: Roll, outcome: Outcome) -> Text:
    """Return everything that is said when a post is closed, to be checked."""
    waited_for = roll.count(Presence.expected)
    photos = len(outcome.photos)
    return Lines(
        label(post, call.config),
        when(post),
        totals(roll),
        tn("closing.will_be_absent", waited_for) if waited_for else None,
        counts_text(outcome) or T("closing.no_numbers"),
        knowing_text(outcome),
        tn("closing.photos", photos) if photos else None,
        T("closing.remark_line", remark=outcome.remark) if outcome.remark else None,
        BLANK,
        T("closing.may_add"),
    )


def closed(call: Call, post: Post, roll: Roll, row: PostResult) -> Screen:
    """Return the receipt of a closed post."""
    return Screen(
        Lines(
            T("closing.closed", label=label(post, call.config)),
            totals(roll),
            tn("closing.thanked", roll.came) if roll.came else None,
            _where_to(call, row),
        ),
        [[correct_button(post), Button(T("posts.back"), ShowPost(post.id))], [home_button()]],
        event=True,
    )


def corrected(call: Call, post: Post, row: PostResult, *, number: str | None) -> Screen:
    """Return the receipt of a correction; `number` is the report that was made before it."""
    after = T("closing.report_stays", number=number) if number else _where_to(call, row)
    return Screen(
        Lines(T("closing.corrected", label=label(post, call.config)), after),
        [[correct_button(post), Button(T("posts.back"), ShowPost(post.id))], [home_button()]],
        event=True,
    )


def ask_to_close(desk: Desk, post: Post, roll: Roll) -> Screen:
    """Ask the lead, after the end, to close the post."""
    return Screen(
        Lines(
            T("closing.ask", label=label(post, desk.config)),
            when(post),
            totals(roll),
            BLANK,
            T("closing.ask_how"),
        ),
        [[close_button(post), Button(T("attendance.take_roll"), TakeRoll(post.id, 1))]],
    )


def remind_office(desk: Desk, posts: Sequence[Post]) -> Screen:
    """Tell the office of the posts that nobody closed."""
    shown = posts[:_MOST_POSTS]
    rows: list[Row] = [
        [Button(T("closing.close_one", place=post.place), ShowPost(post.id))] for post in shown
    ]
    return Screen(
        Lines(
            tn("closing.unclosed", len(posts)),
            BLANK,
            *(
                T("closing.unclosed_row", time=when(one), label=label(one, desk.config))
                for one in shown
            ),
        ),
        [*rows, [Button(T("posts.see_posts"), PostsOn(None, 1)), home_button()]],
    )


def _where_to(desk: Desk, row: PostResult) -> Text:
    units = units_by_id(desk.work, [] if row.unit_id is None else [row.unit_id])
    for unit in units.values():
        return T("closing.given_to", unit=unit.name)
    return T("closing.given_to_nobody")
