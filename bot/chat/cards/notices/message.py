"""A notice as its recipients see it."""

from collections.abc import Callable

from bot.chat.screen import Row, Screen
from bot.chat.text import BLANK, Lines, Plain, T
from bot.features.notices.models import Notice
from bot.features.notices.service import topic_of
from bot.features.outbox.payload import Attachment

Under = Callable[[Notice], Row]
"""A row of buttons under a notice's message; empty for none."""

_under: list[Under] = []


def under_notices(make: Under) -> Under:
    """Put the row that the decorated function makes under the message of each notice.

    It is how what answers a notice (a receipt) comes to its recipients: its button carries the
    notice's number, and the notice says whether it wants one.
    """
    _under.append(make)
    return make


def notice_message(notice: Notice) -> Screen:
    """Return the notice as its recipients see it.

    An answer to it is known by its context, which is the notice's topic as well (`notice:12`).
    """
    return Screen(
        Lines(T("notices.heading"), BLANK, Plain(notice.text))
        if notice.text
        else T("notices.heading"),
        [row for make in _under if (row := make(notice))],
        files=[Attachment(**file) for file in notice.files],
        context=topic_of(notice.id),
    )
