"""What a volunteer sees of checking in and out (VOL-04)."""

from bot.chat.call import Call
from bot.chat.cards.attendance.buttons import AskCode, CheckOut, CountCompanions
from bot.chat.cards.attendance.words import clock_time
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import MyPosts, ShowPost
from bot.chat.cards.posts.words import label, when
from bot.chat.feature import HomePart
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import Lines, Plain, T, Text, tn
from bot.features.attendance.models import Presence
from bot.features.attendance.rules import minutes_served
from bot.features.attendance.service import Checked
from bot.features.posts.models import Post


def checked_in(call: Call, done: Checked) -> Screen:
    """Return the receipt of checking in; for who has gone since, that of having gone."""
    if done.out_at is not None:
        return checked_out(call, done)
    post, zone = done.post, call.config.time.zone_info
    key = "attendance.in_before" if done.before else "attendance.in_now"
    return Screen(
        Lines(
            T(key, at=clock_time(done.in_at, zone), label=label(post, call.config)),
            when(post),
            T("attendance.out_how"),
            T("attendance.who_is_there", size=done.size) if done.size > 1 else None,
        ),
        [
            *_companions(done),
            [Button(T("attendance.check_out"), CheckOut(post.id, sure=False))],
            [Button(T("posts.mine"), MyPosts(1)), home_button()],
        ],
        event=True,
    )


def ask_check_out(call: Call, post: Post, *, minutes_left: int) -> Screen:
    """Ask whether to go before the end, and say what that costs."""
    return Screen(
        Lines(
            tn("attendance.ask_early", minutes_left, label=label(post, call.config)),
            T("attendance.early_costs"),
        ),
        [
            [
                Button(T("attendance.stay"), ShowPost(post.id)),
                Button(T("attendance.go_early"), CheckOut(post.id, sure=True), Style.danger),
            ]
        ],
    )


def checked_out(call: Call, done: Checked) -> Screen:
    """Return the receipt of checking out, with what counts."""
    post, zone = done.post, call.config.time.zone_info
    out_at = done.out_at or post.ends_at
    minutes = minutes_served(
        call.config.posts.check_in,
        starts_at=post.starts_at,
        ends_at=post.ends_at,
        in_at=done.in_at,
        out_at=done.out_at,
    )
    times = {"start": clock_time(done.in_at, zone), "end": clock_time(out_at, zone)}
    return Screen(
        Lines(
            T("attendance.out_before" if done.before else "attendance.out_now", **times),
            label(post, call.config),
            T("attendance.left_early") if done.state is Presence.left_early else None,
            tn("attendance.counted", minutes),
        ),
        [[Button(T("posts.mine"), MyPosts(1)), home_button()]],
        event=True,
    )


def ask_code(call: Call, post: Post) -> Text:
    """Return the question for the code."""
    by_location = call.config.posts.check_in.by_location and post.place_id is not None
    return Lines(
        T("attendance.ask_code", label=label(post, call.config)),
        when(post),
        T("attendance.or_location") if by_location else None,
    )


def home_part(call: Call, post: Post) -> HomePart:
    """Return what stands on the home screen while one can check in."""
    line = T("attendance.home", label=label(post, call.config), time=when(post))
    return HomePart([line], [check_in_button(post)])


def check_in_button(post: Post) -> Button:
    """Return the button to check in."""
    return Button(T("attendance.check_in"), AskCode(post.id), Style.primary)


def _companions(done: Checked) -> list[Row]:
    if done.size == 1:
        return []
    return [
        [
            Button(
                T("attendance.there_are", count=count)
                if count == done.present
                else Plain(str(count)),
                CountCompanions(done.post.id, count),
            )
            for count in range(1, done.size + 1)
        ][:8]
    ]
