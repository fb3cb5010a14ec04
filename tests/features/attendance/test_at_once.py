"""Two hands at one attendance in the same moment; with the locks taken away it breaks (VOL-04)."""

from functools import partial

import pytest
from sqlalchemy import func, select

from bot.db.work import View
from bot.features.attendance import service
from bot.features.attendance.models import Attendance
from bot.features.attendance.queries import changes_of
from bot.features.attendance.service import Mark
from bot.features.closing import service as closing
from bot.features.closing.models import PostResult
from bot.features.closing.outcome import Outcome
from bot.features.outbox.models import OutboxRow
from tests.faults.late import LateRunner
from tests.faults.racing import Runner, Write, without_locks
from tests.features.attendance.gate import Gate

ROUNDS = 8


def broken_logs(view: View) -> list[str]:
    """Find attendances whose log does not lead, step by step, to how they stand."""
    found = []
    for one in view.session.scalars(select(Attendance)):
        entries = changes_of(view, one.signup_id)
        states = ["expected", *(entry.after for entry in entries)]
        for entry, before in zip(entries, states, strict=False):
            if entry.before != before:
                found.append(f"sign-up {one.signup_id}: {entry.before} after {before}")
        if states[-1] != one.state:
            found.append(f"sign-up {one.signup_id} stands at {one.state}, its log at {states[-1]}")
    return found


async def lead_and_person(gate: Gate, runner: Runner) -> list[str]:
    """Let people send the code while the lead taps on them, both ways."""
    people = gate.people(ROUNDS)
    code, config = gate.code(), gate.scene.config
    writes: list[Write] = []
    for person in people:
        signup_id = gate.signup_of(person)
        marks = [
            partial(
                service.mark,
                actor=gate.lead,
                post_id=gate.post_id,
                signup_id=signup_id,
                what=what,
            )
            for what in (Mark.absent, Mark.here, Mark.excused)
        ]
        writes += [
            *marks,
            partial(service.check_in_by_code, actor=person, code=code, config=config),
        ]
    outcome = await runner.all_at_once(writes)
    return [*outcome.breakages(), *gate.scene.read(broken_logs)]


async def test_the_lead_taps_while_people_check_in(gate: Gate) -> None:
    assert await lead_and_person(gate, Runner(gate.scene.store)) == []


@pytest.mark.postgres
async def test_without_locks_the_lead_and_a_person_undo_each_other(postgres_gate: Gate) -> None:
    with without_locks(postgres_gate.scene.store):
        assert await lead_and_person(postgres_gate, LateRunner(postgres_gate.scene.store))


async def close_twice(gate: Gate, runner: Runner) -> list[str]:
    """Let the lead and the office close one post at once, several times over."""
    person = gate.people(1)[0]
    gate.check_in(person, gate.code())
    gate.at(95)
    writes = [
        partial(
            closing.close_post,
            actor=actor,
            post_id=gate.post_id,
            outcome=Outcome(),
            config=gate.scene.config,
        )
        for actor in (gate.lead, gate.office) * 4
    ]
    outcome = await runner.all_at_once(writes)
    found = outcome.breakages()
    if len(outcome.results) != 1:
        found.append(f"closed {len(outcome.results)} times")

    def thanks(view: View) -> tuple[int, int]:
        rows = select(func.count()).where(
            OutboxRow.dedupe_key.contains(f"post:{gate.post_id}:thanks:")
        )
        results = select(func.count()).where(PostResult.post_id == gate.post_id)
        return view.session.scalar(rows) or 0, view.session.scalar(results) or 0

    if gate.scene.read(thanks) != (1, 1):
        found.append(f"thanked and kept {gate.scene.read(thanks)} times")
    return found


async def test_the_lead_and_the_office_close_at_once(gate: Gate) -> None:
    assert await close_twice(gate, Runner(gate.scene.store)) == []


@pytest.mark.postgres
async def test_without_locks_a_post_is_closed_more_than_once(postgres_gate: Gate) -> None:
    with without_locks(postgres_gate.scene.store):
        assert await close_twice(postgres_gate, LateRunner(postgres_gate.scene.store))
