"""The digest of all units."""

from datetime import date

from bot.chat.cards.archive.buttons import ShowCompleteness
from bot.chat.cards.coverage.buttons import ShowMatrix
from bot.chat.cards.coverage.measured import digest_lines
from bot.chat.cards.deadlines.board import (
    counts_line,
    missing_names,
    rates_line,
    remind_button,
)
from bot.chat.cards.deadlines.buttons import NextWaiting, ShowBoards
from bot.chat.cards.deadlines.words import Holidays, due_line, title, totals_text
from bot.chat.cards.posts.buttons import ShortPosts
from bot.chat.cards.posts.words import label, when
from bot.chat.cards.reports.buttons import NextPending
from bot.chat.screen import Button, Row
from bot.chat.text import BLANK, Listed, T, Text, tn
from bot.config import Config
from bot.features.deadlines.board import Board
from bot.features.digests.content import OfficeDigest

_MOST_NAMES = 5
_MOST_TOTALS = 4
_MOST_REMINDERS = 2


def office_lines(
    digest: OfficeDigest, *, config: Config, holidays: Holidays, today: date
) -> list[Text]:
    """Return what the office reads: what came in, who is missing, what lies ahead."""
    lines: list[Text | None] = [_reports(digest)]
    totals = totals_text(digest.totals, most=_MOST_TOTALS)
    lines.append(None if totals is None else T("digests.totals", totals=totals))
    for board in digest.boards:
        lines += [BLANK, *_board(board, holidays)]
    numbers = digest_lines(digest.measured, today=today)
    lines += [BLANK, *numbers] if numbers else []
    lines += [BLANK, _short(digest, config), _waiting(digest)]
    return [line for line in lines if line is not None]


def office_rows(digest: OfficeDigest, *, may_act: bool) -> list[Row]:
    """Return the ways on; who only looks gets no button that acts."""
    rows: list[Row] = []
    if may_act:
        waiting = [board for board in digest.boards if board.can_be_reminded]
        rows += [[remind_button(board, named=True)] for board in waiting[:_MOST_REMINDERS]]
    looks = [
        Button(T("digests.see_missing"), ShowBoards()),
        Button(T("archive.see_complete"), ShowCompleteness(1)),
    ]
    if may_act and digest.shortage.posts:
        looks.append(Button(T("digests.see_short"), ShortPosts(1)))
    rows.append(looks)
    rows.append([Button(T("coverage.open"), ShowMatrix(None))])
    if may_act:
        rows.append(_reviews(digest))
    return rows


def _reports(digest: OfficeDigest) -> Text:
    if not digest.reports:
        return T("digests.no_reports")
    return tn("digests.reports", digest.reports, units=digest.reporting_units, of=digest.units)


def _board(board: Board, holidays: Holidays) -> list[Text]:
    head = T("digests.board", title=title(board.deadline), counts=counts_line(board))
    missing = board.missing
    names = missing_names(missing, most=_MOST_NAMES)
    return [
        head,
        rates_line(board),
        due_line(board.deadline, holidays),
        T("digests.missing", names=names) if missing else T("digests.nobody_missing"),
    ]


def _short(digest: OfficeDigest, config: Config) -> Text:
    if not digest.shortage.posts:
        return T("digests.no_shortage")
    posts = [T("digests.post", label=label(one, config), when=when(one)) for one in digest.short]
    return tn(
        "digests.shortage",
        digest.shortage.posts,
        people=digest.shortage.people,
        posts=Listed(posts),
    )


def _waiting(digest: OfficeDigest) -> Text | None:
    if not digest.waiting_reports and not digest.waiting_plans:
        return None
    return T("digests.waiting", reports=digest.waiting_reports, plans=digest.waiting_plans)


def _reviews(digest: OfficeDigest) -> list[Button]:
    buttons = []
    if digest.waiting_reports:
        buttons.append(Button(tn("digests.review", digest.waiting_reports), NextPending()))
    if digest.waiting_plans:
        buttons.append(Button(tn("digests.review_plans", digest.waiting_plans), NextWaiting()))
    return buttons
