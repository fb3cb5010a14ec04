"""A bulletin's words in the chat: all of them, page by page, and what a notice of it says."""

from collections.abc import Iterator, Sequence

from bot.chat.cards.bulletins.buttons import OpenBulletin, ReadBulletin
from bot.chat.cards.bulletins.words import number_text, section_name
from bot.chat.cards.home import home_button
from bot.chat.pager import pager
from bot.chat.render import Voice, to_plain
from bot.chat.screen import Button, Screen
from bot.chat.text import BLANK, Clipped, Lines, Plain, Spelled, T, Text, tn
from bot.config import Config
from bot.core.text import CAPTION_UNITS, units
from bot.features.bulletins.models import Bulletin, BulletinItem
from bot.features.bulletins.rules import chapters
from bot.features.notices.content import HEADING_UNITS

_PAGE_UNITS = 3500
"""The longest item with its headings fits, and the page's own head beside it."""
_NOTICE_UNITS = CAPTION_UNITS - HEADING_UNITS
"""So much of a notice's text stands under its file."""
_FOREWORD_UNITS = 200


def text_screen(
    bulletin: Bulletin, items: Sequence[BulletinItem], config: Config, voice: Voice, *, page: int
) -> Screen:
    """Return a page of what the paper says, in its order."""
    pages = _pages(bulletin, items, config, voice)
    at = min(max(page, 1), len(pages))
    head = T("bulletins.read_head", number=number_text(bulletin), title=bulletin.title)
    return Screen(
        Lines(head, *pages[at - 1]),
        [
            pager(at, len(pages), lambda to: ReadBulletin(bulletin.id, to)),
            [Button(T("bulletins.to_card"), OpenBulletin(bulletin.id)), home_button()],
        ],
    )


def notice_text(
    bulletin: Bulletin, items: Sequence[BulletinItem], config: Config, voice: Voice
) -> str:
    """Return what a notice of an issued bulletin says: its contents, short enough for a caption.

    Where the items are too many, the chapters say how many they hold.
    """
    full = to_plain(Lines(*_contents(bulletin, items, config, titles=True)), voice)
    if units(full) <= _NOTICE_UNITS:
        return full
    return to_plain(Lines(*_contents(bulletin, items, config, titles=False)), voice)


def _contents(
    bulletin: Bulletin, items: Sequence[BulletinItem], config: Config, *, titles: bool
) -> Iterator[Text]:
    yield T("bulletins.read_head", number=number_text(bulletin), title=bulletin.title)
    if bulletin.foreword:
        yield Clipped(" ".join(bulletin.foreword.split()), _FOREWORD_UNITS)
    for at, chapter in enumerate(chapters(config, items), 1):
        name = section_name(config, chapter.section)
        if not titles:
            yield tn("bulletins.counted", len(chapter.items), number=Spelled(at), name=name)
            continue
        yield T("bulletins.heading", number=Spelled(at), name=name)
        for item in chapter.items:
            yield T("bulletins.entry", unit=item.unit_name, title=item.title)


def _pages(
    bulletin: Bulletin, items: Sequence[BulletinItem], config: Config, voice: Voice
) -> list[list[Text]]:
    pages: list[list[Text]] = [[]]
    room = _PAGE_UNITS
    for block in _blocks(bulletin, items, config):
        needed = units(to_plain(Lines(*block), voice))
        if pages[-1] and needed > room:
            pages.append([])
            room = _PAGE_UNITS
        pages[-1] += [BLANK, *block]
        room -= needed
    return pages


def _blocks(
    bulletin: Bulletin, items: Sequence[BulletinItem], config: Config
) -> Iterator[list[Text]]:
    """Yield what stays together on a page: the foreword, and each item with its headings."""
    if bulletin.foreword:
        yield [Plain(bulletin.foreword)]
    if not items:
        yield [T("bulletins.no_items")]
    for at, chapter in enumerate(chapters(config, items), 1):
        name = section_name(config, chapter.section)
        for place, item in enumerate(chapter.items, 1):
            heading = [T("bulletins.heading", number=Spelled(at), name=name)] if place == 1 else []
            about = T(
                "bulletins.subheading",
                number=Spelled(place),
                unit=item.unit_name,
                title=item.title,
            )
            yield [*heading, about, *([Plain(item.text)] if item.text else [])]
