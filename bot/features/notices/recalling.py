"""Taking back what a notice said: deleted where Telegram lets us, else changed (BUL-01)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices.correcting import correct_topic
from bot.features.notices.facts import Answer, AskedNoMore, NoticeChanged
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.rules import Act
from bot.features.notices.service import access_notice, check_can, topic_of
from bot.features.outbox.many import Change
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.payload import PIN, Payload
from bot.features.outbox.service import Outgoing, cancel_topic
from bot.features.people.actor import Actor
from bot.features.people.models import Person

DELETABLE = timedelta(hours=48)
"""Telegram lets a bot delete what is younger; what is older can only be changed."""
CHUNK = 200
"""Messages that are taken back in one transaction."""

_WAITING = (State.held, State.pending, State.sending)
_WORDLESS = Payload(html="")


@dataclass(frozen=True)
class Recall:
    """How far the taking back has come, in messages.

    `files_stay` counts the people who keep files that were too old to delete.
    """

    deleted: int
    changed: int
    waiting: int
    not_changed: int
    files_stay: int


@dataclass(frozen=True)
class ToRecall:
    """A message of the notice as it was sent, and the language of its reader.

    It is only to be changed where its deletion was `refused` before.
    """

    row: OutboxRow
    language: str | None
    refused: bool = False


def recall(work: Work, *, actor: Actor, notice_id: int) -> Notice:
    """Begin to take back a notice that went out. Raises NotAllowed, NotFound or NotNow."""
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    check_can(Act.recall, notice)
    cancel_topic(work, topic_of(notice.id))
    cancel_topic(work, correct_topic(notice))
    notice.correct_cursor = None
    notice.state = NoticeState.recalled
    notice.recalled_at = work.now
    notice.recall_cursor = 0
    if notice.proposed is not None:
        notice.proposed = notice.proposed_by = None
        over = AskedNoMore(notice.id, Answer.ended, actor.person_id, proposal=notice.proposals)
        work.tell(over)
    notice.finished_at = None
    record(work, "notice.recalled", topic_of(notice.id), actor_id=actor.person_id)
    work.tell(NoticeChanged(notice.id))
    return notice


def recall_topic(notice_id: int) -> str:
    """Return the topic under which the changes of a recall are counted."""
    return f"recall:{notice_id}"


def next_to_recall(work: Work, notice: Notice) -> list[ToRecall]:
    """Return the next messages that are to be taken back, and move on; none: all are under way.

    What was on its way at the press goes and is taken back as well, and what comes back of it is
    not tried again. Messages that Telegram could not delete come again, to be changed.
    """
    cancel_topic(work, topic_of(notice.id))
    found = _sent(work, notice, OutboxRow.id > notice.recall_cursor)
    if found:
        notice.recall_cursor = found[-1].row.id
        return found
    change = aliased(OutboxRow)
    taken_back = (
        select(change.id)
        .where(change.target_id == OutboxRow.id, change.topic == recall_topic(notice.id))
        .exists()
    )
    return _sent(work, notice, ~taken_back) or _not_deleted(work, notice)


def changes_for(work: Work, notice: Notice, one: ToRecall, instead: Payload) -> Iterator[Change]:
    """Return what takes one message back; `instead` is what stands there where it must stay.

    A message that is only files and too old stays as it is: it has no words to change.
    """
    row = one.row
    began = notice.recalled_at or work.now
    young = row.sent_at is not None and row.sent_at > began - DELETABLE
    if young and not one.refused:
        for place, number in enumerate(_numbers(row)):
            key = f"{recall_topic(notice.id)}:{row.id}:{place}"
            message = _outgoing(notice, row, key, _WORDLESS)
            if place == 0:
                yield Change(message, Kind.delete, target_id=row.id)
            else:
                yield Change(message, Kind.delete, target_message_id=number)
    elif row.kind is Kind.send:
        message = _outgoing(notice, row, f"{recall_topic(notice.id)}:{row.id}:words", instead)
        yield Change(message, Kind.edit, target_id=row.id)


def is_under_way(view: View, notice: Notice) -> bool:
    """Tell whether a change still waits, or a message of the notice itself is on its way."""
    waiting = select(OutboxRow.id).where(
        or_(
            (OutboxRow.topic == recall_topic(notice.id)) & OutboxRow.state.in_(_WAITING),
            (OutboxRow.topic == topic_of(notice.id)) & (OutboxRow.state == State.sending),
        )
    )
    return view.session.scalar(waiting.limit(1)) is not None


def finish_recall(work: Work, notice: Notice) -> None:
    """Note that everything that could be taken back was."""
    notice.finished_at = work.now


def recalled(view: View, notice: Notice) -> Recall:
    """Return how far the taking back of `notice` has come; counts are of people's messages."""
    counts: dict[tuple[Kind, State], int] = {}
    for kind, state, count in view.session.execute(
        select(OutboxRow.kind, OutboxRow.state, func.count())
        .where(OutboxRow.topic == recall_topic(notice.id), OutboxRow.target_id.is_not(None))
        .group_by(OutboxRow.kind, OutboxRow.state)
    ):
        counts[kind, state] = count
    lost = (State.failed, State.blocked, State.cancelled, State.unknown)
    changed = sum(counts.get((kind, State.sent), 0) for kind in (Kind.edit, Kind.send))
    return Recall(
        deleted=counts.get((Kind.delete, State.sent), 0),
        changed=changed,
        waiting=sum(count for (_, state), count in counts.items() if state in _WAITING),
        not_changed=sum(
            count
            for (kind, state), count in counts.items()
            if state in lost and kind is not Kind.delete
        )
        + sum(counts.get((Kind.delete, state), 0) for state in (State.blocked, State.cancelled)),
        files_stay=_files_that_stay(view, notice),
    )


def not_taken_back(view: View, notice_id: int, *, most: int) -> list[tuple[str, State]]:
    """Return the names of people whose message could not be changed, with what became of it."""
    found = view.session.execute(
        select(Person.name, OutboxRow.state)
        .join(Person, Person.id == OutboxRow.person_id)
        .where(
            OutboxRow.topic == recall_topic(notice_id),
            OutboxRow.state.in_([State.failed, State.blocked, State.cancelled]),
            OutboxRow.target_id.is_not(None),
            (OutboxRow.kind != Kind.delete) | (OutboxRow.state != State.failed),
        )
        .order_by(OutboxRow.id)
        .limit(most)
    )
    return [(name, state) for name, state in found]


def _sent(work: Work, notice: Notice, wanted: ColumnElement[bool]) -> list[ToRecall]:
    """Return messages that came through, and that can be taken back in some way."""
    since = (notice.recalled_at or work.now) - DELETABLE
    found = work.session.execute(
        select(OutboxRow, Person.language)
        .outerjoin(Person, Person.id == OutboxRow.person_id)
        .where(
            OutboxRow.topic == topic_of(notice.id),
            OutboxRow.state == State.sent,
            (OutboxRow.kind == Kind.send)
            | ((OutboxRow.kind == Kind.files) & (OutboxRow.sent_at > since)),
            OutboxRow.message_id.is_not(None),
            wanted,
        )
        .order_by(OutboxRow.id)
        .limit(CHUNK)
    )
    return [ToRecall(row, language) for row, language in found]


def _numbers(row: OutboxRow) -> list[int]:
    """Return the numbers of a row's messages; for an album as Telegram told them."""
    if row.album or row.message_id is None:
        return row.album or []
    # What was sent before the numbers of albums were kept had them in a row, as a rule.
    return [row.message_id + place for place in range(max(1, len(row.payload["files"])))]


def _outgoing(notice: Notice, row: OutboxRow, key: str, payload: Payload) -> Outgoing:
    return Outgoing(
        chat_id=row.chat_id,
        payload=payload,
        lane=Lane.bulk,
        dedupe_key=key,
        person_id=row.person_id,
        topic=recall_topic(notice.id),
    )


def _not_deleted(view: View, notice: Notice) -> list[ToRecall]:
    """Return messages whose deletion was refused and that are not being changed yet."""
    refused, change = aliased(OutboxRow), aliased(OutboxRow)
    found = view.session.execute(
        select(OutboxRow, Person.language)
        .join(refused, refused.target_id == OutboxRow.id)
        .outerjoin(Person, Person.id == OutboxRow.person_id)
        .where(
            refused.topic == recall_topic(notice.id),
            refused.kind == Kind.delete,
            refused.state == State.failed,
            OutboxRow.kind == Kind.send,
            ~select(change.id)
            .where(change.target_id == OutboxRow.id, change.kind != Kind.delete)
            .where(change.topic == recall_topic(notice.id))
            .exists(),
        )
        .order_by(OutboxRow.id)
        .limit(CHUNK)
    )
    return [ToRecall(row, language, refused=True) for row, language in found]


def _files_that_stay(view: View, notice: Notice) -> int:
    """Return how many people keep files that were too old to be deleted, whatever the words say."""
    if notice.recalled_at is None or not any(one["kind"] != PIN for one in notice.files):
        return 0
    found = view.session.scalar(
        select(func.count(OutboxRow.person_id.distinct())).where(
            OutboxRow.topic == topic_of(notice.id),
            OutboxRow.state == State.sent,
            OutboxRow.kind.in_([Kind.send, Kind.files]),
            OutboxRow.sent_at <= notice.recalled_at - DELETABLE,
        )
    )
    return found or 0
