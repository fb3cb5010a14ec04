"""Notices on their way: messages into the outbox, progress into the author's message."""

from collections.abc import Sequence

from bot.chat.cards.notices import screens as cards
from bot.chat.cards.notices.message import notice_message
from bot.chat.cards.receipts.under import with_what_came_back
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.notices import queries, service
from bot.features.notices.models import Notice, NoticeState
from bot.features.outbox.models import Lane
from bot.features.outbox.queries import find_by_key

_MOST_NAMES = 20
_STEPS = 10
"""The progress is told about so many times on the way: edits cost sends as well."""


def due(view: View, config: Config) -> Sequence[int]:
    """Return the ids of the notices that are going out."""
    del config
    return [number for number, _ in queries.open_notices(view)]


def carry_out(desk: Desk, notice_id: int) -> None:
    """Put the next messages of a notice into the outbox, or tell how far it has come."""
    notice = service.lock_notice(desk.work, notice_id)
    if notice is None:
        return
    if notice.state is NoticeState.expanding:
        _expand(desk, notice)
    elif notice.state is NoticeState.sending:
        _follow(desk, notice)


def _expand(desk: Desk, notice: Notice) -> None:
    people = service.next_recipients(desk.work, notice)
    topic = service.topic_of(notice.id)
    if people:
        screen = notice_message(notice)
        desk.broadcast(people, screen, lane=Lane.bulk, key=topic, topic=topic)


def _follow(desk: Desk, notice: Notice) -> None:
    done = queries.delivery(desk.work, notice)
    finished = done.waiting == 0
    if finished:
        service.finish(desk.work, notice)
    if finished or done.settled - notice.shown >= max(1, notice.total // _STEPS):
        _show(desk, notice, done)


def _show(desk: Desk, notice: Notice, done: queries.Delivery) -> None:
    notice.shown = done.settled
    row = find_by_key(desk.work, cards.progress_key(notice.id))
    if row is None:
        return
    names = queries.not_reached(desk.work, notice.id, most=_MOST_NAMES)
    key = f"{cards.progress_key(notice.id)}:{done.settled}:{notice.state}"
    card = with_what_came_back(desk.work, notice, cards.progress(notice, done, names))
    desk.edit(row, card, key=key)


job = Job("notices", due, carry_out, every_tick=True)
