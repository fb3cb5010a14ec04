"""Beginning, looking at, issuing and finding bulletins."""

import re
from datetime import date, timedelta

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.bulletins import paper, reading
from bot.chat.cards.bulletins import screens as cards
from bot.chat.cards.bulletins.buttons import (
    AskDrop,
    AskIssue,
    AskPeriod,
    BeginBulletin,
    CorrectBulletin,
    DropBulletin,
    IssueBulletin,
    ListBulletins,
    MakeBulletin,
    MakePaper,
    OpenBulletin,
    ReadBulletin,
)
from bot.chat.cards.bulletins.words import number_text
from bot.chat.feature import Feature, HomePart
from bot.chat.render import Voice, to_plain
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import Month, T, Text
from bot.core.dates import local_day
from bot.features.bulletins import papering, queries, service
from bot.features.bulletins.models import Bulletin
from bot.features.making.service import is_under_way

feature = Feature("bulletins")

_NUMBERS = re.compile(r"\d{1,4}")
_DECEMBER = 12


@feature.home(62, OFFICE_ONLY)
def home(call: Call) -> HomePart:
    """Offer the bulletins."""
    del call
    return HomePart(buttons=[Button(T("bulletins.open"), ListBulletins(1, None))])


@feature.command("bulletin", OFFICE_ONLY)
def find(call: Call, asked: str) -> Screen:
    """Show the bulletins, those of a month (6月), or one by its number (3, 2024-3)."""
    numbers = [int(found) for found in _NUMBERS.findall(asked)]
    today = _today(call)
    if not numbers:
        return _list(call, 1, None)
    year = numbers[0] if len(numbers) > 1 else today.year
    if asked.strip()[-1].isdigit():
        found = queries.find_by_serial(call.work, year, numbers[-1])
        return _list(call, 1, None) if found is None else card(call, found)
    if not 1 <= numbers[-1] <= _DECEMBER or year < 1:
        return _list(call, 1, None)
    return _list(call, 1, date(year, numbers[-1], 1))


@feature.press(ListBulletins, OFFICE_ONLY)
def show_list(call: Call, pressed: ListBulletins) -> Screen:
    """Show a page of the bulletins."""
    return _list(call, pressed.page, pressed.month)


@feature.press(AskPeriod, OFFICE_ONLY)
def ask_period(call: Call, _: AskPeriod) -> Screen:
    """Ask which days a new bulletin is about."""
    last = queries.last_day_told(call.work)
    return cards.period_screen(_today(call), None if last is None else last + timedelta(days=1))


@feature.press(BeginBulletin, OFFICE_ONLY)
def begin(call: Call, pressed: BeginBulletin) -> Screen:
    """Begin a draft with the accepted reports of these days; pressed twice, it is one."""
    voice = _campaign_voice(call)
    title = to_plain(T("bulletins.default_title", month=Month(pressed.last)), voice)
    found = service.begin(
        call.work,
        call.config,
        actor=call.actor,
        title=title,
        first=pressed.first,
        last=pressed.last,
    )
    return card(call, found)


@feature.press(OpenBulletin, OFFICE_ONLY)
def show(call: Call, pressed: OpenBulletin) -> Screen:
    """Show a bulletin."""
    return card(call, _read(call, pressed.bulletin_id))


@feature.press(MakeBulletin, OFFICE_ONLY)
def make(call: Call, pressed: MakeBulletin) -> Answer:
    """Order the Word file; pressed twice, it is made once."""
    found = _read(call, pressed.bulletin_id)
    if is_under_way(call.work, papering.order_of(found), person_id=call.actor.person_id):
        return paper.under_way()
    return paper.file_screen(found)


@feature.press(AskIssue, OFFICE_ONLY)
def ask_issue(call: Call, pressed: AskIssue) -> Screen:
    """Show the draft once more before it gets its number."""
    found = service.access_draft(call.work, actor=call.actor, bulletin_id=pressed.bulletin_id)
    return cards.ask_issue_screen(_shown(call, found), call.config)


@feature.press(IssueBulletin, OFFICE_ONLY)
def issue(call: Call, pressed: IssueBulletin) -> Screen:
    """Give the draft its number, for good."""
    found = service.issue(
        call.work,
        call.config,
        actor=call.actor,
        bulletin_id=pressed.bulletin_id,
        version=pressed.version,
    )
    voice = _campaign_voice(call)
    papering.file_paper(
        call.work,
        call.config,
        actor=call.actor,
        bulletin=found,
        number=to_plain(number_text(found), voice),
        name=to_plain(paper.file_name(found), voice),
    )
    return card(call, found, T("bulletins.issued", number=number_text(found)))


@feature.press(MakePaper, OFFICE_ONLY)
def make_paper(call: Call, pressed: MakePaper) -> Screen:
    """Have a lost Word file made again; pressed twice, it is made once."""
    found = papering.make_again(call.work, actor=call.actor, bulletin_id=pressed.bulletin_id)
    return card(call, found, T("bulletins.paper_again"))


@feature.press(ReadBulletin, OFFICE_ONLY)
def read(call: Call, pressed: ReadBulletin) -> Screen:
    """Show a page of what the paper says."""
    found = _read(call, pressed.bulletin_id)
    items = queries.items_of(call.work, found.id)
    voice = Voice(call.actor.language, call.config.time.zone_info)
    return reading.text_screen(found, items, call.config, voice, page=pressed.page)


@feature.press(CorrectBulletin, OFFICE_ONLY)
def correct(call: Call, pressed: CorrectBulletin) -> Screen:
    """Begin a draft that corrects an issued one."""
    found = service.correct(call.work, actor=call.actor, bulletin_id=pressed.bulletin_id)
    return card(call, found, T("bulletins.correcting"))


@feature.press(AskDrop, OFFICE_ONLY)
def ask_drop(call: Call, pressed: AskDrop) -> Screen:
    """Ask once more before a draft is given up."""
    found = service.access_draft(call.work, actor=call.actor, bulletin_id=pressed.bulletin_id)
    return cards.ask_drop_screen(found)


@feature.press(DropBulletin, OFFICE_ONLY)
def drop(call: Call, pressed: DropBulletin) -> Screen:
    """Give up a draft."""
    service.drop(call.work, actor=call.actor, bulletin_id=pressed.bulletin_id)
    return _list(call, 1, None)


def card(call: Call, bulletin: Bulletin, note: Text | None = None) -> Screen:
    """Return a bulletin's card as it is now."""
    return cards.bulletin_screen(_shown(call, bulletin), call.config, note=note)


def _shown(call: Call, bulletin: Bulletin) -> cards.Shown:
    old = bulletin.corrects_id
    return cards.Shown(
        bulletin,
        queries.items_of(call.work, bulletin.id),
        queries.next_serial(call.work, _today(call).year),
        corrects=None if old is None else _read(call, old),
        corrected_by=queries.corrections_of(call.work, bulletin.id),
        paper=papering.paper_of(call.work, bulletin).state,
    )


def _campaign_voice(call: Call) -> Voice:
    return Voice(call.config.languages.default, call.config.time.zone_info)


def _read(call: Call, bulletin_id: int) -> Bulletin:
    return queries.read_bulletin(call.work, actor=call.actor, bulletin_id=bulletin_id)


def _list(call: Call, page: int, month: date | None) -> Screen:
    found = queries.issued(call.work, month=month, page=page, size=cards.PAGE)
    drafts = queries.drafts(call.work) if month is None and page == 1 else []
    return cards.list_screen(drafts, found, page=page, month=month, today=_today(call))


def _today(call: Call) -> date:
    return local_day(call.now, call.config.time.zone_info)
