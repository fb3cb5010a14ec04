"""A notice as its recipients see it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.chat.formats import can_show
from bot.chat.screen import Row, Screen
from bot.chat.text import BLANK, Formatted, Lines, T, marks_of
from bot.features.notices.content import Content
from bot.features.notices.models import Notice
from bot.features.notices.service import topic_of
from bot.features.outbox.payload import Attachment

Under = Callable[[Notice], Row]
"""A row of buttons under a notice's message; empty for none."""

_SHOWN_BY_ITSELF = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)
"""What every client finds in a text by itself."""

_under: list[Under] = []


def under_notices(make: Under) -> Under:
    """Put the row that the decorated function makes under the message of each notice.

    It is how what answers a notice (a receipt) comes to its recipients: its button carries the
    notice's number, and the notice says whether it wants one.
    """
    _under.append(make)
    return make


def can_be_answered() -> bool:
    """Tell whether anything hangs a button under notices that ask for a receipt."""
    asking = Notice(id=0, wants_receipt=True)
    return any(make(asking) for make in _under)


def notice_message(notice: Notice) -> Screen:
    """Return the notice as its recipients see it.

    An answer to it is known by its context, which is the notice's topic as well (`notice:12`).
    """
    text = Formatted(notice.text, marks_of(notice.entities))
    heading = T("notices.heading")
    if notice.corrected_at is not None:
        heading = T("notices.heading_corrected", at=notice.corrected_at)
    return Screen(
        Lines(heading, BLANK, text) if notice.text else heading,
        [row for make in _under if (row := make(notice))],
        files=[Attachment(**file) for file in notice.files],
        context=topic_of(notice.id),
        apart=True,
    )


def preview_message(
    content: Content, *, wants_receipt: bool, corrected_at: datetime | None = None
) -> Screen:
    """Return what a notice that is being written will look like; it answers to nothing yet."""
    notice = Notice(
        id=0,
        text=content.text,
        entities=[dict(one) for one in content.entities],
        files=[file.plain() for file in content.files],
        wants_receipt=wants_receipt,
        corrected_at=corrected_at,
    )
    shown = notice_message(notice)
    return Screen(shown.text, shown.rows, files=shown.files, apart=True)


def count_lost(entities: Sequence[object]) -> int:
    """Return how many formats a bot cannot give, so that their words are said plainly."""
    return sum(
        not can_show(mark) and mark.kind not in _SHOWN_BY_ITSELF for mark in marks_of(entities)
    )
