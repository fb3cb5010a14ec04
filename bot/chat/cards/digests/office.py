"""The digest of all units."""

from dataclasses import dataclass
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
from bot.chat.cards.receipts.buttons import ShowMissing
from bot.chat.cards.reports.buttons import NextPending
from bot.chat.screen import Button, Row
from bot.chat.text import BLANK, Listed, T, Text, tn
from bot.config import Config
from bot.features.deadlines.board import Board
from bot.features.digests.content import OfficeDigest
from bot.features.digests.notified import Notified, Unread

_MOST_REMINDERS = 2
_MOST_UNREAD = 2


@dataclass(frozen=True)
class Detail:
    """How much is told: names of units, totals, short posts, and the rates of each deadline."""

    names: int
    totals: int
    posts: int
    rates: bool


DETAILS = (
    Detail(names=5, totals=4, posts=3, rates=True),
    Detail(names=3, totals=3, posts=1, rates=False),
    Detail(names=1, totals=2, posts=0, rates=False),
)
"""From everything to what fits under a picture whatever is due."""


def office_lines(
    digest: OfficeDigest,
    *,
    config: Config,
    holidays: Holidays,
    today: date,
    detail: Detail = DETAILS[0],
) -> list[Text]:
    """Return what the office reads: what came in, who is missing, what lies ahead."""
    lines: list[Text | None] = [_reports(digest)]
    totals = totals_text(digest.totals, most=detail.totals)
    lines.append(None if totals is None else T("digests.totals", totals=totals))
    for board in digest.boards:
        lines += [BLANK, *_board(board, holidays, detail)]
    numbers = digest_lines(digest.measured, today=today)
    lines += [BLANK, *numbers] if numbers else []
    lines += [BLANK, _short(digest, config, detail), _waiting(digest), *_notified(digest.notified)]
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
        rows += [[_unread_button(one)] for one in digest.notified.unread[:_MOST_UNREAD]]
        rows.append(_reviews(digest))
    return rows


def _reports(digest: OfficeDigest) -> Text:
    bars = digest.bars
    if not bars.now:
        return tn("digests.none_before", bars.before) if bars.before else T("digests.no_reports")
    filed = sum(one.now > 0 for one in bars.rows)
    return tn("digests.reports", bars.now, before=bars.before, units=filed, of=digest.units)


def _board(board: Board, holidays: Holidays, detail: Detail) -> list[Text]:
    head = T("digests.board", title=title(board.deadline), counts=counts_line(board))
    missing = board.missing
    names = missing_names(missing, most=detail.names)
    return [
        head,
        *([rates_line(board)] if detail.rates else []),
        due_line(board.deadline, holidays),
        T("digests.missing", names=names) if missing else T("digests.nobody_missing"),
    ]


def _short(digest: OfficeDigest, config: Config, detail: Detail) -> Text:
    lack = digest.shortage
    if not lack.posts:
        return T("digests.no_shortage")
    posts = [
        T("digests.post", label=label(one, config), when=when(one))
        for one in digest.short[: detail.posts]
    ]
    if not posts:
        return tn("digests.shortage_only", lack.posts, people=lack.people)
    return tn("digests.shortage", lack.posts, people=lack.people, posts=Listed(posts))


def _notified(found: Notified) -> list[Text]:
    lines: list[Text] = []
    if found.notices:
        lines.append(tn("digests.notices", found.notices, sent=found.sent))
    lost = [
        T(key, count=count)
        for key, count in (
            ("digests.notices_blocked", found.blocked),
            ("digests.notices_failed", found.failed),
        )
        if count
    ]
    if lost:
        lines[-1] = Listed([lines[-1], *lost], between=" · ")
    if found.unread:
        lines.append(tn("digests.unread", sum(one.people for one in found.unread)))
    return lines


def _unread_button(one: Unread) -> Button:
    label = T("digests.see_unread", number=str(one.notice_id), missing=one.people)
    return Button(label, ShowMissing(one.notice_id, 1))


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
