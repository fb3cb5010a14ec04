"""What the office does in the rehearsed summer: notices with receipts, meetings, moves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import update

from bot.config import Config
from bot.core.dates import end_of, local_day
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.meetings import answers
from bot.features.meetings.models import Coming
from bot.features.meetings.service import NewMeeting, call_meeting
from bot.features.notices.audience import Audience, Part, PartKind
from bot.features.notices.content import Content
from bot.features.notices.service import Plan, confirm, topic_of
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.actor import Actor
from bot.features.receipts.service import confirm as confirm_receipt
from bot.features.rehearsal.looking import Letter, letters_from
from bot.features.rehearsal.models import SkipReason
from bot.features.rehearsal.senders import SENDERS
from bot.features.rehearsal.skipping import move, skip
from bot.features.rehearsal.times import choices
from bot.features.runs.foresight import ahead
from tests.jobs.rehearsed import Act
from tests.support.people import again

_CONTACTS = Audience(frozenset({Part(PartKind.role, Role.contact.value)}), frozenset())
_WEEKS = 3
"""A notice and a meeting come every so many weeks."""


@dataclass
class Office:
    """A coordinator of the summer, and the contacts who answer."""

    store: Store
    config: Config
    actor: Actor
    contacts: Sequence[Actor]
    notices: dict[datetime, int] = field(default_factory=dict)
    meetings: dict[datetime, int] = field(default_factory=dict)
    changed: int = 0

    def week(self, begin: datetime, number: int) -> Iterator[Act]:
        """Yield what is done in a week that begins at `begin`."""
        hour, day = timedelta(hours=1), timedelta(days=1)
        yield begin + 4 * day + 8 * hour, self._change
        if number % _WEEKS == 0:
            yield begin + 11 * hour, lambda: self._plan(begin)
            yield begin + 2 * day + 17 * hour, lambda: self._arrive(begin)
            yield begin + 2 * day + 18 * hour, lambda: self._confirm(begin)
        if number % _WEEKS == 1:
            yield begin + 10 * hour, lambda: self._call(begin)
            yield begin + 12 * hour, lambda: self._answer(begin)

    def _plan(self, begin: datetime) -> None:
        """Plan a notice for Wednesday at four, and the chase of its receipts for Thursday."""
        plan = Plan(
            send_at=begin + timedelta(days=2, hours=16),
            wants_receipt=True,
            chase_at=begin + timedelta(days=3, hours=15),
        )
        self.notices[begin] = self.store.write_now(
            lambda work: (
                confirm(
                    work,
                    actor=self.actor,
                    config=self.config,
                    content=Content("请各单位报送材料"),
                    audience=_CONTACTS,
                    plan=plan,
                ).id
            )
        )

    def _arrive(self, begin: datetime) -> None:
        topic = topic_of(self.notices[begin])
        sent = update(OutboxRow).where(OutboxRow.topic == topic).values(state=State.sent)
        self.store.write_now(lambda work: work.session.execute(sent) and None)

    def _confirm(self, begin: datetime) -> None:
        for contact in self.contacts[::2]:
            actor, number = again(self.store, contact), self.notices[begin]
            self.store.write_now(
                lambda work, actor=actor, number=number: confirm_receipt(  # type: ignore[misc]
                    work, actor=actor, notice_id=number
                )
            )

    def _call(self, begin: datetime) -> None:
        given = NewMeeting("推进会", begin + timedelta(days=3, hours=15), "二楼")
        self.meetings[begin] = self.store.write_now(
            lambda work: (
                call_meeting(
                    work, actor=self.actor, config=self.config, given=given, audience=_CONTACTS
                ).id
            )
        )

    def _answer(self, begin: datetime) -> None:
        for contact, answer in (
            (self.contacts[0], Coming.comes),
            (self.contacts[4], Coming.leave),
        ):
            actor = again(self.store, contact)
            self.store.write_now(
                lambda work, actor=actor, answer=answer: answers.reply(  # type: ignore[misc]
                    work, actor=actor, meeting_id=self.meetings[begin], answer=answer
                )
            )

    def _change(self) -> None:
        """Move the first message of each sender that can be moved, and cancel the next one."""

        def write(work: Work) -> None:
            zone = self.config.time.zone_info
            until = end_of(local_day(work.now, zone), zone)
            for sender in SENDERS:
                found = list(letters_from(ahead(work), self.config, until, sender))
                for letter in found[:1]:
                    self._move(work, letter)
                for letter in found[1:2]:
                    self._skip(work, letter)

        self.store.write_now(write)

    def _move(self, work: Work, letter: Letter) -> None:
        planned = letter.planned
        allowed = [one.to for one in choices(work, self.config, letter) if one.why_not is None]
        if allowed:
            move(
                work,
                actor=self.actor,
                config=self.config,
                kind=planned.kind,
                at=letter.at,
                person_id=planned.person_id,
                to=allowed[0],
            )
            self.changed += 1

    def _skip(self, work: Work, letter: Letter) -> None:
        planned = letter.planned
        skip(
            work,
            actor=self.actor,
            config=self.config,
            kind=planned.kind,
            at=letter.at,
            person_id=planned.person_id,
            reason=SkipReason.needless,
        )
        self.changed += 1
