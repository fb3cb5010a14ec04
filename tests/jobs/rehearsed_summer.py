"""The people of a summer with the real campaign: who files, explains, comes, leaves and blocks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.config import Config
from bot.core.dates import start_of
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.deadlines.chasing import snooze
from bot.features.deadlines.filing import Where, file_nothing
from bot.features.people.actor import Actor
from bot.features.people.models import Grant, Person
from bot.features.people.service import mark_reachable, mark_unreachable
from bot.features.posts import service
from bot.features.posts.models import Post
from bot.features.posts.service import NewPost
from bot.features.units.models import UnitKind
from bot.features.units.queries import get_unit, register
from tests.jobs.rehearsed import Act
from tests.jobs.rehearsed_office import Office
from tests.jobs.rehearsed_routines import Routines
from tests.jobs.ticking import file_for, shanghai
from tests.support.people import again, load, make

BEGIN, END = shanghai("06-01T00:00"), shanghai("10-01T00:00")
VOLUNTEERS = 7
CONTACTS = 8
"""So many units have a contact; the others have nobody."""
_UNTIL = {1: shanghai("08-20T10:00"), 7: shanghai("07-15T10:00")}
"""When a unit closes, and when a contact's role ends."""


@dataclass
class Summer:
    """The database of the summer, and what people do in it."""

    store: Store
    config: Config
    acts: list[Act] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    contacts: list[Actor] = field(default_factory=list)
    people: list[Actor] = field(default_factory=list)
    posts: dict[tuple[date, str], int] = field(default_factory=dict)

    def prepare(self) -> None:
        """Put units and people into the database, and write down what they do."""
        load(self.store, self.config)
        slugs = {one.slug for one in self.config.units_owing("O2")}
        known = self.store.read_now(register)
        single = [one.slug for one in known if one.kind is not UnitKind.group]
        self.units = [slug for slug in single if slug in slugs][:CONTACTS]
        self.contacts = [make(self.store, Role.contact, unit=slug) for slug in self.units]
        make(self.store, Role.contact, unit=self.units[0])
        for slug in self.units[:4]:
            make(self.store, Role.unit_head, unit=slug)
        self.office = [make(self.store, Role.coordinator) for _ in range(2)]
        self.people = [make(self.store, Role.volunteer) for _ in range(VOLUNTEERS)]
        self.lead = make(self.store, Role.volunteer)
        self.store.write_now(self._choices)
        self.acts += [*self._filings(), *self._odd_days()]
        monday = date(2024, 6, 3)
        own = Routines(self.store, self.config, self.contacts)
        self.acts += own.acts(start_of(monday, self.config.time.zone_info), weeks=10)
        hands = Office(self.store, self.config, self.office[0], self.contacts)
        while monday < date(2024, 9, 28):
            self.acts += self._week(monday)
            begin = start_of(monday, self.config.time.zone_info)
            self.acts += hands.week(begin, (monday - date(2024, 6, 3)).days // 7)
            monday += timedelta(days=7)

    def _choices(self, work: Work) -> None:
        """Let some be reminded at another time, some not twice, and one through another."""
        people = [work.session.get_one(Person, one.person_id) for one in self.people]
        for person, minutes in zip(people, (30, 60, 180, 0), strict=False):
            person.reminder_minutes = minutes
        people[-1].telegram_id, people[-1].registered_by = None, people[-2].id

    def _filings(self) -> Iterator[Act]:
        """Some plans and months are filed, early, late and by day; others never are."""
        for number, slug in enumerate(self.units):
            if self._owes_plan(slug) and number % 3:
                yield (
                    shanghai("06-05T10:00") + timedelta(days=number),
                    self._file(number, "O1", "once"),
                )
            for month in (6, 7, 8, 9):
                if (number + month) % 3 == 0:
                    continue
                day = start_of(date(2024, month, 22), self.config.time.zone_info)
                at = day + timedelta(days=number * (month % 2 + 1) % 20, hours=8 + number % 9)
                if at < min(END, _UNTIL.get(number, END)):
                    yield at, self._file(number, "O2", f"2024-{month:02d}")
        yield shanghai("06-27T08:00"), self._explain(2, "2024-06", date(2024, 7, 3))
        yield shanghai("07-02T11:00"), self._explain(5, "2024-06", date(2024, 7, 12))
        yield shanghai("08-30T20:00"), self._explain(4, "2024-08", date(2024, 9, 6))

    def _owes_plan(self, slug: str) -> bool:
        return any(one.slug == slug for one in self.config.units_owing("O1"))

    def _file(self, number: int, obligation: str, period: str) -> Callable[[], object]:
        contact, slug = self.contacts[number], self.units[number]
        return lambda: file_for(self.store, self.config, contact, slug, obligation, period)

    def _explain(self, number: int, period: str, until: date) -> Callable[[], object]:
        def write(work: Work) -> None:
            where = Where("O2", period, get_unit(work, self.units[number]).id)
            actor = self.contacts[number]
            file_nothing(
                work,
                where,
                actor=actor,
                config=self.config,
                reason="本月人员借调，活动推迟。",
                excused_until=until,
            )

        return lambda: self.store.write_now(write)

    def _odd_days(self) -> Iterator[Act]:
        """Somebody blocks the bot and comes back, somebody snoozes, roles end, a unit closes."""
        away, snoozing, gone = self.contacts[3], self.contacts[6], self.contacts[7]
        yield (
            shanghai("06-20T12:00"),
            lambda: self.store.write_now(lambda work: mark_unreachable(work, away.telegram_id)),
        )
        yield (
            shanghai("08-05T15:00"),
            lambda: self.store.write_now(lambda work: mark_reachable(work, away.person_id)),
        )
        yield (
            shanghai("07-28T08:30"),
            lambda: self.store.write_now(
                lambda work: snooze(work, actor=snoozing, config=self.config)
            ),
        )
        yield _UNTIL[7], lambda: self.store.write_now(lambda work: _end(work, gone))
        yield (
            _UNTIL[1],
            lambda: self.store.write_now(lambda work: _close(work, self.units[1])),
        )

    def _week(self, monday: date) -> Iterator[Act]:
        """Four posts a week: one too early to be reminded of, one that moves, one that is full."""
        zone = self.config.time.zone_info
        begin = start_of(monday, zone)
        times = {
            "early": begin + timedelta(days=4, hours=6, minutes=30),
            "market": begin + timedelta(days=5, hours=7, minutes=30),
            "talk": begin + timedelta(days=5, hours=15, minutes=20),
            "evening": begin + timedelta(days=6, hours=20),
        }
        yield begin + timedelta(minutes=10), lambda: self._publish(monday, times)
        yield begin + timedelta(hours=12), lambda: self._sign_up(monday, 0, 4)
        yield begin + timedelta(days=4, hours=18, minutes=50), lambda: self._sign_up(monday, 4, 6)
        yield begin + timedelta(days=5, hours=7), lambda: self._sign_up(monday, 6, 7)
        yield begin + timedelta(days=6, hours=9, minutes=5), lambda: self._move(monday)

    def _publish(self, monday: date, times: dict[str, datetime]) -> None:
        for name, at in times.items():
            new = NewPost(
                kind="lukou-yindao",
                place=name,
                starts_at=at,
                ends_at=at + timedelta(minutes=70),
                capacity=30,
                lead_person_id=self.lead.person_id if name != "talk" else None,
            )
            self.posts[monday, name] = self.store.write_now(
                lambda work, new=new: service.publish(work, actor=self.office[0], post=new).id  # type: ignore[misc]
            )

    def _sign_up(self, monday: date, first: int, last: int) -> None:
        for number in range(first, last):
            person = again(self.store, self.people[number])
            for place, name in enumerate(("early", "market", "talk", "evening")):
                post_id = self.posts[monday, name]
                if (number + place + monday.day) % 2 and self._is_open(post_id):
                    self.store.write_now(
                        lambda work, person=person, post_id=post_id: service.sign_up(  # type: ignore[misc]
                            work, actor=person, post_id=post_id, config=self.config
                        )
                    )

    def _is_open(self, post_id: int) -> bool:
        def look(work: Work) -> bool:
            return work.session.get_one(Post, post_id).starts_at > work.now + timedelta(hours=1)

        return self.store.write_now(look)

    def _move(self, monday: date) -> None:
        def write(work: Work) -> None:
            post = work.session.get_one(Post, self.posts[monday, "evening"])
            there = service.Changes(
                kind=post.kind,
                place=post.place,
                starts_at=post.starts_at - timedelta(hours=1),
                ends_at=post.ends_at - timedelta(hours=1),
                lead_person_id=post.lead_person_id,
                note=post.note,
            )
            service.change(
                work,
                actor=self.office[0],
                post_id=post.id,
                version=post.version,
                changes=there,
                config=self.config,
            )

        self.store.write_now(write)


def _end(work: Work, actor: Actor) -> None:
    for grant in work.session.scalars(select(Grant).where(Grant.person_id == actor.person_id)):
        grant.revoked_at = work.now


def _close(work: Work, slug: str) -> None:
    get_unit(work, slug).closed_at = work.now
