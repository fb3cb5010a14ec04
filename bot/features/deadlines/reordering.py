"""Changing what the office asks for in the chat: what, of whom, how often (TIME-15)."""

from collections.abc import Sequence

from sqlalchemy import select

from bot.config import Config
from bot.db.work import View, Work
from bot.features.deadlines.ahead import concerned
from bot.features.deadlines.errors import OrderFiled, OrderRunning
from bot.features.deadlines.expiry import cancel_waiting, context_of
from bot.features.deadlines.facts import AskedLess, OrderChanged
from bot.features.deadlines.models import Submission
from bot.features.deadlines.moot import end_wishes_not_owed
from bot.features.deadlines.owing import Slot, known_deadlines, local_today, owed
from bot.features.obligations.queries import as_made
from bot.features.obligations.service import Order, change, lock_made
from bot.features.people.actor import Actor

CHANGED = "what is asked for was changed"


def change_order(
    work: Work, obligation_id: str, order: Order, *, actor: Actor, config: Config
) -> None:
    """Ask for it in another way from now on; reminders of the old way end.

    Units that owe it anew, that owe it no more, and those that owe something else by it are told,
    each once. Raises what `change` raises, OrderFiled for another form or frequency once something
    was filed, OrderRunning for further units once a period of it is over.
    """
    row = lock_made(work, obligation_id, actor=actor)
    before = concerned(work, config, as_made(row).obligation)
    reshaped = (row.form, row.frequency) != (order.form, order.frequency)
    if reshaped and _is_filed(work, obligation_id):
        raise OrderFiled
    known = [one for one in known_deadlines(work, config) if one.obligation.id == obligation_id]
    slots = [slot for one in owed(work, config, known) for slot in one.slots]
    was = row.frequency
    change(work, obligation_id, order, actor=actor, config=config)
    if order.frequency is not was:
        # Periods that are due before today were none of anybody's.
        row.since = local_today(work, config)
        work.session.flush()
    now = {unit.id for unit in concerned(work, config, as_made(row).obligation)}
    old = {unit.id for unit in before}
    if now - old and not reshaped and any(one.ends_at <= work.now for one in known):
        raise OrderRunning
    end_wishes_not_owed(work, obligation_id, owing=now, by_person_id=actor.person_id)
    _stop_reminders(work, [one for one in slots if reshaped or one.unit.id in old - now])
    kept = tuple(sorted(now & old)) if reshaped else ()
    if kept or now != old:
        fact = OrderChanged(obligation_id, tuple(sorted(now - old)), tuple(sorted(old - now)), kept)
        work.tell(fact)


def _stop_reminders(work: Work, slots: Sequence[Slot]) -> None:
    contexts = [context_of(slot.key[0], slot.unit.slug, slot.key[1]) for slot in slots]
    cancel_waiting(work, contexts, CHANGED)
    for key in sorted({slot.deadline.key for slot in slots}):
        units = tuple(slot.unit.id for slot in slots if slot.deadline.key == key)
        work.tell(AskedLess(*key, units))


def _is_filed(view: View, obligation_id: str) -> bool:
    found = select(Submission.id).where(Submission.obligation == obligation_id).limit(1)
    return view.session.scalar(found) is not None
