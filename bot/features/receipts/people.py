"""The recipients of a notice with all that is known of each, as parts of a statement."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, select
from sqlalchemy.sql.selectable import Subquery

from bot.core.roles import UNIT_BOUND
from bot.features.notices.models import NoticeRecipient
from bot.features.notices.service import topic_of
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.models import Grant, Person
from bot.features.receipts.models import Receipt

ARRIVED = (State.sent, State.unknown)
"""States of a message that its reader has, or may have."""


@dataclass(frozen=True)
class Recipients:
    """A statement over the recipients of one notice, one row each, and its columns.

    `unit_id` is the unit that a recipient belongs to (the first one of several), None for those
    without. `state` is their message's, None while it is not in the outbox yet.
    """

    rows: Subquery

    @property
    def missing(self) -> ColumnElement[bool]:
        """Who has not confirmed."""
        return self.rows.c.confirmed_at.is_(None)

    @property
    def can_be_asked(self) -> ColumnElement[bool]:
        """Who has not confirmed although the notice arrived, and can be written to."""
        return and_(
            self.missing,
            self.rows.c.state.in_(ARRIVED),
            self.rows.c.telegram_id.is_not(None),
            self.rows.c.unreachable_at.is_(None),
        )

    def count(self, which: ColumnElement[bool]) -> ColumnElement[int]:
        """Return how many are `which`, as a column of a statement over the rows."""
        return func.coalesce(func.sum(case((which, 1), else_=0)), 0)

    def state_is(self, *states: State) -> ColumnElement[bool]:
        """Whose message is in one of `states`."""
        column: ColumnElement[bool] = self.rows.c.state.in_(states)
        return column


def recipients_of(notice_id: int) -> Recipients:
    """Return the recipients of a notice; those who were left out when it began are none."""
    home = home_unit().subquery("home")
    # The key finds each person's row by its index, however many rows the notice has.
    key = literal(f"{topic_of(notice_id)}:").concat(cast(NoticeRecipient.person_id, String))
    query = (
        select(
            NoticeRecipient.person_id,
            Person.name,
            Person.telegram_id,
            Person.unreachable_at,
            home.c.unit_id,
            OutboxRow.state,
            Receipt.at.label("confirmed_at"),
            Receipt.late,
        )
        .join(Person, Person.id == NoticeRecipient.person_id)
        .outerjoin(home, home.c.person_id == NoticeRecipient.person_id)
        .outerjoin(OutboxRow, OutboxRow.dedupe_key == key)
        .outerjoin(
            Receipt,
            and_(
                Receipt.notice_id == NoticeRecipient.notice_id,
                Receipt.person_id == NoticeRecipient.person_id,
            ),
        )
        .where(NoticeRecipient.notice_id == notice_id, NoticeRecipient.dropped.is_(None))
    )
    return Recipients(query.subquery("recipients"))


def home_unit() -> Select[int, int | None]:
    """Return the statement that names the unit of each person who is bound to one: the first."""
    return (
        select(Grant.person_id, func.min(Grant.unit_id).label("unit_id"))
        .where(Grant.role.in_(UNIT_BOUND), Grant.unit_id.is_not(None), Grant.revoked_at.is_(None))
        .group_by(Grant.person_id)
    )
