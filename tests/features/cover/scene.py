"""People, posts and calls for cover, on any store."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select

from bot.db.work import Work
from bot.features.cover import answering, calling, closing, searching, taking
from bot.features.cover.choosing import Candidates
from bot.features.cover.leaving import leave_and_tell
from bot.features.cover.models import AskState, CoverAsk, CoverCall
from bot.features.outbox.models import Kind, OutboxRow, State
from bot.features.people.actor import Actor
from bot.features.people.models import Person
from bot.features.posts.models import Post
from bot.features.posts.service import Left
from tests.features.posts.scene import Scene


@dataclass
class CoverScene(Scene):
    """A scene with the hands of those who cover posts."""

    def look(self, actor: Actor, post_id: int) -> CoverCall:
        """Let somebody look for a stand-in."""
        return self.write(
            lambda work: searching.look_for_stand_in(work, actor=actor, post_id=post_id)
        )

    def stop(self, actor: Actor, call: CoverCall) -> CoverCall:
        """Let somebody look for nobody any more."""
        return self.write(lambda work: searching.stop_looking(work, actor=actor, call_id=call.id))

    def ask_around(self, actor: Actor, call: CoverCall) -> int:
        """Let the bot ask volunteers for a stand-in."""
        return self.write(
            lambda work: searching.ask_around(
                work, actor=actor, call_id=call.id, config=self.config
            )
        )

    def propose(self, actor: Actor, post_id: int, other_id: int) -> CoverCall:
        """Let somebody propose a swap."""
        return self.write(
            lambda work: searching.propose_swap(
                work, actor=actor, post_id=post_id, other_id=other_id, config=self.config
            )
        )

    def take(self, actor: Actor, call: CoverCall) -> Post:
        """Let somebody take what a call is about."""
        return self.write(
            lambda work: taking.take_over(work, actor=actor, call=call, config=self.config)
        )

    def leave_and_tell(self, actor: Actor, post_id: int) -> Left:
        """Let somebody leave, the lead told."""
        return self.write(
            lambda work: leave_and_tell(work, actor=actor, post_id=post_id, config=self.config)
        )

    def call(self, actor: Actor, post_id: int, most: int = 0) -> CoverCall:
        """Ask people to come to a post."""
        return self.write(
            lambda work: calling.call_for_cover(
                work, actor=actor, post_id=post_id, most=most, config=self.config
            )
        )

    def candidates(self, actor: Actor, post_id: int) -> Candidates:
        """Return who would be asked, and who not."""
        return self.read(
            lambda view: (
                calling.preview(view, actor=actor, post_id=post_id, config=self.config).candidates
            )
        )

    def say_yes(self, actor: Actor, ask: CoverAsk) -> Post:
        """Let somebody say yes."""
        return self.write(
            lambda work: answering.accept(work, actor=actor, ask_id=ask.id, config=self.config)
        )

    def say_no(self, actor: Actor, ask: CoverAsk) -> CoverCall:
        """Let somebody say no."""
        return self.write(lambda work: answering.decline(work, actor=actor, ask_id=ask.id))

    def rest(self, actor: Actor, ask: CoverAsk | None = None) -> datetime:
        """Let somebody want no asks this week."""
        return self.write(
            lambda work: answering.rest_this_week(
                work, actor=actor, config=self.config, ask_id=None if ask is None else ask.id
            )
        )

    def settle(self) -> list[int]:
        """Do what the clock would do; return the calls that something was done for."""
        due = list(self.read(closing.due))
        for call_id in due:
            self.write(partial(closing.settle, call_id=call_id, config=self.config))
        return due

    def get_call(self, call: CoverCall) -> CoverCall:
        """Return a call as it is now."""
        return self.read(lambda view: view.session.get_one(CoverCall, call.id))

    def asks(self, call: CoverCall) -> list[CoverAsk]:
        """Return the asks of a call, oldest first."""
        return list(
            self.read(
                lambda view: view.session.scalars(
                    select(CoverAsk).where(CoverAsk.call_id == call.id).order_by(CoverAsk.id)
                ).all()
            )
        )

    def asked(self, call: CoverCall) -> list[int]:
        """Return who was asked, in this order."""
        return [one.person_id for one in self.asks(call)]

    def states(self, call: CoverCall) -> list[AskState]:
        """Return what came of the asks, oldest first."""
        return [one.state for one in self.asks(call)]

    def ask_of(self, actor: Actor, call: CoverCall) -> CoverAsk:
        """Return what somebody was asked."""
        return next(one for one in self.asks(call) if one.person_id == actor.person_id)

    def edits(self, actor: Actor) -> list[str]:
        """Return the changes of messages to a person, oldest first."""
        return [row.payload["html"] for row in self.rows(actor) if row.kind is Kind.edit]

    def rows(self, actor: Actor) -> list[OutboxRow]:
        """Return what goes to a person, oldest first."""
        return list(
            self.read(
                lambda view: view.session.scalars(
                    select(OutboxRow)
                    .where(OutboxRow.person_id == actor.person_id)
                    .order_by(OutboxRow.id)
                ).all()
            )
        )

    def send_all(self) -> None:
        """Let everything in the outbox have been sent."""

        def write(work: Work) -> None:
            for row in work.session.scalars(
                select(OutboxRow).where(OutboxRow.state == State.pending)
            ):
                row.state = State.sent
                row.message_id = row.id

        self.write(write)

    def set_person(self, actor: Actor, **values: object) -> None:
        """Change what is kept of a person."""

        def write(work: Work) -> None:
            person = work.session.get_one(Person, actor.person_id)
            for name, value in values.items():
                setattr(person, name, value)

        self.write(write)
