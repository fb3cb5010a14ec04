"""Choosing what stands in a bulletin."""

from collections.abc import Collection

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.bulletins import items as cards
from bot.chat.cards.bulletins.buttons import (
    ListItems,
    OpenItem,
    PutItem,
    PutPage,
    PutReport,
    RemoveItem,
    ShowMaterial,
)
from bot.chat.screen import Screen
from bot.features.bulletins import queries, service
from bot.features.bulletins.arranging import put as put_in_order
from bot.features.bulletins.arranging import standing_of
from bot.features.bulletins.material import candidates
from bot.features.bulletins.models import BulletinItem
from handlers.bulletins.feature import feature


@feature.press(ShowMaterial, OFFICE_ONLY)
def show(call: Call, pressed: ShowMaterial) -> Screen:
    """Show a page of the reports that can stand in a draft."""
    return _material(call, pressed.bulletin_id, pressed.page)


@feature.press(PutReport, OFFICE_ONLY)
def put(call: Call, pressed: PutReport) -> Screen:
    """Put a report into a draft, or take it out."""
    _choose(call, pressed.bulletin_id, [pressed.report_id], chosen=pressed.chosen)
    return _material(call, pressed.bulletin_id, pressed.page)


@feature.press(PutPage, OFFICE_ONLY)
def put_page(call: Call, pressed: PutPage) -> Screen:
    """Put a whole page of reports into a draft, or take them out."""
    draft = service.access_draft(call.work, actor=call.actor, bulletin_id=pressed.bulletin_id)
    found = candidates(call.work, call.config, draft, page=pressed.page, size=cards.PAGE)
    reports = [one.report_id for one in found.rows]
    _choose(call, pressed.bulletin_id, reports, chosen=pressed.chosen)
    return _material(call, pressed.bulletin_id, pressed.page)


@feature.press(ListItems, OFFICE_ONLY)
def list_items(call: Call, pressed: ListItems) -> Screen:
    """Show a page of what stands in a draft."""
    return _items(call, pressed.bulletin_id, pressed.page)


@feature.press(OpenItem, OFFICE_ONLY)
def open_item(call: Call, pressed: OpenItem) -> Screen:
    """Show an item of a draft with its words."""
    item = service.access_item(call.work, actor=call.actor, item_id=pressed.item_id)
    service.access_draft(call.work, actor=call.actor, bulletin_id=item.bulletin_id)
    return item_card(call, item)


@feature.press(PutItem, OFFICE_ONLY)
def put_item(call: Call, pressed: PutItem) -> Screen:
    """Put an item elsewhere in its chapter."""
    item = put_in_order(
        call.work, call.config, actor=call.actor, item_id=pressed.item_id, at=pressed.at
    )
    return item_card(call, item)


@feature.press(RemoveItem, OFFICE_ONLY)
def remove(call: Call, pressed: RemoveItem) -> Screen:
    """Take an item out of its draft."""
    item = service.access_item(call.work, actor=call.actor, item_id=pressed.item_id)
    bulletin_id = item.bulletin_id
    _choose(call, bulletin_id, [item.report_id], chosen=False)
    return _items(call, bulletin_id, 1)


def item_card(call: Call, item: BulletinItem) -> Screen:
    """Return an item's card as it is now."""
    return cards.item_screen(item, call.config, standing_of(call.work, call.config, item))


def _choose(call: Call, bulletin_id: int, report_ids: Collection[int], *, chosen: bool) -> None:
    service.choose(
        call.work,
        call.config,
        actor=call.actor,
        bulletin_id=bulletin_id,
        report_ids=report_ids,
        chosen=chosen,
    )


def _material(call: Call, bulletin_id: int, page: int) -> Screen:
    draft = service.access_draft(call.work, actor=call.actor, bulletin_id=bulletin_id)
    found = candidates(call.work, call.config, draft, page=page, size=cards.PAGE)
    chosen = len(queries.items_of(call.work, draft.id))
    return cards.material_screen(draft, found, chosen=chosen)


def _items(call: Call, bulletin_id: int, page: int) -> Screen:
    draft = service.access_draft(call.work, actor=call.actor, bulletin_id=bulletin_id)
    items = queries.items_of(call.work, draft.id)
    return cards.items_screen(draft, items, call.config, page=page)
