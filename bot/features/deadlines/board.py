"""Who has filed and who has not, for the office and for a unit's own people (TIME-03, TIME-04)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import View
from bot.features.archive.queries import Standing as FileStanding
from bot.features.archive.queries import find_standing
from bot.features.deadlines.changes import grants
from bot.features.deadlines.models import FilingState, Submission
from bot.features.deadlines.owing import (
    Slot,
    filings,
    known_deadlines,
    owed,
    own_deadline,
    slots_of_units,
)
from bot.features.deadlines.periods import Deadline
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.people.queries import Binding, bindings
from bot.features.units.models import Unit


class Standing(StrEnum):
    """How a unit stands with what it owes: 已报, 无活动, 已说明, 未到期, 逾期 (TIME-04)."""

    filed = "filed"
    no_activity = "no_activity"
    explained = "explained"
    missing = "missing"
    overdue = "overdue"


_STANDINGS = {
    FilingState.submitted: Standing.filed,
    FilingState.accepted: Standing.filed,
    FilingState.no_activity: Standing.no_activity,
    FilingState.explained: Standing.explained,
}


@dataclass(frozen=True)
class Board:
    """One deadline and how every unit stands with it, in the register's order.

    `contacts` are those of the units that have not filed, by unit. `empty_groups` owe nothing:
    nobody added their members yet.
    """

    deadline: Deadline
    slots: Sequence[Slot]
    empty_groups: Sequence[Unit]
    contacts: Mapping[int, Sequence[Binding]]
    now: datetime

    @property
    def missing(self) -> list[Slot]:
        """The units that have not filed, or whose filing was returned."""
        return [slot for slot in self.slots if not slot.is_settled]

    @property
    def filed(self) -> list[Slot]:
        """The units that have filed something that was not returned."""
        return [slot for slot in self.slots if slot.is_settled]

    @property
    def returned(self) -> int:
        """How many of the missing ones have something back to mend."""
        return sum(is_returned(slot) for slot in self.missing)

    @property
    def late(self) -> int:
        """How many filed, but too late."""
        return sum(slot.is_late for slot in self.filed)

    @property
    def expected(self) -> int:
        """How many units a filing is expected of: all but those whose excuse still runs."""
        return len(self.slots) - self.count(Standing.explained)

    @property
    def complete(self) -> int:
        """How many of the expected have filed, in time or later (completeness)."""
        return len(self.filed) - self.count(Standing.explained)

    @property
    def on_time(self) -> int:
        """How many of the expected have filed in time (timeliness)."""
        return sum(
            not slot.is_late and standing_of(slot, self.now) is not Standing.explained
            for slot in self.filed
        )

    @property
    def unbound(self) -> list[Slot]:
        """The units that have not filed and that nobody is bound to."""
        return [slot for slot in self.missing if not self.contacts.get(slot.unit.id)]

    @property
    def can_be_reminded(self) -> int:
        """How many units that have not filed have a contact who can be reached."""
        return sum(
            any(one.reachable for one in self.contacts.get(slot.unit.id, ()))
            for slot in self.missing
        )

    def count(self, standing: Standing) -> int:
        """Return how many units stand like this."""
        return sum(standing_of(slot, self.now) is standing for slot in self.slots)


@dataclass(frozen=True)
class FilingCard:
    """One version of a filing with what its card says around it; `late` is the slot's.

    `stands` is False for what was replaced, returned or taken back.
    `file` says how its file stands in the archive, None where it has none.
    """

    submission: Submission
    unit: Unit
    deadline: Deadline
    filed_by: str
    late: bool
    is_latest: bool
    stands: bool
    file: FileStanding | None = None


def standing_of(slot: Slot, now: datetime) -> Standing:
    """Return how a unit stands with what it owes at `now`.

    What was returned or taken back is owed again, an excuse that has ended as well.
    """
    if slot.filing is None or not slot.is_settled:
        return Standing.overdue if slot.is_overdue(now) else Standing.missing
    return _STANDINGS[slot.filing.state]


def is_returned(slot: Slot) -> bool:
    """Tell whether the last version came back to be mended."""
    return slot.filing is not None and slot.filing.latest.state is FilingState.returned


def boards(view: View, config: Config, wanted: Sequence[Deadline] | None = None) -> list[Board]:
    """Return the boards of the deadlines `wanted` (None: of all that anybody owes)."""
    known = known_deadlines(view, config) if wanted is None else wanted
    contacts: dict[int, list[Binding]] = {}
    for one in bindings(view):
        if one.role is Role.contact:
            contacts.setdefault(one.unit_id, []).append(one)
    return [
        Board(one.deadline, one.slots, one.empty_groups, contacts, view.now)
        for one in owed(view, config, known)
        if one.slots or wanted is not None
    ]


def current_boards(view: View, config: Config) -> list[Board]:
    """Return the boards that matter now: what is not over, and what is over but not complete."""
    return [one for one in boards(view, config) if one.missing or view.now < one.deadline.ends_at]


def own_slots(view: View, config: Config, unit_ids: Collection[int]) -> list[Slot]:
    """Return what the units owe, what ends first at the beginning; three statements."""
    slots = slots_of_units(view, config, known_deadlines(view, config), unit_ids)
    return sorted(slots, key=lambda slot: slot.deadline.ends_at)


def open_slots(view: View, config: Config, actor: Actor) -> list[Slot]:
    """Return what the units have still to file that `actor` is contact of."""
    return [slot for slot in own_slots(view, config, actor.unit_ids) if not slot.is_settled]


def find_slot(slots: Sequence[Slot], obligation: str, period: str, unit_id: int) -> Slot | None:
    """Return one of `slots` by its parts; None when it is not among them."""
    key = (obligation, period, unit_id)
    return next((slot for slot in slots if slot.key == key), None)


def waiting_for_review(view: View) -> list[int]:
    """Return the filings that the 文明办 is to look at: the latest plans and months, oldest first.

    本月无活动 and 情况说明 are read on the board; nobody has to accept them.
    """
    latest = select(func.max(Submission.id)).group_by(
        Submission.obligation, Submission.period, Submission.unit_id
    )
    found = view.session.scalars(
        select(Submission.id)
        .where(Submission.id.in_(latest), Submission.state == FilingState.submitted)
        .order_by(Submission.id)
    )
    return list(found)


def latest_filing(view: View, slot: Slot) -> Submission | None:
    """Return the last version of what a unit filed for the slot; None when nothing was filed."""
    if slot.filing is None:
        return None
    return view.session.get(Submission, slot.filing.latest.submission_id)


def filing_card(view: View, config: Config, submission: Submission) -> FilingCard:
    """Return a filing as its card shows it."""
    for_all = next(
        one
        for one in known_deadlines(view, config, ended=True)
        if one.key == (submission.obligation, submission.period)
    )
    own = grants(view, [for_all])
    deadline = own_deadline(config, for_all, submission.unit_id, own)
    slot_key = (*deadline.key, submission.unit_id)
    filing = filings(view, config, [for_all], unit_ids=[submission.unit_id], own=own)[slot_key]
    unit = view.session.get_one(Unit, submission.unit_id)
    person = view.session.get(Person, submission.filed_by)
    return FilingCard(
        submission,
        unit,
        deadline,
        filed_by="" if person is None else person.name,
        late=filing.late is True,
        is_latest=submission.version == filing.latest.number,
        stands=submission.id == filing.submission_id,
        file=None
        if submission.stored_file_id is None
        else find_standing(view, submission.stored_file_id),
    )


def filed_by(view: View, person_id: int) -> list[tuple[datetime, str, str]]:
    """Return what a person filed, the oldest first: when, the obligation's id and the period."""
    found = view.session.execute(
        select(Submission.filed_at, Submission.obligation, Submission.period)
        .where(Submission.filed_by == person_id)
        .order_by(Submission.id)
    )
    return [(at, obligation, period) for at, obligation, period in found]
