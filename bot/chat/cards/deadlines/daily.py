"""Writing the reminders of deadlines, to each person one message."""

from collections.abc import Mapping, Sequence

from bot.chat.cards.deadlines.reminder import reminder
from bot.chat.desk import Desk
from bot.core.dates import local_day
from bot.features.deadlines.asking import asked, note_asked, reminder_key
from bot.features.deadlines.expiry import topic_until
from bot.features.deadlines.reminding import Thing
from bot.features.outbox.models import Lane
from bot.features.workdays.queries import holiday_names


def tell(desk: Desk, told: Mapping[int, Sequence[Thing]], *, suffix: str = "") -> None:
    """Write to each person what they are told today; `suffix` tells a second message of a day."""
    if not told:
        return
    today = local_day(desk.now, desk.config.time.zone_info)
    days = {thing.slot.deadline.last_day for things in told.values() for thing in things}
    holidays = holiday_names(desk.work, days)
    for person_id, things in told.items():
        row = desk.send(
            person_id,
            reminder(things, today=today, holidays=holidays),
            lane=Lane.reminder,
            key=f"{reminder_key(person_id, today)}{suffix}",
            topic=_topic(things),
        )
        note_asked(
            row,
            [asked(one.slot, before=one.step.before, for_head=one.for_head) for one in things],
        )


def _topic(things: Sequence[Thing]) -> str | None:
    return topic_until(thing.slot.deadline.ends_at for thing in things if thing.step.before)
