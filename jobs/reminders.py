"""Reminders of deadlines: each step once, one message a person a day (TIME-15, TIME-17)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.cards.deadlines.daily import tell
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.deadlines import reminding
from bot.features.deadlines.expiry import cancel_expired, expired_topics
from bot.features.deadlines.moving import keep
from bot.features.deadlines.reminding import KeepVersions, Remind


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
    tell(desk, reminding.take(desk.work, desk.config, effect.unit_ids))


job = Job("reminders", due, carry_out)
