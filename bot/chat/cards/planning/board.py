"""The office's week of posts, places not covered in it, and what teams plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.places import ShowPlaces
from bot.chat.cards.planning.buttons import (
    COPY,
    SERIES,
    ShowBoard,
    ShowDrafts,
    ShowPlans,
    ShowTemplates,
    ShowUncovered,
)
from bot.chat.cards.planning.duties import ListDuties
from bot.chat.cards.planning.words import staffing
from bot.chat.cards.posts.buttons import ShowPost
from bot.chat.cards.posts.lists import NEW_POST
from bot.chat.cards.posts.words import group_label, label, mark, when
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_count, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text, tn
from bot.core.dates import local_day
from bot.features.planning.plans import OpenPlan
from bot.features.posts.board import Board, BoardRow, Staffing, Uncovered

PAGE = 8
NAMED = 3
"""How many places not covered stand on the board."""
_ACROSS = 4
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Beside:
    """What stands below the week: places not covered, how many, and how many drafts there are."""

    places: Sequence[Uncovered]
    uncovered: int
    drafts: int


def week(call: Call, monday: date, board: Board, beside: Beside, *, page: int) -> Screen:
    """Return a page of a week's posts, understaffed ones first."""
    pages = page_count(board.total, size=PAGE)
    looks = [
        Button(T("posts.look", mark=mark(number)), ShowPost(row.post.id))
        for number, row in enumerate(board.rows, 1)
    ]
    return Screen(
        Lines(
            T("planning.week_head", first=monday, last=monday + _WEEK - timedelta(days=1)),
            _counts(board),
            *_entries(call, board),
            *_beside(beside),
        ),
        [
            *rows_of(looks, width=_ACROSS),
            pager(min(max(page, 1), pages), pages, lambda number: ShowBoard(monday, number)),
            *_ways(monday, beside),
        ],
    )


def uncovered_places(
    call: Call, monday: date, places: Sequence[Uncovered], *, total: int, page: int
) -> Screen:
    """Return a page of the places without a post in a week; a tap begins a post there."""
    pages = page_count(total, size=PAGE)
    rows: list[Row] = [
        [Button(_uncovered(call, one), Begin(NEW_POST, f"l{one.place.id}"))] for one in places
    ]
    return Screen(
        tn("planning.uncovered_head", total, monday=monday)
        if total
        else T("planning.all_covered", monday=monday),
        [
            *rows,
            pager(min(max(page, 1), pages), pages, lambda number: ShowUncovered(monday, number)),
            [Button(T("planning.board"), ShowBoard(monday, 1)), home_button()],
        ],
    )


def plans(call: Call, found: Sequence[OpenPlan]) -> Screen:
    """Return what teams plan; a tap begins a series for a plan."""
    teams = {team.slug: team.name for team in call.config.volunteer_teams}
    rows: list[Row] = [
        [
            Button(
                T(
                    "planning.plan_row",
                    team=teams.get(one.plan.team, one.plan.team),
                    theme=one.plan.theme,
                    posts=one.posts,
                    planned=one.plan.planned,
                ),
                Begin(SERIES, f"p{one.plan.id}"),
            )
        ]
        for one in found
    ]
    text = T("planning.plans_head") if found else T("planning.no_plans")
    back = Button(T("planning.board"), ShowBoard(None, 1))
    return Screen(text, [*rows, [back, home_button()]])


def _counts(board: Board) -> Text:
    if not board.total:
        return T("planning.no_posts")
    names = {
        Staffing.understaffed: T("planning.count_understaffed", posts=_of(board, 0)),
        Staffing.not_full: T("planning.count_not_full", posts=_of(board, 1)),
        Staffing.full: T("planning.count_full", posts=_of(board, 2)),
        Staffing.begun: T("planning.count_begun", posts=_of(board, 3)),
    }
    shown = [names[how] for how in Staffing if board.counts.get(how)]
    return Listed(shown, between=" · ")


def _of(board: Board, how: int) -> int:
    return board.counts.get(Staffing(how), 0)


def _entries(call: Call, board: Board) -> list[Text]:
    lines: list[Text] = [BLANK] if board.rows else []
    for number, row in enumerate(board.rows, 1):
        lines.append(T("posts.entry", mark=mark(number), label=_name(call, row)))
        lines += _figures(row)
    return lines


def _name(call: Call, row: BoardRow) -> Text:
    if len(row.roles) == 1:
        return label(row.post, call.config)
    return group_label([post for post, _ in row.roles], call.config)


def _figures(row: BoardRow) -> list[Text]:
    """Return when a post is and how it stands, below that each of its roles."""
    if len(row.roles) == 1:
        return [T("posts.entry_figures", time=when(row.post), figures=staffing(row.post, row.how))]
    return [
        T("planning.entry_time", time=when(row.post)),
        *(
            T(
                "planning.entry_role",
                line=T("planning.role_line", role=post.role or "", figures=staffing(post, how)),
            )
            for post, how in row.roles
        ),
    ]


def _beside(beside: Beside) -> list[Text]:
    lines: list[Text] = []
    if beside.uncovered:
        named = Listed([Plain(one.place.name) for one in beside.places])
        lines += [BLANK, tn("planning.uncovered", beside.uncovered, places=named)]
    if beside.drafts:
        lines += [BLANK, tn("planning.drafts_wait", beside.drafts)]
    return lines


def _ways(monday: date, beside: Beside) -> list[Row]:
    drafts = [Button(T("planning.see_drafts"), ShowDrafts(1))] if beside.drafts else []
    gaps = (
        [Button(T("planning.see_uncovered"), ShowUncovered(monday, 1))] if beside.uncovered else []
    )
    return [
        [
            Button(T("planning.copy_last"), Begin(COPY, f"w{monday.isoformat()}")),
            Button(T("planning.new_series"), Begin(SERIES)),
        ],
        [*drafts, *gaps],
        [
            Button(T("planning.templates"), ShowTemplates()),
            Button(T("planning.plans"), ShowPlans()),
            Button(T("duties.all"), ListDuties()),
            Button(T("planning.places"), ShowPlaces(closed=False, page=1)),
        ],
        [
            Button(T("planning.week_before"), ShowBoard(monday - _WEEK, 1)),
            Button(T("planning.week_after"), ShowBoard(monday + _WEEK, 1)),
            home_button(),
        ],
    ]


def _uncovered(call: Call, one: Uncovered) -> Text:
    if one.last_at is None:
        return T("planning.never_covered", place=one.place.name)
    day = local_day(one.last_at, call.config.time.zone_info)
    return T("planning.last_covered", place=one.place.name, day=day)
