"""A meeting as those invited see it: the invitation, changes, the reminder, the minutes."""

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.meetings.buttons import LEAVE, STAND_IN, Attend
from bot.chat.conversation.model import Begin
from bot.chat.desk import Desk
from bot.chat.mydata import DataPart, exact, my_data
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.features.meetings.answers import answers_by
from bot.features.meetings.facts import MeetingCalled, MeetingMoved, MeetingOff, MinutesSent
from bot.features.meetings.models import Coming, Meeting, MeetingGuest
from bot.features.meetings.queries import to_be_told
from bot.features.outbox.models import Lane
from bot.features.outbox.payload import Attachment
from bot.features.register.models import OfficialDocument

_MY_DATA = 74
ANSWERS = {
    Coming.comes: T("meetings.answer_comes"),
    Coming.stand_in: T("meetings.answer_stand_in"),
    Coming.leave: T("meetings.answer_leave"),
}


def about(meeting: Meeting) -> Text:
    """Return what a meeting is, when and where."""
    return T(
        "meetings.about", title=meeting.title, starts_at=meeting.starts_at, place=meeting.place
    )


def answer_row(meeting: Meeting) -> Row:
    """Return the buttons by which an invitation is answered."""
    return [
        Button(T("meetings.attend"), Attend(meeting.id), Style.primary),
        Button(T("meetings.ask_leave"), Begin(LEAVE, str(meeting.id))),
        Button(T("meetings.send_other"), Begin(STAND_IN, str(meeting.id))),
    ]


def invitation(meeting: Meeting) -> Screen:
    """Return what those invited are sent."""
    return Screen(
        Lines(T("meetings.invitation"), about(meeting), BLANK, T("meetings.please_answer")),
        [answer_row(meeting)],
    )


def answered(meeting: Meeting, guest: MeetingGuest) -> Screen:
    """Return what an invitation becomes once it is answered; it can be answered anew."""
    return Screen(
        Lines(about(meeting), BLANK, answer_words(guest), T("meetings.may_change")),
        [answer_row(meeting), [home_button()]],
    )


def answer_words(guest: MeetingGuest) -> Text:
    """Return what a guest answered, with whom they send or why they cannot come."""
    if guest.answer is None:
        return T("meetings.no_answer")
    if guest.answer is Coming.stand_in and guest.stand_in:
        return T("meetings.stand_in_named", name=guest.stand_in)
    if guest.answer is Coming.leave and guest.reason:
        return T("meetings.leave_because", reason=guest.reason)
    return ANSWERS[guest.answer]


def tomorrow(meeting: Meeting) -> Screen:
    """Return what those who come are reminded of the day before."""
    return Screen(Lines(T("meetings.tomorrow"), about(meeting)), [answer_row(meeting)], event=True)


def chase(meeting: Meeting) -> Screen:
    """Return what units without an answer are sent once."""
    return Screen(
        Lines(T("meetings.chase"), about(meeting), BLANK, T("meetings.please_answer")),
        [answer_row(meeting)],
        event=True,
    )


@tells(MeetingCalled)
def tell_called(desk: Desk, fact: MeetingCalled) -> None:
    """Invite everybody."""
    meeting = desk.work.session.get_one(Meeting, fact.meeting_id)
    _broadcast(desk, meeting, to_be_told(desk.work, meeting.id), invitation(meeting), "called")


@tells(MeetingMoved)
def tell_moved(desk: Desk, fact: MeetingMoved) -> None:
    """Tell everybody invited when and where the meeting is now: who is on leave may come now."""
    meeting = desk.work.session.get_one(Meeting, fact.meeting_id)
    screen = Screen(
        Lines(T("meetings.moved"), about(meeting), BLANK, T("meetings.answers_stay")),
        [answer_row(meeting)],
    )
    people = to_be_told(desk.work, meeting.id)
    _broadcast(desk, meeting, people, screen, f"moved:{meeting.version}")


@tells(MeetingOff)
def tell_off(desk: Desk, fact: MeetingOff) -> None:
    """Tell those who are not on leave that the meeting is off."""
    meeting = desk.work.session.get_one(Meeting, fact.meeting_id)
    people = to_be_told(desk.work, meeting.id, but_on_leave=True)
    screen = Screen(Lines(T("meetings.off"), about(meeting)), [[home_button()]])
    _broadcast(desk, meeting, people, screen, "off")


@tells(MinutesSent)
def tell_minutes(desk: Desk, fact: MinutesSent) -> None:
    """Send the minutes to everybody who was invited."""
    meeting = desk.work.session.get_one(Meeting, fact.meeting_id)
    document = desk.work.session.get_one(OfficialDocument, meeting.minutes_id)
    file = Attachment(
        kind=document.file_kind or "document", file_id=document.file_id, name=document.file_name
    )
    screen = Screen(T("meetings.minutes_of", title=meeting.title), files=[file])
    _broadcast(desk, meeting, to_be_told(desk.work, meeting.id), screen, "minutes")


@my_data(_MY_DATA)
def invited_to(call: Call) -> DataPart:
    """Tell to which meetings the person was invited and what they answered."""
    zone = call.config.time.zone_info
    return DataPart(
        T("meetings.my_data"),
        [
            T(
                "meetings.my_data_row",
                at=exact(at, zone),
                title=Plain(title),
                answer=answer_words(guest),
            )
            for at, title, guest in answers_by(call.work, call.actor.person_id)
        ],
    )


def topic_of(meeting_id: int) -> str:
    """Return the topic under which a meeting's messages are counted."""
    return f"meeting:{meeting_id}"


def _broadcast(desk: Desk, meeting: Meeting, people: list[int], screen: Screen, what: str) -> None:
    topic = topic_of(meeting.id)
    desk.broadcast(people, screen, lane=Lane.reminder, key=f"{topic}:{what}", topic=topic)
