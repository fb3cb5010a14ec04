"""The order of the items in a chapter, as the office puts them."""

from dataclasses import dataclass

from bot.config import Config
from bot.db.work import View, Work
from bot.features.bulletins.models import BulletinItem
from bot.features.bulletins.queries import items_of
from bot.features.bulletins.rules import chapter_of, chapters
from bot.features.bulletins.service import access_draft, access_item
from bot.features.people.actor import Actor


@dataclass(frozen=True)
class Standing:
    """Where an item stands in its chapter, from 1, and how many stand there."""

    at: int
    of: int


def standing_of(view: View, config: Config, item: BulletinItem) -> Standing:
    """Return where an item stands."""
    fellows = _fellows(view, config, item)
    return Standing([one.id for one in fellows].index(item.id) + 1, len(fellows))


def put(work: Work, config: Config, *, actor: Actor, item_id: int, at: int) -> BulletinItem:
    """Put an item to place `at` of its chapter, or the nearest; doing it twice changes nothing.

    Raises NotAllowed, NotFound or AlreadyIssued.
    """
    item = access_item(work, actor=actor, item_id=item_id)
    bulletin = access_draft(work, actor=actor, bulletin_id=item.bulletin_id)
    order = [one for one in _fellows(work, config, item) if one.id != item.id]
    order.insert(min(max(at, 1), len(order) + 1) - 1, item)
    for place, one in enumerate(order, 1):
        one.place = place
    bulletin.version += 1
    return item


def _fellows(view: View, config: Config, item: BulletinItem) -> list[BulletinItem]:
    """Return the items of the chapter in which `item` stands, in their order."""
    for chapter in chapters(config, items_of(view, item.bulletin_id)):
        if chapter.section == chapter_of(item):
            return list(chapter.items)
    return [item]
