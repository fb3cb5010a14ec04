"""The buttons of reports."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.chat.callback import callback
from bot.features.reports.models import ReportStatus, ReturnReason

TASK_ARG = "t."
"""With this the argument of the conversation `report` names a task."""


@callback("rp.o", shows=True)
@dataclass(frozen=True)
class OpenReport:
    """Shows a report."""

    report_id: int


@callback("rp.p")
@dataclass(frozen=True)
class ShowPhotos:
    """Sends a report's photos as an album."""

    report_id: int


@callback("rp.t")
@dataclass(frozen=True)
class ShowText:
    """Sends a report's whole text in a message of its own."""

    report_id: int


@callback("rp.a")
@dataclass(frozen=True)
class Accept:
    """Takes a version of a report (采用)."""

    report_id: int
    version: int


@callback("rp.r")
@dataclass(frozen=True)
class AskReturn:
    """Asks why a version of a report goes back (退回)."""

    report_id: int
    version: int


@callback("rp.b")
@dataclass(frozen=True)
class Return:
    """Sends a version of a report back for one of the usual reasons."""

    report_id: int
    version: int
    reason: ReturnReason


@callback("rp.n", shows=True)
@dataclass(frozen=True)
class NextPending:
    """Shows the report that has waited longest for its review."""


@callback("rp.w")
@dataclass(frozen=True)
class Withdraw:
    """Takes a version of a report back before its review."""

    report_id: int
    version: int


class PastedChoice(StrEnum):
    """What to do with what stands on, behind or beside the card of a pasted text."""

    submit_all = "all"
    leave_out = "out"
    append = "add"
    another = "new"


@callback("rp.v")
@dataclass(frozen=True)
class Pasted:
    """Decides about the texts of a draft."""

    draft_id: int
    choice: PastedChoice


@callback("rp.l", shows=True)
@dataclass(frozen=True)
class ListReports:
    """Shows a page of reports; None leaves a thing open.

    Without `month` a list of one state or task holds all months, any other the current month.
    """

    month: date | None = None
    unit_id: int | None = None
    status: ReportStatus | None = None
    task: str | None = None
    page: int = 1


@callback("rp.u", shows=True)
@dataclass(frozen=True)
class ListUnits:
    """Shows how many reports each unit has in a month."""

    month: date
    page: int = 1


@callback("jt.a")
@dataclass(frozen=True)
class AnswerPartner:
    """Says for a unit whether it took part in a joint activity; `change` replaces an answer."""

    report_id: int
    unit_id: int
    took_part: bool
    change: bool = False


@callback("jt.s")
@dataclass(frozen=True)
class SameActivity:
    """Says that a unit's own report is of the joint activity (这是同一项活动)."""

    report_id: int
    unit_id: int
    own_id: int


@callback("jt.n")
@dataclass(frozen=True)
class AnotherActivity:
    """Says that a unit's own report is of another activity."""

    report_id: int
    unit_id: int


@callback("jt.o", shows=True)
@dataclass(frozen=True)
class OpenJoint:
    """Shows a joint activity as a partner is asked about it."""

    report_id: int
    unit_id: int


@callback("jt.l", shows=True)
@dataclass(frozen=True)
class ListJoint:
    """Shows a page of the joint activities that wait for the actor's units."""

    page: int = 1


def return_arg(report_id: int, version: int) -> str:
    """Return the argument with which the conversation `return` begins."""
    return f"{report_id}.{version}"


def task_arg(task_id: str) -> str:
    """Return the argument with which the conversation `report` begins on a task."""
    return f"{TASK_ARG}{task_id}"
