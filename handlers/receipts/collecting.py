"""Confirming a notice; for the office: who has not, chasing exactly those, closing."""

from bot.chat.access import OFFICE_ONLY, REGISTERED
from bot.chat.call import Call
from bot.chat.cards.receipts import confirming, office
from bot.chat.cards.receipts.buttons import (
    ChaseMissing,
    CloseReceipts,
    ConfirmReceipt,
    ShowMissing,
)
from bot.chat.refusal import sentence
from bot.chat.screen import Answer, Screen
from bot.chat.text import T, Text, tn
from bot.features.notices.models import Notice
from bot.features.notices.service import access_notice
from bot.features.receipts import chasing, service
from bot.features.receipts.errors import (
    ChasedToday,
    CollectionClosed,
    NobodyToChase,
    NoReceiptWanted,
)
from bot.features.receipts.standing import missing_people, standing, wants_receipt
from handlers.receipts.feature import feature


@feature.press(ConfirmReceipt, REGISTERED)
def confirm(call: Call, data: ConfirmReceipt) -> Answer:
    """Note that the notice was received; only its recipients can say so."""
    done = service.confirm(call.work, actor=call.actor, notice_id=data.notice_id)
    if not done.again:
        confirming.mark_message(call, data.notice_id, done)
    if data.asked:
        return confirming.chase_answered(data.notice_id, done)
    return confirming.confirmed_toast(done)


@feature.press(ShowMissing, OFFICE_ONLY)
def show_missing(call: Call, data: ShowMissing) -> Screen:
    """Show a page of those who have not confirmed."""
    return _missing(call, data.notice_id, page=data.page)


@feature.press(ChaseMissing, OFFICE_ONLY)
def chase(call: Call, data: ChaseMissing) -> Screen:
    """Ask exactly those who have not confirmed again."""
    try:
        asked = chasing.chase(
            call.work, actor=call.actor, notice_id=data.notice_id, config=call.config
        )
    except (ChasedToday, CollectionClosed, NobodyToChase) as refused:
        # An older card was pressed: the present one says why and what is so now.
        return _missing(call, data.notice_id, page=1, note=sentence(refused))
    return _missing(call, data.notice_id, page=1, note=tn("receipts.chasing", asked))


@feature.press(CloseReceipts, OFFICE_ONLY)
def close(call: Call, data: CloseReceipts) -> Screen:
    """Close the collection, after asking."""
    try:
        service.access_collection(call.work, actor=call.actor, notice_id=data.notice_id)
    except CollectionClosed as refused:
        return _missing(call, data.notice_id, page=1, note=sentence(refused))
    if not data.sure:
        return office.ask_close(standing(call.work, data.notice_id))
    service.close(call.work, actor=call.actor, notice_id=data.notice_id)
    return _missing(call, data.notice_id, page=1, note=T("receipts.closed"))


def _missing(call: Call, notice_id: int, *, page: int, note: Text | None = None) -> Screen:
    notice = _access(call, notice_id)
    now = standing(call.work, notice.id)
    at = min(max(page, 1), office.pages_of(now))
    people = missing_people(call.work, notice.id, most=office.PAGE, skip=(at - 1) * office.PAGE)
    today = chasing.chased_today(call.work, notice.id, call.config) is not None
    return office.missing_screen(notice, now, people, page=at, chased_today=today, note=note)


def _access(call: Call, notice_id: int) -> Notice:
    notice = access_notice(call.work, actor=call.actor, notice_id=notice_id)
    if not wants_receipt(notice):
        raise NoReceiptWanted
    return notice
