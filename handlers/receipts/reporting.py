"""The report of a notice, its workbook, and sending again what failed."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.receipts import report as cards
from bot.chat.cards.receipts.buttons import MakeReport, RequeueFailed, ShowReport
from bot.chat.refusal import sentence
from bot.chat.screen import Answer, Screen
from bot.chat.text import Text, tn
from bot.features.making.service import is_under_way
from bot.features.notices.service import access_notice
from bot.features.receipts import report
from bot.features.receipts.errors import NothingToRequeue
from bot.features.receipts.replying import count_replies
from handlers.receipts.feature import feature


@feature.press(ShowReport, OFFICE_ONLY)
def show(call: Call, data: ShowReport) -> Screen:
    """Show a page of the report, by unit."""
    return _report(call, data.notice_id, page=data.page)


@feature.press(RequeueFailed, OFFICE_ONLY)
def send_again(call: Call, data: RequeueFailed) -> Screen:
    """Send again what failed, after asking."""
    notice = access_notice(call.work, actor=call.actor, notice_id=data.notice_id)
    failed = report.count_failed(call.work, notice)
    if failed == 0:
        return _report(call, notice.id, page=1, note=sentence(NothingToRequeue()))
    if not data.sure:
        return cards.ask_requeue(notice, failed)
    again = report.send_failed_again(call.work, actor=call.actor, notice_id=notice.id)
    return _report(call, notice.id, page=1, note=tn("receipts.requeued", again))


@feature.press(MakeReport, OFFICE_ONLY)
def make_file(call: Call, data: MakeReport) -> Answer:
    """Order the workbook; it comes when it is made. Pressed twice, it is made once."""
    notice = access_notice(call.work, actor=call.actor, notice_id=data.notice_id)
    order = cards.order_of(notice.id)
    if is_under_way(call.work, order, person_id=call.actor.person_id):
        return cards.under_way()
    return cards.started(notice)


def _report(call: Call, notice_id: int, *, page: int, note: Text | None = None) -> Screen:
    notice = access_notice(call.work, actor=call.actor, notice_id=notice_id)
    pages = cards.pages_of(report.count_units(call.work, notice.id))
    at = min(max(page, 1), pages)
    return cards.report_screen(
        notice,
        report.figures(call.work, notice.id),
        report.by_unit(call.work, notice.id, most=cards.PAGE, skip=(at - 1) * cards.PAGE),
        page=at,
        pages=pages,
        replies=count_replies(call.work, notice.id),
        failed=report.count_failed(call.work, notice),
        note=note,
    )
