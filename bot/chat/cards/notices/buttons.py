"""What the buttons of notices carry."""

from dataclasses import dataclass

from bot.chat.callback import callback


@callback("nt.l", shows=True)
@dataclass(frozen=True)
class ListNotices:
    """Shows a page of all notices, the newest first."""

    page: int


@callback("nt.o", shows=True)
@dataclass(frozen=True)
class OpenNotice:
    """Shows how far a notice has come."""

    notice_id: int


@callback("nt.s")
@dataclass(frozen=True)
class StopNotice:
    """Stops a notice; asks first unless `sure`."""

    notice_id: int
    sure: bool
