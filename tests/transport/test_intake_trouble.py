"""Trouble on the way in loses nothing."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.db.work import Work
from bot.features.inbox import service as inbox
from bot.features.inbox.models import InboxRow
from bot.features.inbox.service import Waiting
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimPerson
from bot.transport.errors import TokenRefused
from bot.transport.intake import Intake
from bot.transport.telegram import Wire
from tests.transport.harness import TestStore
from tests.transport.receiving import Handler, StartIntake, all_done
from tests.transport.running import until


async def test_what_the_database_refuses_is_not_confirmed(
    store: TestStore,
    anna: SimPerson,
    start_intake: StartIntake,
    handler: Handler,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refusals = 2
    receive = inbox.receive

    def refuse(work: Work, **given: Any) -> list[Waiting]:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise OSError("disk full")
        return receive(work, **given)

    monkeypatch.setattr(inbox, "receive", refuse)
    await anna.say("kept in the end")
    await start_intake(handler)
    await until(all_done(store, 1))
    assert handler.texts == ["kept in the end"]


async def test_an_update_that_comes_twice_is_handled_once(
    store: TestStore, sim: SimClient, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    await sim.fault("getUpdates", kind="duplicate", times=3)
    for number in range(3):
        await anna.say(f"{number}")
    await start_intake(handler)
    await until(all_done(store, 3))
    await anna.say("end")
    await until(all_done(store, 4))
    assert handler.texts == ["0", "1", "2", "end"]


@pytest.mark.parametrize(
    "trouble",
    [{"status": 502}, {"status": 429}, {"kind": "reset"}, {"kind": "bad_json"}, {"status": 409}],
)
async def test_trouble_of_the_network_loses_nothing(
    store: TestStore,
    sim: SimClient,
    anna: SimPerson,
    start_intake: StartIntake,
    handler: Handler,
    trouble: dict[str, Any],
) -> None:
    await sim.fault("getUpdates", times=2, **trouble)
    await anna.say("through")
    await start_intake(handler)
    await until(all_done(store, 1))
    assert handler.texts == ["through"]


async def test_a_conflict_is_said_once_and_clearly(
    store: TestStore,
    sim: SimClient,
    anna: SimPerson,
    start_intake: StartIntake,
    handler: Handler,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await sim.fault("getUpdates", status=409, times=5)
    await anna.say("through")
    await start_intake(handler)
    await until(all_done(store, 1))
    said = [record.message for record in caplog.records if "another program" in record.message]
    assert len(said) == 1


async def test_a_refused_token_stops_the_intake(sandbox: Sandbox, store: TestStore) -> None:
    stranger = Wire("4242:not-this-one", base_url=sandbox.base_url, base_file_url="")
    intake = Intake(store, stranger, handle=Handler(store))
    with pytest.raises(TokenRefused):
        await intake.run()
    await stranger.close()


async def test_an_update_nobody_can_read_does_not_stop_the_others(
    store: TestStore, sim: SimClient, anna: SimPerson, start_intake: StartIntake, handler: Handler
) -> None:
    await sim.raw({"message": {"text": "odd", "chat": {"id": "no number"}, "date": None}})
    await sim.raw({"message": {"text": "half \ud83d and \x00", "chat": {"id": 5}}})
    await anna.say("plain")
    await start_intake(handler)
    await until(all_done(store, 3))
    assert sorted(handler.texts) == ["half \ud83d and \x00", "odd", "plain"]
    kept = store.see(lambda view: list(view.session.scalars(select(InboxRow.raw))))
    assert all(raw.isascii() for raw in kept)
