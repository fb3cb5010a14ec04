"""Several of the office answer one wish for more time at once, on both databases (TIME-15)."""

from datetime import date
from functools import partial

import pytest

from bot.config import Config
from bot.core.roles import Role
from bot.db.store import Store
from bot.features.deadlines.errors import ExtensionAnswered
from bot.features.deadlines.extending import ask_extension, grant_extension, refuse_extension
from bot.features.deadlines.models import Extension, ExtensionState
from bot.features.people.actor import Actor
from tests.faults.late import LateRunner
from tests.faults.racing import CarelessRunner, Runner, Write, without_locks
from tests.features.deadlines.conftest import Office, on
from tests.jobs.ticking import messages
from tests.support.people import make

ROUNDS = 12
ANSWERERS = 4


async def answerers(office: Office, runner: Runner) -> list[str]:
    """Let several press 同意 and 不同意 at once: one answer stands and is told once, each round."""
    found = []
    deciders = [make(office.store, Role.coordinator) for _ in range(ANSWERERS)]
    slugs = [slot.unit.slug for slot in office.board().slots][:ROUNDS]
    for slug in slugs:
        contact = make(office.store, Role.contact, unit=slug)
        number = _ask(office, contact, slug)
        outcome = await runner.all_at_once(_answers(office, deciders, number))
        found += outcome.breakages()
        if len(outcome.results) != 1:
            found.append(f"{len(outcome.results)} of {ANSWERERS} answers stand")
        if not all(isinstance(one, ExtensionAnswered) for one in outcome.refused):
            found.append("who came too late heard of something else")
        found += _told(office, contact, number, slug)
    return found


def _ask(office: Office, contact: Actor, slug: str) -> int:
    return office.store.write_now(
        lambda work: ask_extension(
            work,
            office.where(slug=slug),
            actor=contact,
            config=office.config,
            wanted=date(2024, 6, 20),
            reason="等领导审定",
        )
    ).id


def _answers(office: Office, deciders: list[Actor], number: int) -> list[Write]:
    return [
        partial(grant_extension, extension_id=number, actor=one, config=office.config)
        if turn % 2
        else partial(refuse_extension, extension_id=number, actor=one, reason="要汇总")
        for turn, one in enumerate(deciders)
    ]


def _told(office: Office, contact: Actor, number: int, slug: str) -> list[str]:
    """Hold what the contact was told against what stands."""
    row = office.store.read_now(lambda view: view.session.get_one(Extension, number))
    granted = row.state is ExtensionState.granted
    last = next(slot for slot in office.board().slots if slot.unit.slug == slug).deadline.last_day
    told = [
        one.payload["html"]
        for one in messages(office.store)
        if one.person_id == contact.person_id
        and one.dedupe_key.startswith(f"extension:{number}:answer:")
    ]
    found = [] if len(told) == 1 else [f"told {len(told)} times"]
    if (last == date(2024, 6, 20)) is not granted:
        found.append("the deadline is not what the answer says")
    if any(("要汇总" in one) is granted for one in told):
        found.append("the contact heard another answer than stands")
    return found


async def test_one_answer_stands_and_is_told_once(any_store: Store, campaign: Config) -> None:
    office = on(any_store, campaign)
    assert await answerers(office, Runner(any_store)) == []


@pytest.mark.postgres
async def test_several_answers_stand_on_postgres_without_row_locks(
    postgres_store: Store, campaign: Config
) -> None:
    office = on(postgres_store, campaign)
    with without_locks(postgres_store):
        assert await answerers(office, LateRunner(postgres_store))


async def test_answers_break_on_sqlite_without_the_one_writer(
    store: Store, campaign: Config, careless: CarelessRunner
) -> None:
    assert await answerers(on(store, campaign), careless)
