"""Sending digests, once to each person."""

from collections.abc import Sequence

from bot.chat.cards.digests.message import weekly_digest
from bot.chat.desk import Desk, Letter
from bot.features.digests import sending
from bot.features.digests.weeks import Week
from bot.features.outbox.models import Lane
from bot.features.people.actor import actor_of, with_telegram


def send_digests(desk: Desk, week: Week, person_ids: Sequence[int]) -> None:
    """Send people the digest of `week`, but for whom it is done, too late or of no use."""
    letters = []
    for person in with_telegram(desk.work, person_ids):
        actor = actor_of(desk.work, person)
        if not sending.take(desk.work, week, person, actor):
            continue
        screen = weekly_digest(desk, actor, week)
        key = f"digest:{person.id}:{week.key}"
        if screen.order is None:
            letters.append(Letter(person.id, screen, key))
        else:
            desk.send(person.id, screen, lane=Lane.digest, key=key)
    desk.send_each(letters, lane=Lane.digest)
