"""The weekly digest: one silent message a person, up to a day late, once (BUL-03)."""

from collections.abc import Sequence

from bot.chat.cards.digests.message import weekly_digest
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.digests import sending
from bot.features.digests.sending import Close, Effect, Send
from bot.features.outbox.models import Lane
from bot.features.people.actor import actor_of
from bot.features.people.models import Person


def due(view: View, config: Config) -> Sequence[Effect]:
    """Return who is to get the digest of this week now, a page at a time."""
    return sending.due(view, config)


def carry_out(desk: Desk, effect: Effect) -> None:
    """Send one digest, or note that a week is dealt with."""
    match effect:
        case Close():
            sending.close(desk.work, effect)
        case Send():
            _send(desk, effect)


def _send(desk: Desk, effect: Send) -> None:
    person = desk.work.session.get_one(Person, effect.person_id)
    actor = actor_of(desk.work, person)
    if not sending.take(desk.work, effect.week, person, actor):
        return
    screen = weekly_digest(desk, actor, effect.week)
    key = f"digest:{person.id}:{effect.week.key}"
    desk.send(person.id, screen, lane=Lane.digest, key=key)


job = Job("digest", due, carry_out, paged=True)
