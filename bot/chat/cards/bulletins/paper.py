"""A bulletin as the child process writes it, in the campaign's language."""

from collections.abc import Sequence

from bot.chat.cards.bulletins.buttons import OpenBulletin
from bot.chat.cards.bulletins.words import full_day, number_text, section_name, short_number
from bot.chat.cards.home import home_button
from bot.chat.making import Blueprint, Making, makes
from bot.chat.render import Voice, to_plain
from bot.chat.screen import Button, Screen, Toast
from bot.chat.text import Lines, Spelled, T, Text
from bot.config import Config
from bot.core.dates import local_day
from bot.db.work import View
from bot.features.bulletins.models import Bulletin, BulletinItem
from bot.features.bulletins.papering import order_of
from bot.features.bulletins.queries import items_of, read_bulletin
from bot.features.bulletins.rules import KIND, Chapter, chapters
from bot.render.limits import Job

_FONTS = ("title", "body", "heading", "subheading", "number")


def file_name(bulletin: Bulletin) -> Text:
    """Return what the file is called."""
    if bulletin.serial is None:
        return T("bulletins.draft_name", number=str(bulletin.id))
    return T("bulletins.file_name", year=str(bulletin.year), serial=str(bulletin.serial))


def file_screen(bulletin: Bulletin) -> Screen:
    """Return the message that the file goes with."""
    back = [[Button(T("bulletins.to_card"), OpenBulletin(bulletin.id)), home_button()]]
    words = Lines(
        T("bulletins.file_head", number=number_text(bulletin), title=bulletin.title),
        T("bulletins.file_draft") if bulletin.serial is None else None,
    )
    return Screen(words, back, order=order_of(bulletin))


def under_way() -> Toast:
    """Say that the same file is being made already."""
    return Toast(T("export.under_way"), alert=True)


@makes(KIND, Job.bulletin)
def draw(making: Making) -> Blueprint:
    """Say what stands on the paper. Raises NotAllowed or NotFound for who may see it no more."""
    view, config = making.view, making.config
    bulletin = read_bulletin(view, actor=making.actor, bulletin_id=making.params["bulletin"])
    voice = Voice(language=config.languages.default, zone=config.time.zone_info)

    def say(text: Text) -> str:
        return to_plain(text, voice)

    day = bulletin.issued_on or local_day(view.now, config.time.zone_info)
    office = config.unit(config.campaign.coordinator)
    issuer = bulletin.issuer or office.expanded_name or office.name
    frame = {
        "made": (bulletin.issued_at or bulletin.created_at).isoformat(),
        "fonts": {name: say(T(f"bulletins.font_{name}")) for name in _FONTS},
        "name": say(T("bulletins.paper_name", campaign=config.campaign.name)),
        "number": say(short_number(bulletin)),
        "issuer": issuer,
        "day": say(full_day(day)),
        "note": say(_note(view, bulletin)),
        "title": bulletin.title,
        "foreword": _paragraphs(bulletin.foreword or ""),
        "chapters": [
            _chapter(config, number, chapter, voice)
            for number, chapter in enumerate(chapters(config, items_of(view, bulletin.id)), 1)
        ],
        "imprint": [issuer, say(T("bulletins.printed", day=full_day(day)))],
    }
    return Blueprint(say(file_name(bulletin)), iter([frame]))


def _note(view: View, bulletin: Bulletin) -> Text:
    old = None if bulletin.corrects_id is None else view.session.get(Bulletin, bulletin.corrects_id)
    return Lines(None if old is None else T("bulletins.corrects", number=number_text(old)))


def _chapter(config: Config, number: int, chapter: Chapter, voice: Voice) -> list[object]:
    heading = T(
        "bulletins.heading",
        number=Spelled(number),
        name=section_name(config, chapter.section),
    )
    items = [_item(at, item, voice) for at, item in enumerate(chapter.items, 1)]
    return [to_plain(heading, voice), items]


def _item(number: int, item: BulletinItem, voice: Voice) -> list[object]:
    heading = T(
        "bulletins.subheading", number=Spelled(number), unit=item.unit_name, title=item.title
    )
    return [to_plain(heading, voice), _paragraphs(item.text)]


def _paragraphs(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
