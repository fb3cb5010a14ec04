"""Calling a meeting, and changing when or where it is (BUL-06)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot.chat.access import OFFICE_ONLY
from bot.chat.audience.choosing import audience_chosen, audience_step
from bot.chat.calendar import is_blank, month_rows, read_month
from bot.chat.calendar import read_day as read_cell
from bot.chat.call import Call, Sent
from bot.chat.callback import read_id
from bot.chat.cards.meetings.buttons import CALL, MOVE
from bot.chat.cards.notices.words import audience_text, reach_text
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Also, Answers, Ask, Conversation, Pick, Reply, Stay, Step
from bot.chat.screen import Screen
from bot.chat.text import Lines, Plain, T, Text
from bot.core.dates import last_day_of_month, local_day, start_of
from bot.core.errors import StaleButton
from bot.core.text import clipped, one_line
from bot.features.deadlines.errors import WordsNeeded
from bot.features.deadlines.rules import check_words
from bot.features.meetings import service
from bot.features.meetings.errors import MeetingInPast, NotATime
from bot.features.meetings.service import NewMeeting
from bot.features.notices.reach import reach
from bot.features.posts.typed import read_day, read_day_and_time, read_span
from handlers.meetings.feature import feature
from handlers.meetings.office import shown

_MEETING, _TITLE, _DAY, _TIME, _PLACE = "_meeting", "title", "day", "time", "place"
_MOST_TITLE_UNITS, _MOST_PLACE_UNITS = 200, 120
_DAYS_AHEAD = 365
_QUOTED = 20
_TIMES = ("09:00", "10:00", "14:30", "15:00")


def _words(reply: Reply, most_units: int) -> str:
    """Return the text of a reply on one line. Raises WordsNeeded or WordsTooLong."""
    if reply.message is None or reply.message.sent is not Sent.text:
        raise WordsNeeded
    words = one_line(check_words(reply.message.text, most_units=most_units))
    if not words:
        raise WordsNeeded
    return words


def _typed(reply: Reply) -> str:
    return "" if reply.message is None else reply.message.text


def _unread(reply: Reply) -> NotATime:
    return NotATime(given=clipped(one_line(_typed(reply)), _QUOTED) or "…")


def _ask_title(call: Call, given: Answers) -> Ask:
    del call, given
    return Ask(T("meetings.ask_title"))


def _read_title(call: Call, reply: Reply, given: Answers) -> Any:
    del call, given
    return _words(reply, _MOST_TITLE_UNITS)


def _ask_day(call: Call, given: Answers) -> Ask:
    today = local_day(call.now, call.config.time.zone_info)
    last = today + timedelta(days=_DAYS_AHEAD)
    wanted = given.get("_month") or given.get(_DAY)
    month = date.fromisoformat(wanted) if wanted else today
    first_shown = min(max(month, today), last).replace(day=1)
    marks = day_marks(call.work, first_shown, last_day_of_month(first_shown))
    return Ask(T("meetings.ask_day"), month_rows(first_shown, first=today, last=last, mark=marks))


def _read_day(call: Call, reply: Reply, given: Answers) -> Any:
    """Read a pressed day, or a day that was typed, alone or with the time."""
    del given
    if is_blank(reply.choice):
        return Stay()
    month = read_month(reply.choice)
    if month is not None:
        return Stay(_month=month.isoformat())
    today = local_day(call.now, call.config.time.zone_info)
    day = read_cell(reply.choice) or read_day(_typed(reply), today=today)
    both = None if day is not None else read_day_and_time(_typed(reply), today=today)
    if both is not None:
        day = both[0]
    if day is None:
        raise _unread(reply)
    if not today <= day <= today + timedelta(days=_DAYS_AHEAD):
        raise MeetingInPast
    if both is None:
        return day.isoformat()
    at = {_TIME: f"{both[1]:%H:%M}"}
    _check_ahead(call, {_DAY: day.isoformat(), **at})
    return Also(day.isoformat(), **at)


def _ask_time(call: Call, given: Answers) -> Ask:
    del call, given
    return Ask(
        T("meetings.ask_time"), [[Pick(Plain(one), f"t{one[:2]}{one[3:]}") for one in _TIMES]]
    )


def _read_time(call: Call, reply: Reply, given: Answers) -> Any:
    for one in _TIMES:
        if reply.choice == f"t{one[:2]}{one[3:]}":
            return one
    span = read_span(_typed(reply)) if reply.choice is None else None
    if span is None:
        raise _unread(reply)
    at = f"{span[0]:%H:%M}"
    _check_ahead(call, {**given, _TIME: at})
    return at


def _ask_place(call: Call, given: Answers) -> Ask:
    del call, given
    return Ask(T("meetings.ask_place"))


def _read_place(call: Call, reply: Reply, given: Answers) -> Any:
    del call, given
    return _words(reply, _MOST_PLACE_UNITS)


def _show_words(key: str, given: Answers) -> Text | None:
    return Plain(given[key]) if given.get(key) else None


def _show_day(call: Call, given: Answers) -> Text | None:
    del call
    return T("deadlines.day", day=date.fromisoformat(given[_DAY])) if given.get(_DAY) else None


def _moment(call: Call, given: Answers) -> datetime | None:
    """Return when the meeting begins; None while day or time are not given."""
    if not given.get(_DAY) or not given.get(_TIME):
        return None
    day, at = date.fromisoformat(given[_DAY]), time.fromisoformat(given[_TIME])
    return start_of(day, call.config.time.zone_info, at)


def _check_ahead(call: Call, given: Answers) -> None:
    starts_at = _moment(call, given)
    if starts_at is not None and starts_at <= call.now:
        raise MeetingInPast


def _preview(call: Call, given: Answers) -> Text:
    starts_at = _moment(call, given) or call.now
    about = T("meetings.about", title=given[_TITLE], starts_at=starts_at, place=given[_PLACE])
    if _MEETING in given:
        return Lines(about, T("meetings.move_tells"))
    invited = audience_chosen(given)
    return Lines(
        about,
        T("meetings.invited", audience=audience_text(call.work, call.config, invited)),
        reach_text(reach(call.work, call.config, invited)),
    )


def _submit(call: Call, given: Answers) -> Screen:
    new = NewMeeting(given[_TITLE], _moment(call, given) or call.now, given[_PLACE])
    invited = audience_chosen(given)
    meeting = service.call_meeting(
        call.work, actor=call.actor, config=call.config, given=new, audience=invited
    )
    return shown(call, meeting.id, page=1, note=T("meetings.called"))


def _begin_move(call: Call, arg: str | None) -> Answers:
    meeting = service.access_coming(call.work, actor=call.actor, meeting_id=read_id(arg))
    local = meeting.starts_at.astimezone(call.config.time.zone_info)
    return {
        _MEETING: meeting.id,
        _TITLE: meeting.title,
        _DAY: local.date().isoformat(),
        _TIME: f"{local:%H:%M}",
        _PLACE: meeting.place,
    }


def _move(call: Call, given: Answers) -> Screen:
    meeting_id = given.get(_MEETING)
    if not isinstance(meeting_id, int):
        raise StaleButton
    service.move_meeting(
        call.work,
        actor=call.actor,
        meeting_id=meeting_id,
        starts_at=_moment(call, given) or call.now,
        place=given[_PLACE],
    )
    return shown(call, meeting_id, page=1, note=T("meetings.move_told"))


_WHEN_AND_WHERE = (
    Step(_DAY, T("meetings.label_day"), _ask_day, _read_day, _show_day),
    Step(
        _TIME,
        T("meetings.label_time"),
        _ask_time,
        _read_time,
        lambda _, given: _show_words(_TIME, given),
    ),
    Step(
        _PLACE,
        T("meetings.label_place"),
        _ask_place,
        _read_place,
        lambda _, given: _show_words(_PLACE, given),
    ),
)

feature.converse(
    Conversation(
        name=CALL,
        needs=OFFICE_ONLY,
        steps=(
            Step(
                _TITLE,
                T("meetings.label_title"),
                _ask_title,
                _read_title,
                lambda _, given: _show_words(_TITLE, given),
            ),
            *_WHEN_AND_WHERE,
            audience_step(T("meetings.label_invited"), T("meetings.ask_invited")),
        ),
        version=2,
        preview=_preview,
        submit=_submit,
        submit_label=T("meetings.submit"),
    )
)
feature.converse(
    Conversation(
        name=MOVE,
        needs=OFFICE_ONLY,
        steps=_WHEN_AND_WHERE,
        preview=_preview,
        submit=_move,
        begin=_begin_move,
        submit_label=T("meetings.submit_move"),
    )
)
