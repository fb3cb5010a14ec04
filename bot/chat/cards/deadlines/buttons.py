"""What the buttons of deadlines carry."""

from dataclasses import dataclass

from bot.chat.callback import callback
from bot.core.errors import StaleButton
from bot.features.deadlines.filing import Where
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import ONCE

PLAN = "plan"
"""The conversation that files a plan."""
MONTH = "month"
"""The conversation that adds words to a section of the month's information."""
NOTHING = "nothing"
"""The conversation that files 本月无活动."""
WORDS = "duewords"
"""The conversation that files words where words are owed."""
ORDER = "order"
"""The conversation in which the office asks units for something."""
MOVE = "movedue"
"""The conversation in which the office moves a deadline for all."""
EXTEND = "extend"
"""The conversation in which a unit asks for more time."""
REFUSE = "extendno"
"""The conversation in which the office refuses more time."""
WORKDAY = "workday"
"""The conversation in which the office corrects which days people work on."""
PLAN_BACK = "filingback"
"""The conversation that returns a filing."""

_BETWEEN = "~"
_PARTS = 3


@callback("dl.u", shows=True)
@dataclass(frozen=True)
class ShowDues:
    """Shows what the contact's units have still to file."""


@callback("dl.m", shows=True)
@dataclass(frozen=True)
class ShowMonth:
    """Shows the month's information of a unit."""

    unit_id: int
    obligation: str
    period: str


@callback("dl.n", shows=True)
@dataclass(frozen=True)
class ShowCurrentMonth:
    """Shows the month that is to be written next."""


@callback("dl.p", shows=True)
@dataclass(frozen=True)
class ShowPlan:
    """Shows what a unit owes for a period and files in one piece: the plan, a file, words."""

    unit_id: int
    obligation: str
    period: str = ONCE


@callback("dl.b", shows=True)
@dataclass(frozen=True)
class ShowBoards:
    """Shows, for each deadline, how many have filed."""


@callback("dl.o", shows=True)
@dataclass(frozen=True)
class OpenBoard:
    """Shows a page of those who have not filed for a deadline."""

    obligation: str
    period: str
    page: int = 1


@callback("dl.f", shows=True)
@dataclass(frozen=True)
class ListFiled:
    """Shows a page of those who have filed for a deadline."""

    obligation: str
    period: str
    page: int = 1


@callback("dl.l", shows=True)
@dataclass(frozen=True)
class ListOrders:
    """Shows a page of what the office asks for beside config.yaml."""

    page: int = 1


@callback("dl.g", shows=True)
@dataclass(frozen=True)
class OpenOrder:
    """Shows one thing that the office asks for."""

    obligation: str


@callback("dl.e")
@dataclass(frozen=True)
class EndOrder:
    """Asks for it no more; `sure` after the question."""

    obligation: str
    sure: bool = False


@callback("dl.w", shows=True)
@dataclass(frozen=True)
class NextWaiting:
    """Shows the plan or month that has waited longest for its review."""


@callback("dl.s", shows=True)
@dataclass(frozen=True)
class OpenFiling:
    """Shows what was filed."""

    submission_id: int


@callback("dl.d")
@dataclass(frozen=True)
class SendFile:
    """Sends the file that was filed."""

    submission_id: int


@callback("dl.a")
@dataclass(frozen=True)
class Accept:
    """Accepts a filing (采用)."""

    submission_id: int


@callback("dl.c")
@dataclass(frozen=True)
class RemindMissing:
    """Reminds exactly those who have not filed."""

    obligation: str
    period: str


@callback("dl.k")
@dataclass(frozen=True)
class ConfirmDone:
    """Files that it is done, where only that is owed."""

    obligation: str
    period: str
    unit_id: int


@callback("dl.xo", shows=True)
@dataclass(frozen=True)
class OpenExtension:
    """Shows a wish for more time."""

    extension_id: int


@callback("dl.xn", shows=True)
@dataclass(frozen=True)
class NextExtension:
    """Shows the wish for more time that has waited longest for its answer."""


@callback("dl.xg")
@dataclass(frozen=True)
class GrantExtension:
    """Grants more time (同意)."""

    extension_id: int


@callback("dl.z")
@dataclass(frozen=True)
class NoMoreToday:
    """Wants no further reminder today (今天不再提醒)."""


@callback("dl.x")
@dataclass(frozen=True)
class NotAPlan:
    """The file that was sent is no plan."""


@callback("dl.read")
@dataclass(frozen=True)
class ReadAsActivities:
    """The file that was sent is no plan: it tells of activities and is to be read (REP-19)."""


def slot_arg(slot: Slot) -> str:
    """Return what a conversation begins with to file for `slot`."""
    return arg_of(*slot.key)


def arg_of(obligation: str, period: str, unit_id: int) -> str:
    """Return what a conversation begins with to file for a slot named by its parts."""
    return _BETWEEN.join((obligation, period, str(unit_id)))


def section_arg(slot: Slot, section: str) -> str:
    """Return what the conversation begins with that adds words to one section of a month."""
    return _BETWEEN.join((slot_arg(slot), section))


def read_slot(arg: str | None) -> tuple[Where, str | None]:
    """Return the slot that `arg` names, and the section (None: none). Raises StaleButton."""
    parts = (arg or "").split(_BETWEEN)
    if len(parts) not in {_PARTS, _PARTS + 1}:
        raise StaleButton
    if not parts[2].isascii() or not parts[2].isdigit():
        raise StaleButton
    return Where(parts[0], parts[1], int(parts[2])), parts[_PARTS] if parts[_PARTS:] else None
