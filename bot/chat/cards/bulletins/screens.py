"""The list of bulletins, a draft, and an issued one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat.cards.bulletins.buttons import (
    INTRODUCE,
    RETITLE,
    AskDrop,
    AskIssue,
    AskPeriod,
    BeginBulletin,
    CorrectBulletin,
    DropBulletin,
    IssueBulletin,
    ListBulletins,
    ListItems,
    MakeBulletin,
    MakePaper,
    OpenBulletin,
    ReadBulletin,
    ShowMaterial,
)
from bot.chat.cards.bulletins.words import number_text, section_name
from bot.chat.cards.home import home_button
from bot.chat.cards.register.buttons import OpenOfficial
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_count, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Listed, Month, T, Text, tn
from bot.config import Config
from bot.features.bulletins.models import Bulletin, BulletinItem, BulletinState
from bot.features.bulletins.papering import PaperState
from bot.features.bulletins.queries import Issued
from bot.features.bulletins.rules import chapters, last_month

PAGE = 8
_TITLE_UNITS = 30
_FOREWORD_UNITS = 120


@dataclass(frozen=True)
class Shown:
    """A bulletin with everything that its card shows; `serial` is the next number of the year.

    `corrects` is the one that it corrects, `corrected_by` are those that correct it. `paper` is how
    the Word file of an issued one stands.
    """

    bulletin: Bulletin
    items: Sequence[BulletinItem]
    serial: int
    corrects: Bulletin | None = None
    corrected_by: Sequence[Bulletin] = ()
    paper: PaperState = PaperState.none


def list_screen(
    drafts: Sequence[Bulletin], issued: Issued, *, page: int, month: date | None, today: date
) -> Screen:
    """Return the drafts and a page of the issued ones."""
    pages = page_count(issued.total, size=PAGE)
    number = min(max(page, 1), pages)
    head = tn("bulletins.head", issued.total) if issued.total else T("bulletins.none")
    if month is not None:
        found = tn("bulletins.of_month", issued.total, month=Month(month))
        head = found if issued.total else T("bulletins.none_of_month", month=Month(month))
    rows: list[Row] = [[Button(T("bulletins.new"), AskPeriod(), Style.primary)]]
    rows += [[_open(one)] for one in (*drafts, *issued.rows)]
    rows.append(pager(number, pages, lambda to: ListBulletins(to, month)))
    earlier = last_month(today)[0]
    rows.append(
        [
            Button(T("bulletins.all"), ListBulletins(1, None)),
            Button(Month(today), ListBulletins(1, today.replace(day=1))),
            Button(Month(earlier), ListBulletins(1, earlier)),
        ]
    )
    return Screen(
        Lines(T("bulletins.title"), head, T("bulletins.find_hint")), [*rows, [home_button()]]
    )


def period_screen(today: date, since: date | None) -> Screen:
    """Ask which days a new bulletin is about; `since` is the day after the last one's."""
    monday = today - timedelta(days=today.weekday())
    first, last = last_month(today)
    offered = [
        ("bulletins.last_month", first, last),
        ("bulletins.this_month", today.replace(day=1), today),
        ("bulletins.last_week", monday - timedelta(days=7), monday - timedelta(days=1)),
    ]
    if since is not None and since <= today:
        offered.insert(0, ("bulletins.since_last", since, today))
    rows: list[Row] = [
        [Button(T(key, first=start, last=end), BeginBulletin(start, end))]
        for key, start, end in offered
    ]
    return Screen(T("bulletins.ask_period"), [*rows, [_back(), home_button()]])


def bulletin_screen(shown: Shown, config: Config, *, note: Text | None = None) -> Screen:
    """Return a draft with what can be done, or an issued one."""
    text = Lines(*((note, BLANK) if note else ()), *_lines(shown, config))
    if shown.bulletin.state is BulletinState.draft:
        return Screen(text, [*_draft_rows(shown), [_back(), home_button()]])
    return Screen(text, [*_issued_rows(shown), [_back(), home_button()]])


def ask_issue_screen(shown: Shown, config: Config) -> Screen:
    """Ask once more: what is issued is never changed."""
    one = shown.bulletin
    serial = str(shown.serial)
    sure = Button(T("bulletins.issue_sure"), IssueBulletin(one.id, one.version), Style.primary)
    return Screen(
        Lines(T("bulletins.ask_issue", serial=serial), BLANK, *_lines(shown, config)),
        [
            [Button(T("bulletins.read"), ReadBulletin(one.id, 1))],
            [Button(T("bulletins.not_yet"), OpenBulletin(one.id)), sure],
        ],
    )


def ask_drop_screen(bulletin: Bulletin) -> Screen:
    """Ask once more before a draft is given up."""
    return Screen(
        T("bulletins.ask_drop", title=bulletin.title),
        [
            [
                Button(T("bulletins.not_yet"), OpenBulletin(bulletin.id)),
                Button(T("bulletins.drop_sure"), DropBulletin(bulletin.id), Style.danger),
            ]
        ],
    )


def _lines(shown: Shown, config: Config) -> list[Text]:
    one = shown.bulletin
    lines: list[Text] = [
        T("bulletins.card_head", number=number_text(one)),
        T("bulletins.card_title", title=one.title),
        T("bulletins.card_days", first=one.first, last=one.last),
    ]
    if one.foreword is not None:
        lines.append(T("bulletins.card_foreword", text=Clipped(one.foreword, _FOREWORD_UNITS)))
    if shown.corrects is not None:
        lines.append(T("bulletins.corrects", number=number_text(shown.corrects)))
    if shown.corrected_by:
        numbers = Listed([number_text(other) for other in shown.corrected_by])
        lines.append(T("bulletins.corrected_by", numbers=numbers))
    if shown.paper is PaperState.lost:
        lines.append(T("bulletins.paper_lost"))
    if not shown.items:
        return [*lines, BLANK, T("bulletins.no_items")]
    counted = [
        tn(
            "bulletins.chapter",
            len(chapter.items),
            section=section_name(config, chapter.section),
        )
        for chapter in chapters(config, shown.items)
    ]
    return [*lines, BLANK, tn("bulletins.items", len(shown.items)), *counted]


def _draft_rows(shown: Shown) -> list[Row]:
    one = shown.bulletin
    rows: list[Row] = [
        [
            Button(T("bulletins.choose"), ShowMaterial(one.id, 1)),
            Button(T("bulletins.edit_items"), ListItems(one.id, 1)),
        ],
        [
            Button(T("bulletins.retitle"), Begin(RETITLE, str(one.id))),
            Button(T("bulletins.introduce"), Begin(INTRODUCE, str(one.id))),
        ],
        [
            Button(T("bulletins.read"), ReadBulletin(one.id, 1)),
            Button(T("bulletins.preview"), MakeBulletin(one.id)),
        ],
    ]
    if shown.items:
        ask = T("bulletins.issue", serial=str(shown.serial))
        rows.append([Button(ask, AskIssue(one.id), Style.primary)])
    return [*rows, [Button(T("bulletins.drop"), AskDrop(one.id))]]


def _issued_rows(shown: Shown) -> list[Row]:
    number, document_id = shown.bulletin.id, shown.bulletin.document_id
    again = [Button(T("bulletins.make_paper"), MakePaper(number))]
    filed = [] if document_id is None else [OpenOfficial(document_id)]
    return [
        [Button(T("bulletins.as_notice"), Begin("notice", f"b{number}"), Style.primary)],
        [
            Button(T("bulletins.download"), MakeBulletin(number)),
            Button(T("bulletins.read"), ReadBulletin(number, 1)),
        ],
        [
            Button(T("bulletins.correct"), CorrectBulletin(number)),
            *(Button(T("register.open"), one) for one in filed),
        ],
        again if shown.paper is PaperState.lost else [],
    ]


def _open(bulletin: Bulletin) -> Button:
    title = Clipped(bulletin.title, _TITLE_UNITS)
    return Button(Listed([number_text(bulletin), title], between=" "), OpenBulletin(bulletin.id))


def _back() -> Button:
    return Button(T("bulletins.back"), ListBulletins(1, None))
