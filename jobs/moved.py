"""Messages that the office moved to a later time (`bot.features.rehearsal`).

Until then they are noted as cancelled, so that their senders pass them over. Then they are open
again: the senders that look at each message by itself find them; those that look at a day or a week
as a whole are told here.
"""

from collections.abc import Sequence

from bot.chat.cards.deadlines.daily import tell
from bot.chat.cards.digests.sending import send_digests
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.deadlines.asking import PUT_OFF
from bot.features.deadlines.noting import MESSAGES
from bot.features.digests.sending import DIGESTS, person_of
from bot.features.digests.weeks import latest_week
from bot.features.rehearsal import moving
from bot.features.runs import putting_off
from bot.features.runs.putting_off import Due


def due(view: View, config: Config) -> Sequence[Due]:
    """Return what was put off until now."""
    del config
    return putting_off.due(view)


def carry_out(desk: Desk, effect: Due) -> None:
    """Open what was put off to a moment, and send what no sender looks for again."""
    if effect.kind == MESSAGES:
        tell(desk, moving.take(desk.work, desk.config, effect), suffix=PUT_OFF)
        return
    for kind, scope, _ in putting_off.release(desk.work, effect):
        if kind == DIGESTS:
            week = latest_week(desk.config, desk.now)
            send_digests(desk, week, [person_of(scope)])


job = Job("moved", due, carry_out)
