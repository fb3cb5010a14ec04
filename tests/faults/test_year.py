"""A year of reminders and digests: kills, two copies and a wrong clock change nothing in it.

The same year is lived by one copy that never dies and by copies that do, and both must have noted
and written the same, at the same moments. What a year must hold whoever lives it is checked by
itself: one message a person a day, nothing before a deadline that is over, no hole in a ladder.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.deadlines.filing import Where, file_nothing
from bot.features.people.actor import Actor
from bot.features.runs import service
from tests.faults.year import YEAR_DAYS, Copies, Noted, Written, effects, moments
from tests.support.clock import SetClock
from tests.support.fixtures import open_store
from tests.support.people import load, make, unit_named

BEGIN = datetime.fromisoformat("2024-06-01T08:00:00+08:00")
UNITS = ("kexie", "keji", "jiaoyu", "chengguan")
VOLUNTEERS = 6
DEATHS = 0.05
SEED = 1

pytestmark = pytest.mark.timeout(900)


@contextmanager
def opened(url: str, config: Config, *, copies: int = 1) -> Iterator[tuple[list[Store], SetClock]]:
    """Yield stores of one database, in which there are people, and their clock."""
    clock = SetClock(BEGIN)
    with ExitStack() as held:
        stores = [
            held.enter_context(contextmanager(open_store)(url, config, clock))
            for _ in range(copies)
        ]
        yield stores, clock


def people(store: Store, config: Config) -> list[tuple[str, Actor]]:
    """Put a coordinator, heads, volunteers and contacts into the store; return the contacts."""
    load(store, config)
    make(store, Role.coordinator)
    for slug in UNITS[:2]:
        make(store, Role.unit_head, unit=slug)
    for _ in range(VOLUNTEERS):
        make(store, Role.volunteer)
    return [(slug, make(store, Role.contact, unit=slug)) for slug in UNITS]


def filing(store: Store, config: Config) -> Callable[[datetime], None]:
    """Return what the contacts of a year do: now and then one has nothing to report this month."""
    contacts = people(store, config)
    chance = random.Random(SEED)

    def file(moment: datetime) -> None:
        if chance.random() > 1 / 12:
            return
        slug, contact = chance.choice(contacts)
        unit_id = store.read_now(lambda view: unit_named(view, slug).id)
        where = Where("O2", f"{moment:%Y-%m}", unit_id)
        store.write_now(
            lambda work: file_nothing(work, where, actor=contact, config=config, reason="weather")
        )

    return file


@dataclass(frozen=True)
class Life:
    """What a year left behind, and how many copies died in it."""

    noted: set[Noted]
    written: list[Written]
    died: int

    def is_as(self, other: "Life") -> bool:
        """Tell whether both noted and wrote the same."""
        return (self.noted, self.written) == (other.noted, other.written)


async def lived(
    url: str, config: Config, *, copies: int = 1, deaths: float = 0.0, days: int = YEAR_DAYS
) -> Life:
    """Let copies of the bot live some days."""
    with opened(url, config, copies=copies) as (stores, clock):
        before = filing(stores[0], config)
        alive = Copies(stores, clock, config, deaths=deaths, seed=SEED)
        await alive.live(moments(BEGIN, SEED, days=days), before)
        return Life(*effects(stores[0]), alive.died)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, campaign: Config) -> Life:
    """Return the year of one copy that never died."""
    path = tmp_path_factory.mktemp("calm") / "calm.db"
    return asyncio.run(lived(f"sqlite:///{path}", campaign))


def test_a_year_has_no_hole_and_nothing_twice(calm: Life, campaign: Config) -> None:
    check_year(calm, campaign)


async def test_deaths_change_nothing_in_a_year(
    tmp_path: Path, campaign: Config, calm: Life
) -> None:
    held = await lived(f"sqlite:///{tmp_path / 'deaths.db'}", campaign, deaths=DEATHS)
    assert held.died > 0
    assert held.is_as(calm)


@pytest.mark.postgres
async def test_two_copies_that_die_are_as_one_that_lives(
    campaign: Config, postgres_url: str, calm: Life
) -> None:
    held = await lived(postgres_url, campaign, copies=2, deaths=DEATHS)
    assert held.died > 0
    assert held.is_as(calm)


async def test_copies_that_claim_nothing_are_found_out(
    tmp_path: Path, campaign: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = await lived(f"sqlite:///{tmp_path / 'honest.db'}", campaign, days=40)

    def claimed(*_: object, **__: object) -> bool:
        return True

    monkeypatch.setattr(service, "claim", claimed)
    held = await lived(f"sqlite:///{tmp_path / 'careless.db'}", campaign, days=40)
    assert not held.is_as(honest)


def check_year(life: Life, config: Config) -> None:
    """Check what holds of any year."""
    zone = config.time.zone_info
    reminders = Counter(
        (person, at.astimezone(zone).date())
        for person, key, at in life.written
        if key.startswith("reminder:")
    )
    assert max(reminders.values()) == 1
    digests = [key for _, key, _ in life.written if key.startswith("digest:")]
    done = {one for one in life.noted if _is_sent_digest(one)}
    assert sorted(digests) == sorted(
        f"digest:{scope.removeprefix('person:')}:{week}" for _, scope, week, *_ in done
    )
    weeks = {week for kind, _, week, *_ in life.noted if kind == "digest"}
    assert len(weeks) >= YEAR_DAYS // 7 - 1, "no week is left out without a word"
    assert all(reason for *_, state, reason, _ in life.noted if state != "done")


def _is_sent_digest(one: Noted) -> bool:
    kind, scope, _, state, *_ = one
    return kind == "digest" and state == "done" and scope != "all"
