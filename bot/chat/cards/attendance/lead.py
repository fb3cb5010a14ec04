"""What a post lead sees of attendance: the code, the list, one person of it (VOL-04)."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.attendance.buttons import (
    AllHere,
    MarkPerson,
    OnePerson,
    SetPresent,
    ShowCode,
    ShowQr,
    TakeRoll,
)
from bot.chat.cards.attendance.words import standing, totals, way_name
from bot.chat.cards.closing.buttons import close_button
from bot.chat.cards.home import home_button
from bot.chat.cards.links import link_qr
from bot.chat.cards.posts.buttons import ShowPost
from bot.chat.cards.posts.words import label, mark, when
from bot.chat.feature import HomePart
from bot.chat.pager import page_of, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Plain, T, Text, tn
from bot.features.attendance.models import How, Presence
from bot.features.attendance.queries import Listed, Roll
from bot.features.attendance.rules import is_open
from bot.features.attendance.service import Code, Mark
from bot.features.attendance.transitions import SERVED
from bot.features.posts.models import Post

_PEOPLE = 6
_ACROSS = 4
_STEPS = (15, 30, 60)
"""Minutes late or early that one tap says."""


def code_screen(call: Call, code: Code, roll: Roll) -> Screen:
    """Return the code of now, large and alone, with until when it is new."""
    post = code.post
    changes_at = code.changes_at.astimezone(call.config.time.zone_info)
    return Screen(
        Lines(
            T("attendance.code_head", label=label(post, call.config)),
            BLANK,
            T("attendance.code", code=" ".join(code.code)),
            BLANK,
            T("attendance.code_until", at=f"{changes_at:%H:%M:%S}"),
            T("attendance.code_count", came=roll.came, all=len(roll.rows)),
        ),
        [
            [Button(T("attendance.new_code"), ShowCode(post.id), Style.primary)],
            [
                Button(T("attendance.show_qr"), ShowQr(post.id)),
                Button(T("attendance.take_roll"), TakeRoll(post.id, 1)),
            ],
            [Button(T("posts.back"), ShowPost(post.id)), home_button()],
        ],
        protected=True,
    )


def qr_screen(call: Call, code: Code) -> Screen:
    """Return the QR code of now; its link holds as long as the code."""
    changes_at = code.changes_at.astimezone(call.config.time.zone_info)
    return Screen(
        Lines(
            T("attendance.qr_head", label=label(code.post, call.config)),
            T("attendance.code_until", at=f"{changes_at:%H:%M:%S}"),
        ),
        [[Button(T("attendance.new_qr"), ShowQr(code.post.id))], [home_button()]],
        new=True,
        event=True,
        protected=True,
        order=link_qr(call, code.payload),
    )


def roll_screen(
    call: Call, post: Post, roll: Roll, *, page: int, note: Text | None = None
) -> Screen:
    """Return a page of the list: for each person one tap says whether they are there."""
    shown = page_of(roll.rows, page, size=_PEOPLE)
    zone = call.config.time.zone_info
    lines = [
        T("attendance.row", mark=mark(n), name=one.name, standing=standing(post, one, zone))
        for n, one in enumerate(shown.items, 1)
    ]
    waited_for = roll.count(Presence.expected)
    return Screen(
        Lines(
            *((note, BLANK) if note else ()),
            T("attendance.roll_head", label=label(post, call.config)),
            when(post),
            totals(roll),
            BLANK,
            Lines(*lines) if lines else T("attendance.nobody"),
            _unseen(shown.items),
            _not_counted(call, roll),
        ),
        [
            *([_all_here(post, waited_for)] if waited_for else []),
            *(_taps(post, one, n, shown.number) for n, one in enumerate(shown.items, 1)),
            pager(shown.number, shown.pages, lambda number: TakeRoll(post.id, number)),
            _ways_on(call, post),
            [Button(T("posts.back"), ShowPost(post.id)), home_button()],
        ],
        protected=True,
    )


def person_screen(call: Call, post: Post, one: Listed, *, page: int) -> Screen:
    """Return one sign-up of the list with everything that can be said of it."""
    ways = [way for way in (one.how_in, one.how_out) if way is not None]

    def said(text: Text, what: Mark, minutes: int = 0) -> Button:
        return Button(text, MarkPerson(post.id, one.signup_id, what, minutes, page))

    rows: list[Row] = [
        [
            said(T("attendance.mark_here"), Mark.here),
            said(T("attendance.mark_absent"), Mark.absent),
            said(T("attendance.mark_excused"), Mark.excused),
        ],
        [said(T("attendance.mark_late", minutes=step), Mark.late, step) for step in _STEPS],
        [said(T("attendance.mark_early", minutes=step), Mark.early, step) for step in _STEPS],
        *_present(post, one, page),
        [said(T("attendance.mark_unknown"), Mark.unknown)],
        [Button(T("attendance.to_roll"), TakeRoll(post.id, page)), home_button()],
    ]
    return Screen(
        Lines(
            T("attendance.person_head", name=one.name),
            label(post, call.config),
            when(post),
            standing(post, one, call.config.time.zone_info),
            *(T("attendance.known_by", how=way_name(way)) for way in ways[:1]),
        ),
        rows,
        protected=True,
    )


def lead_home(call: Call, post: Post) -> HomePart:
    """Return what stands on the home screen of who leads a post at this time."""
    line = T("attendance.home_lead", label=label(post, call.config), time=when(post))
    over = call.now >= post.ends_at
    button = close_button(post) if over else Button(T("attendance.take_roll"), TakeRoll(post.id, 1))
    return HomePart([line], [button])


def _unseen(shown: Sequence[Listed]) -> Text | None:
    """Say that a location proves nothing until the lead has seen who sent it."""
    if any(one.how_in is How.location for one in shown):
        return T("attendance.location_how")
    return None


def _not_counted(call: Call, roll: Roll) -> Text | None:
    """Say that who leads without having signed up is not counted."""
    if any(one.person_id == call.actor.person_id for one in roll.rows):
        return None
    return T("attendance.lead_not_counted")


def _all_here(post: Post, count: int) -> Row:
    return [Button(tn("attendance.all_here", count), AllHere(post.id), Style.primary)]


def _taps(post: Post, one: Listed, number: int, page: int) -> Row:
    def said(text: Text, what: Mark) -> Button:
        return Button(text, MarkPerson(post.id, one.signup_id, what, 0, page))

    return [
        said(T("attendance.tap_here", mark=mark(number)), Mark.here),
        said(T("attendance.mark_absent"), Mark.absent),
        said(T("attendance.mark_excused"), Mark.excused),
        Button(T("attendance.more"), OnePerson(post.id, one.signup_id, page)),
    ]


def _present(post: Post, one: Listed, page: int) -> Sequence[Row]:
    if one.size == 1 or one.state not in SERVED:
        return []
    return rows_of(
        [
            Button(
                T("attendance.there_are", count=count)
                if count == one.present
                else Plain(str(count)),
                SetPresent(post.id, one.signup_id, count, page),
            )
            for count in range(1, one.size + 1)
        ],
        width=_ACROSS,
    )


def _ways_on(call: Call, post: Post) -> Row:
    row: list[Button] = []
    if is_open(post, now=call.now, config=call.config):
        row.append(Button(T("attendance.show_code"), ShowCode(post.id)))
    if call.now >= post.starts_at:
        row.append(close_button(post))
    return row
