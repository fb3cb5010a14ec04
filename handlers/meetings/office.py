"""A meeting at the office: the list, the answers, calling off, the list at the door."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.meetings import office as cards
from bot.chat.cards.meetings.buttons import (
    CancelMeeting,
    ListMeetings,
    MakeSheet,
    OpenMeeting,
    SignIn,
    SignList,
)
from bot.chat.feature import HomePart
from bot.chat.pager import page_count
from bot.chat.refusal import sentence
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import T, Text
from bot.features.making.service import is_under_way
from bot.features.meetings import answers, queries, service
from bot.features.meetings.errors import MeetingCancelled, MeetingOver
from handlers.meetings.feature import feature

_ORDER = 41


@feature.home(_ORDER, OFFICE_ONLY)
def home(call: Call) -> HomePart:
    """Offer the meetings."""
    del call
    return HomePart(buttons=[Button(T("meetings.all"), ListMeetings(1))])


@feature.press(ListMeetings, OFFICE_ONLY)
def show_list(call: Call, data: ListMeetings) -> Screen:
    """Show a page of the meetings."""
    pages = page_count(queries.count_meetings(call.work), size=cards.PAGE)
    page = min(max(data.page, 1), pages)
    found = queries.recent_meetings(call.work, most=cards.PAGE, skip=(page - 1) * cards.PAGE)
    return cards.meeting_list(found, page=page, pages=pages)


@feature.press(OpenMeeting, OFFICE_ONLY)
def show(call: Call, data: OpenMeeting) -> Screen:
    """Show a meeting and a page of the answers."""
    return shown(call, data.meeting_id, page=data.page)


@feature.press(CancelMeeting, OFFICE_ONLY)
def cancel(call: Call, data: CancelMeeting) -> Screen:
    """Call a meeting off, after asking."""
    try:
        meeting = service.access_coming(call.work, actor=call.actor, meeting_id=data.meeting_id)
    except (MeetingCancelled, MeetingOver) as refused:
        # An older card was pressed: the present one says why.
        return shown(call, data.meeting_id, page=1, note=sentence(refused))
    if not data.sure:
        return cards.ask_cancel(meeting, queries.tally(call.work, meeting.id))
    service.cancel_meeting(call.work, actor=call.actor, meeting_id=meeting.id)
    return shown(call, meeting.id, page=1, note=T("meetings.cancelled"))


@feature.press(SignList, OFFICE_ONLY)
def show_door(call: Call, data: SignList) -> Screen:
    """Show a page of the list at the door."""
    return _door(call, data.meeting_id, page=data.page)


@feature.press(SignIn, OFFICE_ONLY)
def sign_in(call: Call, data: SignIn) -> Screen:
    """Note that a guest is there, or take that back."""
    answers.sign_in(
        call.work,
        call.config,
        actor=call.actor,
        meeting_id=data.meeting_id,
        person_id=data.person_id,
    )
    return _door(call, data.meeting_id, page=data.page)


@feature.press(MakeSheet, OFFICE_ONLY)
def make_sheet(call: Call, data: MakeSheet) -> Answer:
    """Order the workbook; it comes when it is made. Pressed twice, it is made once."""
    meeting = service.access_meeting(call.work, actor=call.actor, meeting_id=data.meeting_id)
    if is_under_way(call.work, cards.order_of(meeting.id), person_id=call.actor.person_id):
        return cards.under_way()
    return cards.started(meeting)


def shown(call: Call, meeting_id: int, *, page: int, note: Text | None = None) -> Screen:
    """Return a meeting and a page of its answers. Raises NotAllowed or NotFound."""
    meeting = service.access_meeting(call.work, actor=call.actor, meeting_id=meeting_id)
    counted = queries.tally(call.work, meeting.id)
    at = min(max(page, 1), page_count(counted.invited, size=cards.GUESTS))
    lines = queries.guests(call.work, meeting.id, most=cards.GUESTS, skip=(at - 1) * cards.GUESTS)
    begun = meeting.starts_at <= call.now
    return cards.meeting_screen(meeting, counted, lines, page=at, begun=begun, note=note)


def _door(call: Call, meeting_id: int, *, page: int) -> Screen:
    meeting = service.access_meeting(call.work, actor=call.actor, meeting_id=meeting_id)
    counted = queries.tally(call.work, meeting.id)
    at = min(max(page, 1), page_count(counted.invited, size=cards.SIGNS))
    lines = queries.guests(call.work, meeting.id, most=cards.SIGNS, skip=(at - 1) * cards.SIGNS)
    return cards.sign_list(meeting, counted, lines, page=at)
