"""Reminders of deadlines: each step once, one message a person a day (TIME-15, TIME-17)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.cards.deadlines.reminder import reminder
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.core.dates import local_day
from bot.db.work import View
from bot.features.deadlines import reminding
from bot.features.deadlines.expiry import cancel_expired, expired_topics, topic_until
from bot.features.deadlines.moving import keep
from bot.features.deadlines.reminding import KeepVersions, Remind, Thing
from bot.features.outbox.models import Lane
from bot.features.workdays.queries import holiday_names


@dataclass(frozen=True)
class Expire:
    """The effect that cancels what waits for Telegram although its deadline has passed."""

    topic: str


Effect = KeepVersions | Remind | Expire


def due(view: View, config: Config) -> Sequence[Effect]:
    """Return what is to be done about deadlines now."""
    expired = [Expire(topic) for topic in expired_topics(view)]
    return [*expired, *reminding.due(view, config)]


def carry_out(desk: Desk, effect: Effect) -> None:
    """Carry out one effect: all that a person is told today goes in one transaction."""
    match effect:
        case Expire():
            cancel_expired(desk.work, effect.topic)
        case KeepVersions():
            keep(desk.work, desk.config)
        case Remind():
            _remind(desk, effect)


def _remind(desk: Desk, effect: Remind) -> None:
    told = reminding.take(desk.work, desk.config, effect.unit_ids)
    if not told:
        return
    today = local_day(desk.now, desk.config.time.zone_info)
    days = {thing.slot.deadline.last_day for things in told.values() for thing in things}
    holidays = holiday_names(desk.work, days)
    for person_id, things in told.items():
        desk.send(
            person_id,
            reminder(things, today=today, holidays=holidays),
            lane=Lane.reminder,
            key=f"reminder:{person_id}:{today.isoformat()}",
            topic=_topic(things),
        )


def _topic(things: Sequence[Thing]) -> str | None:
    return topic_until(thing.slot.deadline.ends_at for thing in things if thing.step.before)


job = Job("reminders", due, carry_out)
