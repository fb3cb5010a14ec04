"""What a person does with a notice on its way: pause, go on, end it, repeat what is unclear."""

from bot.db.work import Work
from bot.features.audit.service import record
from bot.features.notices.facts import Answer, AskedNoMore, NoticeChanged
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.rules import NOT_BEGUN, Act
from bot.features.notices.sending import SETTLED, count_unexpanded
from bot.features.notices.service import access_notice, check_can, topic_of
from bot.features.outbox.models import State
from bot.features.outbox.queries import latest_of_topic
from bot.features.outbox.queue import repeat_unknown as repeat_rows
from bot.features.outbox.service import cancel_topic, hold_topic, release_topic
from bot.features.people.actor import Actor


def pause(work: Work, *, actor: Actor, notice_id: int) -> Notice:
    """Keep back what has not gone out yet. Raises NotAllowed, NotFound or NotNow."""
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    check_can(Act.pause, notice)
    notice.state = NoticeState.paused
    notice.pause_reason = None
    hold_topic(work, topic_of(notice.id))
    _noted(work, "notice.paused", notice, actor)
    return notice


def go_on(work: Work, *, actor: Actor, notice_id: int) -> Notice:
    """Let a paused notice go on from where it stood. Raises NotAllowed, NotFound or NotNow.

    The errors that paused it do not pause it again; as many new ones in a row do.
    """
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    check_can(Act.go_on, notice)
    topic = topic_of(notice.id)
    # Expanding is idempotent: where everybody's message is there already, it moves on by itself.
    notice.state = NoticeState.expanding
    notice.pause_reason = None
    notice.errors_seen = max(notice.errors_seen, latest_of_topic(work, topic, SETTLED))
    release_topic(work, topic)
    _noted(work, "notice.resumed", notice, actor)
    return notice


def stop(work: Work, *, actor: Actor, notice_id: int) -> int:
    """End a notice before it begins or on its way; return how many messages were kept back.

    Zero when everything had gone out. Raises NotAllowed or NotFound.
    """
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    if notice.state in NOT_BEGUN:
        if notice.state is NoticeState.awaiting:
            edition = notice.edition
            work.tell(AskedNoMore(notice.id, Answer.ended, actor.person_id, edition=edition))
        notice.state = NoticeState.cancelled
        kept_back = notice.total
    elif notice.finished_at is None and notice.state is not NoticeState.recalled:
        kept_back = count_unexpanded(work, notice) + cancel_topic(work, topic_of(notice.id))
        notice.state = NoticeState.stopped
    else:
        return 0
    notice.finished_at = work.now
    _noted(work, "notice.stopped", notice, actor, kept_back=kept_back)
    return kept_back


def repeat_unknown(work: Work, *, actor: Actor, notice_id: int) -> int:
    """Send again what may or may not have come through; return how many messages.

    Whoever presses it accepts that some get the notice twice. Raises NotAllowed, NotFound, NotNow.
    """
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    check_can(Act.repeat, notice)
    again = repeat_rows(work, topic_of(notice.id))
    if again and notice.state in {NoticeState.sent, NoticeState.stopped}:
        notice.state = NoticeState.sending
        notice.finished_at = None
    if again:
        _noted(work, "notice.repeated", notice, actor, messages=again, was=State.unknown.value)
    return again


def _noted(work: Work, what: str, notice: Notice, actor: Actor, **details: object) -> None:
    record(work, what, topic_of(notice.id), actor_id=actor.person_id, **details)
    work.tell(NoticeChanged(notice.id))
