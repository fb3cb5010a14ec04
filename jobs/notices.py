"""Notices on their way: begun at their time, put into the outbox, followed, and taken back.

A notice whose time passed while nothing ran goes late, once (see `rules.goes_between`).
"""

from collections.abc import Sequence

from bot.chat.cards.notices.message import notice_message
from bot.chat.cards.notices.told import corrected_words, recall_changes, show_progress
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.notices import correcting, queries, recalling, sending, service
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.planned import due_to_begin
from bot.features.outbox.many import change_many
from bot.features.outbox.models import Lane
from bot.features.outbox.service import hold_topic

_STEPS = 10
"""The progress is told about so many times on the way: edits cost sends as well."""


def due(view: View, config: Config) -> Sequence[int]:
    """Return the ids of the notices whose time has come, and of those that are under way."""
    del config
    return [*due_to_begin(view), *queries.under_way(view)]


def carry_out(desk: Desk, notice_id: int) -> None:
    """Do the next piece of what a notice needs; whoever comes second finds it done."""
    notice = sending.lock_notice(desk.work, notice_id)
    if notice is None or (notice.correct_cursor is not None and _correct(desk, notice)):
        return
    match notice.state:
        case NoticeState.scheduled:
            if notice.send_at is not None and notice.send_at <= desk.now:
                sending.begin(desk.work, desk.config, notice)
        case NoticeState.expanding:
            _expand(desk, notice)
        case NoticeState.sending:
            _follow(desk, notice)
        case NoticeState.paused:
            hold_topic(desk.work, service.topic_of(notice.id))
        case NoticeState.recalled:
            _recall(desk, notice)


def _expand(desk: Desk, notice: Notice) -> None:
    people = sending.next_recipients(desk.work, notice)
    topic = service.topic_of(notice.id)
    if people:
        desk.broadcast(
            people,
            notice_message(notice),
            lane=Lane.bulk,
            key=topic,
            topic=topic,
            once=notice.once,
            disturbs=notice.disturbs,
        )


def _follow(desk: Desk, notice: Notice) -> None:
    done = queries.delivery(desk.work, notice)
    if done.waiting == 0:
        sending.finish(desk.work, notice)
    elif done.blocked + done.failed and sending.pause_on_errors(desk.work, desk.config, notice):
        return
    if done.waiting == 0 or done.settled - notice.shown >= max(1, notice.total // _STEPS):
        notice.shown = done.settled
        show_progress(desk, notice)


def _correct(desk: Desk, notice: Notice) -> bool:
    """Give the next messages their new words; False once nothing has to wait for it."""
    if correcting.correct_more(desk.work, notice, corrected_words(desk, notice)):
        return True
    if correcting.is_done(desk.work, notice):
        notice.correct_cursor = None
        show_progress(desk, notice)
    return False


def _recall(desk: Desk, notice: Notice) -> None:
    if notice.finished_at is not None:
        return
    messages = recalling.next_to_recall(desk.work, notice)
    if messages:
        change_many(
            desk.work, [change for one in messages for change in recall_changes(desk, notice, one)]
        )
    elif not recalling.is_under_way(desk.work, notice):
        recalling.finish_recall(desk.work, notice)
        show_progress(desk, notice)


job = Job("notices", due, carry_out, every_tick=True)
