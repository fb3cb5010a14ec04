"""A summer of four units: who files what when, and who must be reminded of what on which day.

The oracle goes through the days with nothing but the rules of the requirement (TIME-15); it shares
no code with the ladder.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.people.actor import Actor
from bot.features.people.grants import give
from bot.features.units.queries import register
from tests.jobs.ticking import Told, arrive, file_for, shanghai
from tests.support.people import again, load, make, unit_named

FIRST, LAST = date(2024, 6, 3), date(2024, 9, 30)
BEFORE, EVERY, HEAD_AFTER = (7, 3, 1, 0), 3, 3
Key = tuple[str, str]
DUE: dict[Key, date] = {
    ("O1", "once"): date(2024, 6, 10),
    ("O2", "2024-06"): date(2024, 6, 30),
    ("O2", "2024-07"): date(2024, 7, 31),
    ("O2", "2024-08"): date(2024, 8, 31),
    ("O2", "2024-09"): date(2024, 9, 30),
}
CALLED = {
    ("O1", "once"): "创建宣传方案",
    **{("O2", f"2024-{month:02d}"): f"{month}月创建宣传信息" for month in (6, 7, 8, 9)},
}
UNITS = {"kexie": "区科协", "keji": "区科技局", "jiaoyu": "区教育局"}
NOBODYS = "shangwu"
"""A unit that nobody is bound to."""
CONTACTS = {"kexie": ("甲", "乙"), "keji": ("甲",), "jiaoyu": ("丙",)}
HEADS = {"kexie": ("丁",), "jiaoyu": ("丁",)}
FILED: dict[tuple[str, Key], datetime] = {
    ("kexie", ("O1", "once")): shanghai("06-08T15:00"),
    ("kexie", ("O2", "2024-06")): shanghai("07-05T10:00"),  # late
    ("kexie", ("O2", "2024-07")): shanghai("07-31T08:00"),  # an hour before the last reminder
    ("keji", ("O1", "once")): shanghai("06-03T09:30"),
    ("keji", ("O2", "2024-06")): shanghai("06-30T23:59"),
    ("jiaoyu", ("O2", "2024-06")): shanghai("06-29T12:00"),
    ("jiaoyu", ("O2", "2024-07")): shanghai("07-29T12:00"),
    ("jiaoyu", ("O2", "2024-08")): shanghai("08-29T12:00"),
}
"""What is not here is never filed."""


@dataclass
class Cast:
    """The people of the summer, and what they have not filed yet."""

    people: dict[str, Actor]
    to_file: list[tuple[datetime, str, Key]]

    @property
    def names(self) -> dict[int, str]:
        return {actor.person_id: name for name, actor in self.people.items()}

    def file_until(self, now: datetime, store: Store, config: Config) -> None:
        """Let everything be filed whose time has come at `now`."""
        while self.to_file and self.to_file[0][0] <= now:
            _, slug, (obligation, period) = self.to_file.pop(0)
            contact = self.people[CONTACTS[slug][0]]
            store.write_now(arrive)
            file_for(store, config, contact, slug, obligation, period)


def cast(store: Store, config: Config) -> Cast:
    """Put the units and the people into the database."""
    load(store, config)
    store.write_now(_close_the_others)
    bound: dict[str, list[tuple[Role, str]]] = {}
    for role, table in ((Role.contact, CONTACTS), (Role.unit_head, HEADS)):
        for slug, names in table.items():
            for name in names:
                bound.setdefault(name, []).append((role, slug))
    people = {name: _person(store, name, roles) for name, roles in bound.items()}
    return Cast(people, sorted((at, slug, key) for (slug, key), at in FILED.items()))


def expected(ticks: Iterable[datetime]) -> Counter[Told]:
    """Return who must be told what on which day when the bot looks at the clock at `ticks`."""
    found: Counter[Told] = Counter()
    handled: dict[tuple[str, Key, str], date] = {}
    for now in ticks:
        local = now.astimezone(shanghai("06-01T00:00").tzinfo)
        if not 9 <= local.hour < 22:
            continue
        things: dict[str, set[str]] = {}
        for slug, key, kind, step in _latest_steps(local):
            if handled.get((slug, key, kind), date.min) >= step:
                continue
            handled[slug, key, kind] = step
            if step <= DUE[key] < local.date():
                continue  # a step before the deadline is never sent after it
            people = CONTACTS[slug] if kind == "contact" else HEADS.get(slug, ())
            mark = "" if kind == "contact" else "!"
            for name in people:
                things.setdefault(name, set()).add(f"{UNITS[slug]} {CALLED[key]}{mark}")
        for name, about in things.items():
            found[name, local.date(), frozenset(about)] += 1
    return found


def _latest_steps(local: datetime) -> Iterable[tuple[str, Key, str, date]]:
    today = local.date()
    for slug in UNITS:
        for key, due in DUE.items():
            if FILED.get((slug, key), shanghai("12-31T00:00")) <= local:
                continue
            begun = [due - timedelta(days=days) for days in BEFORE]
            begun += [
                due + timedelta(days=days) for days in range(EVERY, (LAST - due).days + 1, EVERY)
            ]
            due_now = [step for step in begun if FIRST <= step <= today]
            if due_now:
                yield slug, key, "contact", max(due_now)
            if (head := due + timedelta(days=HEAD_AFTER)) <= today:
                yield slug, key, "head", head


def _close_the_others(work: Work) -> None:
    for unit in register(work):
        if unit.slug not in {*UNITS, NOBODYS}:
            unit.closed_at = work.now


def _person(store: Store, name: str, roles: list[tuple[Role, str]]) -> Actor:
    actor = make(store, name=name)
    for role, slug in roles:
        actor = grant(store, actor, role, slug)
    return actor


def grant(store: Store, actor: Actor, role: Role, slug: str) -> Actor:
    """Let `actor` hold `role` for a unit from now on."""
    store.write_now(
        lambda work: give(
            work,
            person_id=actor.person_id,
            role=role,
            unit_id=unit_named(work, slug).id,
            by=None,
        )
    )
    return again(store, actor)
