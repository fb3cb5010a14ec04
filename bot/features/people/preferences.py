"""What people settle about the messages they get."""

from bot.core.errors import StaleButton
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.models import Person


def set_reminder_minutes(
    work: Work, *, actor: Actor, minutes: int | None, offered: tuple[int, ...]
) -> None:
    """Keep how long before a post the actor wants to be reminded; None: as configured.

    Raises StaleButton for what is not `offered`.
    """
    if minutes is not None and minutes not in offered:
        raise StaleButton
    work.session.get_one(Person, actor.person_id).reminder_minutes = minutes
    work.session.flush()
