"""Reminders before posts, and the leads' lists of the day before (VOL-03).

Late, a reminder still goes before the start and never after it; quiet hours move it to their end.
What is not sent is a row of `job_run` with the reason.
"""

from collections.abc import Sequence

from bot.chat.cards.posts import reminder as cards
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.posts import leadlists, reminding
from bot.features.posts.leadlists import NoLists, SendLists
from bot.features.posts.reminding import Note, Remind

Effect = Note | Remind | NoLists | SendLists


def due(view: View, config: Config) -> Sequence[Effect]:
    """Return what is to be done about posts that begin soon."""
    return [*reminding.due(view, config), *leadlists.due(view, config)]


def carry_out(desk: Desk, effect: Effect) -> None:
    """Carry out one effect: a page of people, or of what is only noted, in one transaction."""
    match effect:
        case Note():
            reminding.note(desk.work, effect)
        case Remind():
            cards.remind(desk, reminding.take(desk.work, desk.config, effect))
        case NoLists():
            leadlists.note(desk.work, effect)
        case SendLists():
            cards.send_lists(desk, leadlists.take(desk.work, desk.config, effect))


job = Job("postreminders", due, carry_out)
