"""Sending a digest to one person, once."""

from bot.chat.cards.digests.message import weekly_digest
from bot.chat.desk import Desk
from bot.features.digests import sending
from bot.features.digests.weeks import Week
from bot.features.outbox.models import Lane
from bot.features.people.actor import actor_of
from bot.features.people.models import Person


def send_digest(desk: Desk, week: Week, person_id: int) -> None:
    """Send somebody the digest of `week`, unless it is done, too late or of no use."""
    person = desk.work.session.get_one(Person, person_id)
    actor = actor_of(desk.work, person)
    if not sending.take(desk.work, week, person, actor):
        return
    screen = weekly_digest(desk, actor, week)
    key = f"digest:{person.id}:{week.key}"
    desk.send(person.id, screen, lane=Lane.digest, key=key)
