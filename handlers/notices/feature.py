"""Following, stopping and finding notices."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.notices import screens as cards
from bot.chat.cards.notices.buttons import ListNotices, OpenNotice, StopNotice
from bot.chat.cards.receipts.under import with_what_came_back
from bot.chat.conversation.model import Begin
from bot.chat.feature import Feature, HomePart
from bot.chat.pager import page_count
from bot.chat.screen import Button, Screen
from bot.chat.text import T
from bot.features.notices import queries, service

feature = Feature("notices")

_MOST_NAMES = 20


@feature.home(40, OFFICE_ONLY)
def home(call: Call) -> HomePart:
    """Offer to write a notice and to look at those that went out."""
    del call
    return HomePart(
        buttons=[
            Button(T("notices.new"), Begin("notice")),
            Button(T("notices.all"), ListNotices(1)),
        ]
    )


@feature.press(ListNotices, OFFICE_ONLY)
def show_list(call: Call, data: ListNotices) -> Screen:
    """Show a page of the notices."""
    pages = page_count(queries.count_notices(call.work), size=cards.PAGE)
    page = min(max(data.page, 1), pages)
    found = queries.recent_notices(call.work, most=cards.PAGE, skip=(page - 1) * cards.PAGE)
    return cards.notice_list(found, page=page, pages=pages)


@feature.press(OpenNotice, OFFICE_ONLY)
def show(call: Call, data: OpenNotice) -> Screen:
    """Show how far a notice has come."""
    return _progress(call, data.notice_id)


def _progress(call: Call, notice_id: int) -> Screen:
    notice = service.access_notice(call.work, actor=call.actor, notice_id=notice_id)
    card = cards.progress(
        notice,
        queries.delivery(call.work, notice),
        queries.not_reached(call.work, notice.id, most=_MOST_NAMES),
    )
    return with_what_came_back(call.work, notice, card)


@feature.press(StopNotice, OFFICE_ONLY)
def stop(call: Call, data: StopNotice) -> Screen:
    """Stop a notice, after asking."""
    notice = service.access_notice(call.work, actor=call.actor, notice_id=data.notice_id)
    if not data.sure:
        return cards.ask_stop(notice, queries.delivery(call.work, notice))
    service.stop(call.work, actor=call.actor, notice_id=notice.id)
    return _progress(call, notice.id)
