"""Sending digests, once to each person."""

import logging
import traceback
from collections.abc import Sequence
from functools import partial

from bot.chat.cards.digests.message import weekly_digest
from bot.chat.desk import Desk, Letter
from bot.features.digests import sending
from bot.features.digests.failing import try_later
from bot.features.digests.weeks import Week
from bot.features.outbox.models import Lane
from bot.features.people.actor import actor_of, with_telegram

_log = logging.getLogger(__name__)


def send_digests(desk: Desk, week: Week, person_ids: Sequence[int]) -> None:
    """Send people the digest of `week`, but for whom it is done, too late or of no use.

    One that cannot be written is put off, and keeps none of the others.
    """
    if desk.work.attempt(partial(_send, desk, week, person_ids)) is None:
        return
    for person_id in person_ids:
        error = desk.work.attempt(partial(_send, desk, week, [person_id]))
        if error is not None:
            _log_failure(person_id, error)
            try_later(desk.work, week, person_id)


def _send(desk: Desk, week: Week, person_ids: Sequence[int]) -> None:
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


def _log_failure(person_id: int, error: Exception) -> None:
    # The text of an exception may quote what people wrote: only its kind and place are logged.
    place = "".join(traceback.format_tb(error.__traceback__))
    _log.error(
        "the digest of person %s cannot be written: %s\n%s", person_id, type(error).__name__, place
    )
