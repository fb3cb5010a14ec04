"""Giving a notice that went out other words: changed in place, and as new for who waits.

A message on its way cannot be changed; it is waited for, while those behind it are kept back, and
changed once it is there. So nobody is left with the old words who can be given the new ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot.core.text import CAPTION_UNITS, units
from bot.db.work import View, Work
from bot.features.audit.service import record
from bot.features.notices.content import HEADING_UNITS, check_text
from bot.features.notices.errors import (
    CorrectedMeanwhile,
    NothingToSay,
    SameWords,
    TooLongUnderFile,
)
from bot.features.notices.facts import NoticeChanged
from bot.features.notices.models import Notice, NoticeState
from bot.features.notices.rules import Act
from bot.features.notices.service import access_notice, check_can, topic_of
from bot.features.outbox.many import Change, change_many
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.outbox.service import Outgoing, cancel_topic, hold_topic, release_topic
from bot.features.outbox.statements import SUPERSEDED
from bot.features.people.actor import Actor
from bot.features.people.models import Person

CHUNK = 200
"""Messages that are corrected in one transaction."""

_WAITING = (State.held, State.pending, State.sending)
_LOST = (State.failed, State.blocked, State.unknown)
_MOST_UNDER_FILE = CAPTION_UNITS - HEADING_UNITS

Words = Callable[[str | None], str]
"""The HTML of the corrected notice, for a reader of the language (None: the default)."""


@dataclass(frozen=True)
class Correction:
    """How far a correction has come, in people's messages.

    `changed` were changed in place, `anew` got the words as a new message because theirs is gone or
    too old, `not_changed` still say what they said.
    """

    changed: int
    anew: int
    waiting: int
    not_changed: int


@dataclass(frozen=True)
class NewWords:
    """The words of a correction with their formats, instead of the text of that `edition`."""

    text: str
    entities: Sequence[Mapping[str, Any]]
    edition: int


def access_correctable(work: Work, *, actor: Actor, notice_id: int) -> Notice:
    """Return a notice that can be corrected. Raises NotAllowed, NotFound or NotNow (recalled)."""
    notice = access_notice(work, actor=actor, notice_id=notice_id)
    check_can(Act.correct, notice)
    return notice


def check_words(view: View, notice: Notice, text: str) -> None:
    """Raise NothingToSay, TooLong, or TooLongUnderFile where they stand under the notice's file."""
    if not text.strip():
        raise NothingToSay
    check_text(text)
    apart = select(OutboxRow.id).where(
        OutboxRow.topic == topic_of(notice.id), OutboxRow.kind == Kind.files
    )
    if (
        notice.files
        and units(text) > _MOST_UNDER_FILE
        and view.session.scalar(apart.limit(1)) is None
    ):
        raise TooLongUnderFile(units=units(text), most=_MOST_UNDER_FILE)


def check_new(view: View, notice: Notice, words: NewWords) -> None:
    """Raise CorrectedMeanwhile, SameWords, or what `check_words` raises.

    CorrectedMeanwhile: the notice does not say any more what it said as `words.edition`.
    """
    if notice.edition != words.edition:
        raise CorrectedMeanwhile
    if (notice.text, notice.entities) == (words.text, [dict(one) for one in words.entities]):
        raise SameWords
    check_words(view, notice, words.text)


def reword(work: Work, notice: Notice, words: NewWords, *, by_id: int) -> None:
    """Let a notice say `words`, written by `by_id`; whoever has its message is not told yet."""
    record(
        work,
        "notice.corrected",
        topic_of(notice.id),
        actor_id=by_id,
        edition=notice.edition + 1,
        was=notice.text,
    )
    notice.text, notice.entities = words.text, [dict(one) for one in words.entities]
    notice.words_by = by_id
    notice.edition += 1
    work.tell(NoticeChanged(notice.id))


def begin_to_correct(work: Work, notice: Notice, words: NewWords, *, by_id: int) -> None:
    """Begin to give those who got a notice, and those who will, its new words."""
    cancel_topic(work, correct_topic(notice))
    notice.corrected_at, notice.correct_cursor = work.now, 0
    hold_topic(work, topic_of(notice.id))
    reword(work, notice, words, by_id=by_id)


def correct_topic(notice: Notice) -> str:
    """Return the topic under which the changes of the latest correction are counted."""
    return f"correct:{notice.id}:{notice.edition}"


def correct_more(work: Work, notice: Notice, words: Words) -> bool:
    """Give the next messages the new words; False once all have them or are under way to.

    What waits was kept back meanwhile, and goes on then.
    """
    topic = topic_of(notice.id)
    hold_topic(work, topic)
    rows = work.session.execute(
        select(OutboxRow, Person.language)
        .outerjoin(Person, Person.id == OutboxRow.person_id)
        .where(
            OutboxRow.topic == topic,
            OutboxRow.kind == Kind.send,
            OutboxRow.id > (notice.correct_cursor or 0),
        )
        .order_by(OutboxRow.id)
        .limit(CHUNK)
        .with_for_update(of=OutboxRow)
    ).all()
    settled = []
    for row, language in rows:
        if row.state is State.sending:
            break
        settled.append((row, language))
    if settled:
        _reword(work, notice, settled, words)
        notice.correct_cursor = settled[-1][0].id
    if rows:
        return True
    if notice.state is not NoticeState.paused:
        release_topic(work, topic)
    return False


def is_done(view: View, notice: Notice) -> bool:
    """Tell whether no change of the latest correction is on its way any more."""
    waiting = select(OutboxRow.id).where(
        OutboxRow.topic == correct_topic(notice), OutboxRow.state.in_(_WAITING)
    )
    return view.session.scalar(waiting.limit(1)) is None


def corrected(view: View, notice: Notice) -> Correction:
    """Return how far the latest correction has come; one statement."""
    counts = view.session.execute(
        select(OutboxRow.kind, OutboxRow.state, OutboxRow.error, func.count())
        .where(OutboxRow.topic == correct_topic(notice))
        .group_by(OutboxRow.kind, OutboxRow.state, OutboxRow.error)
    )
    changed = anew = waiting = lost = 0
    for kind, state, error, count in counts:
        if state in _WAITING:
            waiting += count
        elif state is State.sent and kind is Kind.send:
            anew += count
        # A later change of the same message (收到 was pressed) carries the new words as well.
        elif state is State.sent or (state is State.cancelled and error == SUPERSEDED):
            changed += count
        else:
            lost += count
    return Correction(changed, anew, waiting, lost)


def not_corrected(view: View, notice: Notice, *, most: int) -> list[tuple[str, State]]:
    """Return the names of people whose message could not be changed, with what became of it."""
    found = view.session.execute(
        select(Person.name, OutboxRow.state)
        .join(Person, Person.id == OutboxRow.person_id)
        .where(OutboxRow.topic == correct_topic(notice), OutboxRow.state.in_(_LOST))
        .order_by(OutboxRow.id)
        .limit(most)
    )
    return [(name, state) for name, state in found]


def _reword(
    work: Work, notice: Notice, rows: Sequence[tuple[OutboxRow, str | None]], words: Words
) -> None:
    """Write the new words into rows, and have those changed that were sent with others."""
    buttons = _buttons_now(work, [row.id for row, _ in rows])
    changes = []
    for row, language in rows:
        html = words(language)
        if row.payload["html"] == html:
            continue
        row.payload = {**row.payload, "html": html}
        if row.state is State.sent:
            payload = Payload(html, buttons=buttons.get(row.id, row.payload["buttons"]))
            changes.append(_change(notice, row, payload))
    change_many(work, changes)


def _change(notice: Notice, row: OutboxRow, payload: Payload) -> Change:
    message = Outgoing(
        chat_id=row.chat_id,
        payload=payload,
        lane=Lane.bulk,
        dedupe_key=f"{correct_topic(notice)}:{row.id}",
        person_id=row.person_id,
        context=row.context,
        topic=correct_topic(notice),
    )
    return Change(message, Kind.edit, target_id=row.id)


def _buttons_now(view: View, row_ids: Sequence[int]) -> dict[int, Any]:
    """Return the buttons that stand under messages since they were changed, by row."""
    latest = (
        select(func.max(OutboxRow.id))
        .where(
            OutboxRow.target_id.in_(row_ids),
            OutboxRow.kind == Kind.edit,
            OutboxRow.state.in_([*_WAITING, State.sent]),
        )
        .group_by(OutboxRow.target_id)
    )
    found = view.session.execute(
        select(OutboxRow.target_id, OutboxRow.payload).where(OutboxRow.id.in_(latest))
    )
    return {target: payload["buttons"] for target, payload in found if target is not None}
