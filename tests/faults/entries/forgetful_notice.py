"""The bot with a notice's progress in memory and no dedupe key on its messages."""

import sys
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from bot.__main__ import main
from bot.chat import desk
from bot.core.ids import incident_id
from bot.db.work import Work
from bot.features.notices import sending
from bot.features.notices.models import Notice, NoticeRecipient, NoticeState
from bot.features.outbox.many import enqueue_many
from bot.features.outbox.service import Outgoing

_cursors: dict[int, int] = {}


def _next_recipients(work: Work, notice: Notice) -> list[int]:
    people = list(
        work.session.scalars(
            select(NoticeRecipient.person_id)
            .where(
                NoticeRecipient.notice_id == notice.id,
                NoticeRecipient.person_id > _cursors.get(notice.id, 0),
            )
            .order_by(NoticeRecipient.person_id)
            .limit(sending.CHUNK)
        )
    )
    if people:
        _cursors[notice.id] = people[-1]
    else:
        notice.state = NoticeState.sending
    return people


def _enqueue_always(work: Work, messages: Sequence[Outgoing]) -> int:
    return enqueue_many(
        work, [replace(each, dedupe_key=f"{each.dedupe_key}:{incident_id()}") for each in messages]
    )


if __name__ == "__main__":
    # In many small steps, so that a kill falls between two of them however fast the machine is.
    sending.CHUNK = 50
    sending.next_recipients = _next_recipients
    desk.enqueue_many = _enqueue_always  # type: ignore[attr-defined]
    sys.exit(main())
