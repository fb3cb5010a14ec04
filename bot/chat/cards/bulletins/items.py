"""Choosing what stands in a bulletin, and changing its words."""

from collections.abc import Sequence

from bot.chat.cards.bulletins.buttons import (
    REWORD,
    ListItems,
    OpenBulletin,
    OpenItem,
    PutItem,
    PutPage,
    PutReport,
    RemoveItem,
    ShowMaterial,
)
from bot.chat.cards.bulletins.words import section_name
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_count, page_of, pager
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Clipped, Lines, T, tn
from bot.config import Config
from bot.features.bulletins.arranging import Standing
from bot.features.bulletins.material import Candidates
from bot.features.bulletins.models import Bulletin, BulletinItem
from bot.features.bulletins.rules import chapters

PAGE = 8
_TITLE_UNITS = 24
_TEXT_UNITS = 3000


def material_screen(bulletin: Bulletin, found: Candidates, *, chosen: int) -> Screen:
    """Return a page of accepted reports with ticks; `chosen` is how many stand in the draft."""
    pages = page_count(found.total, size=PAGE)
    number = found.page
    rows: list[Row] = [
        [
            Button(
                T(
                    "bulletins.ticked" if one.chosen else "bulletins.unticked",
                    unit=one.unit_name,
                    title=Clipped(one.title, _TITLE_UNITS),
                ),
                PutReport(bulletin.id, one.report_id, number, chosen=not one.chosen),
            )
        ]
        for one in found.rows
    ]
    if found.rows:
        rows.append(
            [
                Button(T("bulletins.whole_page"), PutPage(bulletin.id, number, chosen=True)),
                Button(T("bulletins.no_page"), PutPage(bulletin.id, number, chosen=False)),
            ]
        )
    rows.append(pager(number, pages, lambda to: ShowMaterial(bulletin.id, to)))
    head = (
        tn("bulletins.material", found.total, chosen=chosen)
        if found.total
        else T("bulletins.no_material")
    )
    days = T("bulletins.card_days", first=bulletin.first, last=bulletin.last)
    return Screen(Lines(head, days), [*rows, [_to_draft(bulletin.id), home_button()]])


def items_screen(
    bulletin: Bulletin, items: Sequence[BulletinItem], config: Config, *, page: int
) -> Screen:
    """Return a page of what stands in a draft, in the order of the paper."""
    ordered = [item for chapter in chapters(config, items) for item in chapter.items]
    shown = page_of(ordered, page, size=PAGE)
    rows: list[Row] = [
        [
            Button(
                T(
                    "bulletins.item_edited" if item.edited else "bulletins.item",
                    unit=item.unit_name,
                    title=Clipped(item.title, _TITLE_UNITS),
                ),
                OpenItem(item.id),
            )
        ]
        for item in shown.items
    ]
    rows.append(pager(shown.number, shown.pages, lambda to: ListItems(bulletin.id, to)))
    head = tn("bulletins.items_head", len(ordered)) if ordered else T("bulletins.no_items")
    return Screen(head, [*rows, [_to_draft(bulletin.id), home_button()]])


def item_screen(item: BulletinItem, config: Config, standing: Standing) -> Screen:
    """Return an item with its words, and where it stands in its chapter."""
    [chapter] = chapters(config, [item])
    return Screen(
        Lines(
            T("bulletins.item_head", unit=item.unit_name, title=item.title),
            T("bulletins.item_under", section=section_name(config, chapter.section)),
            T("bulletins.item_at", at=str(standing.at), of=str(standing.of)),
            *([BLANK, Clipped(item.text, _TEXT_UNITS)] if item.text else []),
        ),
        [
            [
                Button(T("bulletins.reword"), Begin(REWORD, str(item.id))),
                Button(T("bulletins.remove"), RemoveItem(item.id)),
            ],
            _moves(item.id, standing),
            [
                Button(T("bulletins.to_items"), ListItems(item.bulletin_id, 1)),
                _to_draft(item.bulletin_id),
            ],
        ],
    )


def _moves(item_id: int, standing: Standing) -> Row:
    ways = [("bulletins.move_up", standing.at - 1), ("bulletins.move_down", standing.at + 1)]
    return [Button(T(key), PutItem(item_id, to)) for key, to in ways if 1 <= to <= standing.of]


def _to_draft(bulletin_id: int) -> Button:
    return Button(T("bulletins.to_draft"), OpenBulletin(bulletin_id))
