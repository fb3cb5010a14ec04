"""Following, stopping and finding notices."""

from dataclasses import replace

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.notices import buttons as press
from bot.chat.cards.notices import lists, progress
from bot.chat.cards.notices.message import notice_message
from bot.chat.cards.notices.proposed import proposed_message
from bot.chat.cards.receipts.under import with_what_came_back
from bot.chat.conversation.model import Begin
from bot.chat.feature import Feature, HomePart
from bot.chat.pager import page_count
from bot.chat.screen import Button, Screen
from bot.chat.text import T
from bot.features.notices import control, queries, recalling, rewording, service

feature = Feature("notices")


@feature.home(40, OFFICE_ONLY)
def home(call: Call) -> HomePart:
    """Offer to write a notice and to look at those that went out."""
    del call
    return HomePart(
        buttons=[
            Button(T("notices.new"), Begin("notice")),
            Button(T("notices.all"), press.ListNotices(1)),
        ]
    )


@feature.press(press.ListNotices, OFFICE_ONLY)
def show_list(call: Call, data: press.ListNotices) -> Screen:
    """Show a page of the notices."""
    pages = page_count(queries.count_notices(call.work), size=lists.PAGE)
    page = min(max(data.page, 1), pages)
    found = queries.recent_notices(call.work, most=lists.PAGE, skip=(page - 1) * lists.PAGE)
    return lists.notice_list(found, page=page, pages=pages)


@feature.press(press.OpenNotice, OFFICE_ONLY)
def show(call: Call, data: press.OpenNotice) -> Screen:
    """Show how far a notice has come."""
    return progress_card(call, data.notice_id)


@feature.press(press.ShowContent, OFFICE_ONLY)
def show_content(call: Call, data: press.ShowContent) -> Screen:
    """Show a notice as its recipients see it, in a message that answers to nothing."""
    notice = service.access_notice(call.work, actor=call.actor, notice_id=data.notice_id)
    shown = notice_message(notice)
    return Screen(shown.text, shown.rows, files=shown.files, apart=True, new=True)


@feature.press(press.AgreeNotice, OFFICE_ONLY)
def agree(call: Call, data: press.AgreeNotice) -> Screen:
    """Confirm a notice as the second person."""
    service.agree(call.work, actor=call.actor, notice_id=data.notice_id, edition=data.edition)
    return progress_card(call, data.notice_id)


@feature.press(press.ShowProposed, OFFICE_ONLY)
def show_proposed(call: Call, data: press.ShowProposed) -> Screen:
    """Show a notice with the words that are proposed for it, in a message of its own."""
    notice = service.access_notice(call.work, actor=call.actor, notice_id=data.notice_id)
    return replace(proposed_message(notice), new=True)


@feature.press(press.AgreeWords, OFFICE_ONLY)
def agree_words(call: Call, data: press.AgreeWords) -> Screen:
    """Let a notice have the proposed words, as the second person."""
    rewording.agree_to_words(
        call.work, actor=call.actor, notice_id=data.notice_id, proposal=data.proposal
    )
    return progress_card(call, data.notice_id)


@feature.press(press.RefuseWords, OFFICE_ONLY)
def refuse_words(call: Call, data: press.RefuseWords) -> Screen:
    """Take proposed words away."""
    rewording.refuse_words(
        call.work, actor=call.actor, notice_id=data.notice_id, proposal=data.proposal
    )
    return progress_card(call, data.notice_id)


@feature.press(press.PauseNotice, OFFICE_ONLY)
def pause(call: Call, data: press.PauseNotice) -> Screen:
    """Keep back what has not gone out."""
    control.pause(call.work, actor=call.actor, notice_id=data.notice_id)
    return progress_card(call, data.notice_id)


@feature.press(press.GoOnNotice, OFFICE_ONLY)
def go_on(call: Call, data: press.GoOnNotice) -> Screen:
    """Let a paused notice go on."""
    control.go_on(call.work, actor=call.actor, notice_id=data.notice_id)
    return progress_card(call, data.notice_id)


@feature.press(press.StopNotice, OFFICE_ONLY)
def stop(call: Call, data: press.StopNotice) -> Screen:
    """End a notice, after asking."""
    notice = service.access_notice(call.work, actor=call.actor, notice_id=data.notice_id)
    if not data.sure:
        return progress.ask_stop(notice, queries.delivery(call.work, notice))
    control.stop(call.work, actor=call.actor, notice_id=notice.id)
    return progress_card(call, notice.id)


@feature.press(press.RecallNotice, OFFICE_ONLY)
def recall(call: Call, data: press.RecallNotice) -> Screen:
    """Take back what went out, after asking."""
    notice = service.access_notice(call.work, actor=call.actor, notice_id=data.notice_id)
    if not data.sure:
        return progress.ask_recall(notice, queries.delivery(call.work, notice))
    recalling.recall(call.work, actor=call.actor, notice_id=notice.id)
    return progress_card(call, notice.id)


@feature.press(press.RepeatUnknown, OFFICE_ONLY)
def repeat(call: Call, data: press.RepeatUnknown) -> Screen:
    """Send again what may or may not have come through, after asking."""
    notice = service.access_notice(call.work, actor=call.actor, notice_id=data.notice_id)
    if not data.sure:
        return progress.ask_repeat(notice, queries.delivery(call.work, notice))
    control.repeat_unknown(call.work, actor=call.actor, notice_id=notice.id)
    return progress_card(call, notice.id)


def progress_card(call: Call, notice_id: int) -> Screen:
    """Return how far a notice has come, with what came back from it."""
    notice = service.access_notice(call.work, actor=call.actor, notice_id=notice_id)
    card = progress.progress(call.work, call.config, notice, reader_id=call.actor.person_id)
    return with_what_came_back(call.work, notice, card)
