"""The weekly digest: one silent message a person, up to a day late, once (BUL-03)."""

from collections.abc import Sequence

from bot.chat.cards.digests.sending import send_digests
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.digests import sending
from bot.features.digests.sending import Close, Effect, Send


def due(view: View, config: Config) -> Sequence[Effect]:
    """Return who is to get the digest of this week now, a page at a time."""
    return sending.due(view, config)


def carry_out(desk: Desk, effect: Effect) -> None:
    """Send a few digests, or note that a week is dealt with."""
    match effect:
        case Close():
            sending.close(desk.work, effect)
        case Send():
            send_digests(desk, effect.week, effect.person_ids)


job = Job("digest", due, carry_out, paged=True)
