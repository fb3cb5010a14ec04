"""Starting, stopping, going on: the data directory, the clock file, the command line."""

import asyncio
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Bot

from bot.core.clock import FileClock
from bot.sandbox import Sandbox
from bot.sandbox.client import SimClient, SimRefused
from bot.sandbox.clock import parsed_step
from tests.sandbox.conftest import START


def client(box: Sandbox) -> Bot:
    return Bot(box.token, base_url=box.base_url, base_file_url=box.base_file_url)


async def until(holds: Callable[[], bool]) -> None:
    """Give way to others until it holds; the test's time-out ends a wait in vain."""
    while not holds():  # noqa: ASYNC110  # there is no event for what is inside the sandbox
        await asyncio.sleep(0)


async def test_a_restart_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with (
        Sandbox(data_dir=tmp_path, clock_start=START) as box,
        SimClient(box.url) as sim,
        client(box) as bot,
    ):
        anna = await sim.person(11, "Anna", note="contact")
        await anna.start()
        group = await sim.group(-77, "Team", [anna])
        sent = await bot.send_document(anna.id, b"plan", filename="plan.txt", caption="one")
        await bot.edit_message_caption(anna.id, sent.message_id, caption="two")
        gone = await bot.send_message(anna.id, "gone")
        await bot.delete_message(anna.id, gone.message_id)
        await bot.set_my_name("Campaign")
        await anna.say("before the restart")
        before = await sim.get("/sim/people/11/messages")
    async with Sandbox(data_dir=tmp_path) as box, SimClient(box.url) as sim, client(box) as bot:
        assert await sim.get("/sim/people/11/messages") == before
        updates = await bot.get_updates()
        assert [update.message.text for update in updates if update.message] == [
            "/start",
            "before the restart",
        ]
        assert sent.document is not None
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"plan"
        assert (await bot.get_my_name()).name == "Campaign"
        anna = sim.known(11)
        later = await anna.say("after the restart")
        assert later > gone.message_id
        assert (await bot.get_updates())[-1].update_id == updates[-1].update_id + 1
        assert (await bot.get_chat(group)).title == "Team"
        again = await bot.send_document(anna.id, sent.document.file_id)
        assert again.document == sent.document
        assert START < await sim.clock() < START + timedelta(hours=1)


async def test_what_happened_is_saved_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.server._SAVE_EVERY_S", 0.01)
    async with Sandbox(data_dir=tmp_path) as box, SimClient(box.url) as sim:
        await (await sim.person(11, "Anna")).start()
        await until(lambda: "/start" in said(Sandbox(data_dir=tmp_path)))
        assert said(Sandbox(data_dir=tmp_path)) == ["/start"]


async def test_after_a_kill_no_number_comes_again(tmp_path: Path) -> None:
    """What was said since the state was written is gone, but the bot knows its numbers."""
    async with Sandbox(data_dir=tmp_path) as box, SimClient(box.url) as sim:
        await (await sim.person(7)).say("saved")
        box.save()
        killed = (tmp_path / "state.json").read_bytes()
        await (await sim.person(7)).say("lost")
        handed_out = box.world.updates.next_id, box.world.last_message_id
    (tmp_path / "state.json").write_bytes(killed)
    again = Sandbox(data_dir=tmp_path).world
    assert again.updates.next_id > handed_out[0]
    assert again.last_message_id > handed_out[1]


def said(box: Sandbox) -> list[str]:
    chat = box.world.chats.get(11)
    return [] if chat is None else [entry.message["text"] for entry in chat.since(0)]


async def test_the_clock_file_moves_the_bots_clock(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    async with Sandbox(clock_file=path, clock_start=START) as box, SimClient(box.url) as sim:
        bots_clock = FileClock(path)
        assert START <= bots_clock.now() < START + timedelta(minutes=1)
        moved = await sim.advance("1d")
        assert START + timedelta(days=1) <= moved < START + timedelta(days=1, minutes=1)
        assert moved <= bots_clock.now() < moved + timedelta(minutes=1)
        await sim.set_clock(datetime(2024, 6, 10, 1, 0, tzinfo=UTC))
        assert bots_clock.now().date().isoformat() == "2024-06-10"


async def test_a_clock_file_that_is_there_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    path.write_text("2024-07-01T00:00:00+08:00", encoding="ascii")
    async with Sandbox(clock_file=path, clock_start=START) as box, SimClient(box.url) as sim:
        assert (await sim.clock()).isoformat().startswith("2024-06-30T16:00")


async def test_without_a_file_the_clock_moves_in_memory(sim: SimClient) -> None:
    before = await sim.clock()
    after = await sim.advance("7d")
    assert timedelta(days=7) <= after - before < timedelta(days=7, minutes=1)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("30m", timedelta(minutes=30)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("2w", timedelta(weeks=2)),
    ],
)
def test_steps_are_read(text: str, step: timedelta) -> None:
    assert parsed_step(text) == step


@pytest.mark.parametrize(
    "body",
    [
        {"advance": "soon"},
        {"advance": "1d later"},
        {"now": "yesterday"},
        {"now": "2024-06-10T09:00:00"},
        {},
        {"now": "2024-06-10T09:00:00+08:00", "advance": "1h"},
    ],
)
async def test_a_clock_that_cannot_be_set_so_says_why(sim: SimClient, body: dict[str, str]) -> None:
    with pytest.raises(SimRefused) as refused:
        await sim.post("/sim/clock", body)
    assert refused.value.status == 400


async def test_stopping_lets_everybody_go_who_waits() -> None:
    box = Sandbox()
    await box.start()
    async with SimClient(box.url) as sim, client(box) as bot:
        await sim.person(11, "Anna")
        async with asyncio.TaskGroup() as group:
            events = group.create_task(sim.get("/sim/events", wait_ms=50_000))
            poll = group.create_task(bot.get_updates(timeout=50))
            await until(lambda: box.world.signals.busy and box.world.updates.polled)
            await box.stop()
        assert events.result()["chats"] == []
        assert poll.result() == ()


async def test_the_sandbox_runs_by_itself(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.sandbox",
        "--data",
        str(tmp_path),
        "--clock-start",
        "2024-06-03T09:00:00+08:00",
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with SimClient(url) as sim:
        assert (await sim.clock()).date().isoformat() == "2024-06-03"
        await sim.person(11, "Anna")
        page = await sim.download("/")
    assert b"<html" in page
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    assert (tmp_path / "state.json").exists()
