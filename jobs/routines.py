"""What units have set themselves is asked for at its time, on its day and never after (TIME-09)."""

from collections.abc import Sequence

from bot.chat.cards.routines.asked import asked
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.outbox.models import Lane
from bot.features.routines import asking
from bot.features.routines.asking import Due, scope_of
from bot.features.units.models import Unit


def due(view: View, config: Config) -> Sequence[Due]:
    """Return the routines that are to be asked for now."""
    return asking.due(view, config)


def carry_out(desk: Desk, effect: Due) -> None:
    """Ask for one routine, once in its period."""
    routine = asking.take(desk.work, desk.config, effect)
    if routine is None:
        return
    topic = scope_of(routine.id)
    desk.broadcast(
        asking.readers(desk.work, effect, routine),
        asked(routine, desk.work.session.get_one(Unit, routine.unit_id), effect.day),
        lane=Lane.reminder,
        key=f"{topic}:{effect.period.isoformat()}",
        topic=topic,
    )


job = Job("routines", due, carry_out)
