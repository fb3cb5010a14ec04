"""Asking again for receipts: once by the clock, and the messages of every round (BUL-02).

The clock asks at the notice's time or up to a day late, once; later it is noted as too late.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.cards.receipts.confirming import chase_key, chase_message
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.outbox.models import Lane
from bot.features.receipts import chasing
from bot.features.receipts.chasing import Planned
from bot.features.receipts.service import chase_topic


@dataclass(frozen=True)
class Ask:
    """The effect that puts the next messages of a round into the outbox."""

    round_id: int


Effect = Planned | Ask


def due(view: View, config: Config) -> Sequence[Effect]:
    """Return the rounds that the clock is to begin, and those that are under way."""
    del config
    rounds = [Ask(number) for number in chasing.open_rounds(view)]
    return [*chasing.planned(view, until=view.now), *rounds]


def carry_out(desk: Desk, effect: Effect) -> None:
    """Begin a round, or ask the next people of one."""
    match effect:
        case Planned():
            chasing.begin_planned(desk.work, effect, desk.config)
        case Ask():
            _ask(desk, effect.round_id)


def _ask(desk: Desk, round_id: int) -> None:
    found = chasing.next_asked(desk.work, round_id)
    if found is None:
        return
    begun, notice, people = found
    desk.broadcast(
        people,
        chase_message(notice),
        lane=Lane.reminder,
        key=chase_key(begun),
        topic=chase_topic(notice.id),
    )


job = Job("receipts", due, carry_out, every_tick=True)
