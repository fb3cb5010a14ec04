"""What the buttons of notices carry."""

from dataclasses import dataclass

from bot.chat.callback import callback

CORRECT = "nt_fix"
"""The conversation in which the words of a notice that went out are changed."""


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


@callback("nt.v", shows=True)
@dataclass(frozen=True)
class ShowContent:
    """Shows a notice as its recipients see it."""

    notice_id: int


@callback("nt.y")
@dataclass(frozen=True)
class AgreeNotice:
    """Confirms a notice as the second person, as it was shown: as that `edition`."""

    notice_id: int
    edition: int


@callback("nt.w", shows=True)
@dataclass(frozen=True)
class ShowProposed:
    """Shows a notice as it would be with the words that are proposed for it."""

    notice_id: int


@callback("nt.a")
@dataclass(frozen=True)
class AgreeWords:
    """Lets a notice have the words that are proposed, as the second person."""

    notice_id: int
    proposal: int


@callback("nt.x")
@dataclass(frozen=True)
class RefuseWords:
    """Takes proposed words away."""

    notice_id: int
    proposal: int


@callback("nt.s")
@dataclass(frozen=True)
class StopNotice:
    """Ends a notice; asks first unless `sure`."""

    notice_id: int
    sure: bool


@callback("nt.p")
@dataclass(frozen=True)
class PauseNotice:
    """Keeps back what has not gone out."""

    notice_id: int


@callback("nt.g")
@dataclass(frozen=True)
class GoOnNotice:
    """Lets a paused notice go on."""

    notice_id: int


@callback("nt.r")
@dataclass(frozen=True)
class RecallNotice:
    """Takes back what went out; asks first unless `sure`."""

    notice_id: int
    sure: bool


@callback("nt.u")
@dataclass(frozen=True)
class RepeatUnknown:
    """Sends again what may or may not have come through; asks first unless `sure`."""

    notice_id: int
    sure: bool


@callback("nt.n", shows=True)
@dataclass(frozen=True)
class ShowNames:
    """Shows a page of the people of the notice that is being written; those `left_out` or not."""

    page: int
    left_out: bool


@callback("nt.t", shows=True)
@dataclass(frozen=True)
class ListTemplates:
    """Shows a page of the templates."""

    page: int


@callback("nt.e", shows=True)
@dataclass(frozen=True)
class OpenTemplate:
    """Shows a template."""

    template_id: int


@callback("nt.d")
@dataclass(frozen=True)
class DropTemplate:
    """Takes a template out of the list; asks first unless `sure`."""

    template_id: int
    sure: bool
