"""A notice that went out, for tests of what comes back from it, on any store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.config import Config
from bot.db.store import Store
from bot.db.work import Work
from bot.features.notices.models import Notice, NoticeRecipient, NoticeState
from bot.features.notices.service import topic_of
from bot.features.outbox.models import Kind, Lane, OutboxRow, State
from bot.features.outbox.payload import Payload
from bot.features.people.actor import Actor
from bot.features.receipts.service import chase_topic
from jobs import receipts
from tests.jobs.ticking import Ticking
from tests.support.clock import SetClock

WORDS = "明天下午三点开会"


def put_notice(
    work: Work,
    author_id: int,
    people: Sequence[int],
    *,
    state: NoticeState = NoticeState.sent,
    text: str = WORDS,
    **fields: Any,
) -> Notice:
    """Put a notice to `people` into the database; it wants receipts unless `fields` say no."""
    notice = Notice(
        author_id=author_id,
        text=text,
        audience={},
        state=state,
        total=len(people),
        created_at=work.now,
        finished_at=work.now if state is NoticeState.sent else None,
        **{"wants_receipt": True, "files": [], **fields},
    )
    work.session.add(notice)
    work.session.flush()
    for person_id in people:
        work.session.add(NoticeRecipient(notice_id=notice.id, person_id=person_id))
    work.session.flush()
    return notice


def put_message(work: Work, notice: Notice, person_id: int, chat_id: int, state: State) -> None:
    """Put the message of a notice to one person into the outbox, as far as `state` says."""
    topic = topic_of(notice.id)
    work.session.add(
        OutboxRow(
            chat_id=chat_id,
            person_id=person_id,
            kind=Kind.send,
            lane=int(Lane.bulk),
            state=state,
            payload=Payload(html=notice.text).plain(),
            dedupe_key=f"{topic}:{person_id}",
            topic=topic,
            context=topic,
            created_at=work.now,
            message_id=person_id if state is State.sent else None,
        )
    )
    work.session.flush()


@dataclass
class ReceiptScene:
    """A store, its configuration, and a clock to move."""

    store: Store
    config: Config
    clock: SetClock

    def notice(self, author: Actor, *people: Actor, **fields: Any) -> int:
        """Return a notice that reached `people`."""
        return self.notice_as(author, dict.fromkeys([one.person_id for one in people]), **fields)

    def notice_as(self, author: Actor, states: dict[int, State | None], **fields: Any) -> int:
        """Return a notice whose messages came as far as `states` say; None is sent."""

        def write(work: Work) -> int:
            notice = put_notice(work, author.person_id, list(states), **fields)
            for person_id, state in states.items():
                put_message(work, notice, person_id, 10**9 + person_id, state or State.sent)
            return notice.id

        return self.store.write_now(write)

    def tick(self) -> None:
        """Carry out what the clock sets off now, until nothing is left."""
        ticking = Ticking(self.store, self.config, receipts.job)
        while ticking.tick():
            pass

    def asked(self, notice_id: int, *states: State) -> list[int]:
        """Return who was asked again, once for each message in one of `states` (none: any)."""
        query = (
            select(OutboxRow.person_id)
            .where(OutboxRow.topic == chase_topic(notice_id))
            .order_by(OutboxRow.id)
        )
        if states:
            query = query.where(OutboxRow.state.in_(states))
        return self.store.read_now(
            lambda view: [found for found in view.session.scalars(query) if found]
        )

    def at(self, moment: str) -> None:
        """Move the clock to `moment`, a local time as ISO text."""
        self.clock.at = datetime.fromisoformat(f"{moment}+08:00")
