"""Posts that are over, and hours of them, for tests on any store."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.features.hours import ledger, requests
from bot.features.hours.models import HourEntry, HourRequest, HourRuling
from bot.features.hours.queries import month_totals
from bot.features.hours.rules import Presence, Totals
from bot.features.people.actor import Actor
from bot.features.posts.models import Post
from tests.features.posts.scene import SATURDAY, Scene
from tests.support.clock import SetClock


@dataclass
class HourScene(Scene):
    """A store with posts, people, and a clock to move."""

    clock: SetClock = field(kw_only=True)

    def past_post(
        self, *people: Actor, lead: Actor | None = None, at: datetime = SATURDAY, hours: float = 2
    ) -> int:
        """Return a post that `people` had places at and that ended an hour ago."""
        self.clock.at = at - timedelta(days=5)
        post = self.post(at=at, hours=hours, capacity=max(1, len(people)), lead=lead)
        for one in people:
            self.sign_up(one, post)
        self.clock.at = at + timedelta(hours=hours + 1)
        return post

    def credit(
        self,
        post_id: int,
        *people: Actor,
        come: float = 0,
        go: float = 120,
        signed: bool = True,
        by: Actor | None = None,
    ) -> dict[int, int]:
        """Close the post with `people` there from `come` to `go`, minutes after its start."""
        start = self.get(post_id).starts_at
        there = [
            Presence(
                one.person_id,
                start + timedelta(minutes=come),
                start + timedelta(minutes=go),
                signed=signed,
            )
            for one in people
        ]
        return self.write(
            lambda work: ledger.credit(
                work,
                self.config,
                work.session.get_one(Post, post_id),
                there,
                by=None if by is None else by.person_id,
            )
        )

    def correct(self, actor: Actor, entry_id: int, minutes: int, reason: str = "记错了") -> int:
        """Let `actor` correct an entry; return the correction's id."""
        return self.write(
            lambda work: (
                ledger.correct(
                    work,
                    self.config,
                    actor=actor,
                    entry_id=entry_id,
                    minutes=minutes,
                    reason=reason,
                ).id
            )
        )

    def ask(
        self,
        actor: Actor,
        post_id: int,
        minutes: int = 60,
        words: str = "忘了签到",
        *,
        of: Actor | None = None,
    ) -> int:
        """Let `actor` ask for hours of a post, of their own or `of` somebody."""
        return self.write(
            lambda work: (
                requests.ask_for_post(
                    work,
                    self.config,
                    actor=actor,
                    person_id=(of or actor).person_id,
                    post_id=post_id,
                    minutes=minutes,
                    words=words,
                ).id
            )
        )

    def grant(self, actor: Actor, request_id: int) -> None:
        """Let `actor` confirm hours that were asked for."""
        self.write(lambda work: requests.grant(work, actor=actor, request_id=request_id).id)

    def entries(self, person: Actor) -> list[HourEntry]:
        """Return the rows of the ledger about a person."""
        return self.read(
            lambda view: list(
                view.session.scalars(
                    select(HourEntry)
                    .where(HourEntry.person_id == person.person_id)
                    .order_by(HourEntry.id)
                )
            )
        )

    def totals(self, person: Actor, at: datetime = SATURDAY) -> Totals:
        """Return a person's hours of a month."""
        day = at.date()
        return self.read(
            lambda view: month_totals(view, person.person_id, day, until=day.replace(day=28))
        )

    def rulings(self) -> list[HourRuling]:
        """Return all that was decided."""
        return self.read(lambda view: list(view.session.scalars(select(HourRuling))))

    def requests(self) -> list[HourRequest]:
        """Return all that was asked for."""
        return self.read(lambda view: list(view.session.scalars(select(HourRequest))))
