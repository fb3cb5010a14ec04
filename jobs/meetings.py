"""The day before a meeting: who comes is reminded, units without an answer are chased once."""

from collections.abc import Sequence

from bot.chat.cards.meetings.guest import chase, tomorrow, topic_of
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.meetings import evening
from bot.features.meetings.evening import DayBefore
from bot.features.outbox.models import Lane


def due(view: View, config: Config) -> Sequence[DayBefore]:
    """Return the meetings whose day before has come; late they are still written about."""
    return evening.planned(view, config, until=view.now)


def carry_out(desk: Desk, plan: DayBefore) -> None:
    """Write about one meeting, once, to each person one message."""
    meeting = evening.take(desk.work, plan)
    if meeting is None:
        return
    topic = topic_of(meeting.id)
    key = f"{topic}:day-before"
    coming, silent = evening.readers(desk.work, meeting.id)
    desk.broadcast(coming, tomorrow(meeting), lane=Lane.reminder, key=key, topic=topic)
    desk.broadcast(silent, chase(meeting), lane=Lane.reminder, key=key, topic=topic)


job = Job("meetings", due, carry_out)
