"""The steps of every conversation that files a document: the file, and its official day."""

from datetime import date, timedelta
from typing import Any

from bot.chat.calendar import is_blank, month_rows, read_day, read_month
from bot.chat.call import Call
from bot.chat.cards.deadlines.filing import file_text
from bot.chat.cards.workdays import day_marks
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay
from bot.chat.text import Lines, T, Text
from bot.core.dates import last_day_of_month
from bot.features.deadlines.rules import PHOTO, check_plan_file
from bot.features.reports.errors import DateUnreadable
from bot.features.reports.reading.dates import Limits, Precision, read_date
from handlers.deadlines.feature import today_of
from handlers.deadlines.reading import file_of, plain_file, read_file

FILE, OFFICIAL = "file", "official"
CAPTION = "_caption"
"""The note that holds the words under the file."""
_MONTH = "_month"
_LOOK_BACK_DAYS = 180


def read_file_step(call: Call, reply: Reply, answers: Answers) -> dict[str, Any]:
    """Return the file that was sent. Raises FileNeeded, FileTooBig or WrongFile."""
    del call, answers
    return plain_file(check_plan_file(file_of(reply.message)))


def show_file(call: Call, answers: Answers) -> Text | None:
    """Return what the file is called."""
    del call
    if FILE not in answers:
        return None
    file = read_file(answers[FILE])
    return file_text(file.name, file.kind)


def ask_official(call: Call, answers: Answers, channel: str | None) -> Ask:
    """Ask on which day it went through the official `channel`, None where it is not known."""
    today = today_of(call)
    choose = answers.get(_MONTH)
    if choose:
        first = today - timedelta(days=_LOOK_BACK_DAYS)
        month = date.fromisoformat(choose)
        marks = day_marks(call.work, month, last_day_of_month(month))
        rows = month_rows(month, first=first, last=today, mark=marks)
        return Ask(T("deadlines.ask_official_day"), rows)
    photo = read_file(answers.get(FILE)).kind == PHOTO
    return Ask(
        Lines(
            T("deadlines.photo_taken") if photo else None,
            T("deadlines.ask_official", channel=channel)
            if channel is not None
            else T("deadlines.ask_official_day"),
        ),
        [
            [
                Pick(T("deadlines.today", day=today), f"d{today.isoformat()}"),
                Pick(
                    T("deadlines.yesterday", day=today - timedelta(days=1)),
                    f"d{(today - timedelta(days=1)).isoformat()}",
                ),
            ],
            [Pick(T("deadlines.choose_day"), f"m{today.replace(day=1).isoformat()}")],
        ],
    )


def read_official(call: Call, reply: Reply, answers: Answers) -> Any:
    """Return the day that was picked or written. Raises DateUnreadable."""
    del answers
    if reply.choice is not None:
        return _chosen_day(call, reply.choice)
    if reply.message is not None and reply.message.file is not None:
        return another_file(reply)
    text = "" if reply.message is None else reply.message.text
    today = today_of(call)
    when = read_date(text, Limits(today - timedelta(days=_LOOK_BACK_DAYS), today))
    if when.day is None or when.precision is not Precision.day:
        raise DateUnreadable(text=text)
    return when.day.isoformat()


def _chosen_day(call: Call, choice: str) -> Any:
    month = read_month(choice)
    if month is not None:
        return Stay(_month=month.isoformat())
    day = read_day(choice)
    if day is None or day > today_of(call):
        return Stay() if is_blank(choice) else Stay(T("deadlines.not_in_future"))
    return day.isoformat()


def another_file(reply: Reply) -> Stay:
    """Take a file that came in place of the answer: the last one counts."""
    file = plain_file(check_plan_file(file_of(reply.message)))
    shown = file_text(file["name"], file["kind"])
    caption = "" if reply.message is None else reply.message.text
    return Stay(T("deadlines.file_changed", file=shown), file=file, **{CAPTION: caption})


def show_official(call: Call, answers: Answers) -> Text | None:
    """Return the official day."""
    del call
    given = answers.get(OFFICIAL)
    return T("deadlines.day", day=date.fromisoformat(given)) if given else None
