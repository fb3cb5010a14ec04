"""The bot's token is in no log, no file and no message, whatever goes wrong.

The same trial with the redaction taken out finds it, so the errors of this trial do carry it.
"""

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from bot.core.roles import Role
from tests.faults.scene import Known, meet, put_people
from tests.support.bot import TOKEN
from tests.support.process import BotProcess, bot_process

SECRET = TOKEN.partition(":")[2]
MOST_CALLS = 100_000
ADMIN = Known(1, "管理员", (Role.admin, Role.coordinator))
TROUBLE: tuple[dict[str, Any], ...] = (
    {"kind": "reset"},
    {"kind": "reset_after"},
    {"kind": "bad_json"},
    {"kind": "timeout_after", "ms": 50},
    {"status": 500},
    {"status": 429, "retry_after_s": 1},
)
TROUBLED = [Known(10 + n, f"志愿者{n}", (Role.volunteer,)) for n in range(len(TROUBLE))]

pytestmark = pytest.mark.timeout(400)


async def test_the_token_is_found_nowhere_after_trouble_of_every_kind(tmp_path: Path) -> None:
    places = await _trial(tmp_path, entry=("-m", "tests.faults.entries.talkative"))
    assert [place for place, content in places.items() if _holds_secret(content)] == []
    assert len(places["log"]) > 10_000
    assert {"log", "file bot.db", "backup bot.db", "messages", "command check"} <= places.keys()


async def test_without_the_redaction_the_same_trouble_shows_the_token(tmp_path: Path) -> None:
    places = await _trial(tmp_path, entry=("-m", "tests.faults.entries.unredacted"))
    assert _holds_secret(places["log"])


def _holds_secret(content: bytes) -> bool:
    return SECRET.encode() in content or SECRET.encode("utf-16-le") in content


async def _trial(folder: Path, *, entry: tuple[str, ...]) -> dict[str, bytes]:
    """Run the bot through all kinds of trouble and return all that was written, by place."""
    async with bot_process(folder, entry=entry) as process:
        put_people(process, [ADMIN, *TROUBLED])
        admin = await meet(process, ADMIN)
        troubled = [await meet(process, known) for known in TROUBLED]
        for person, trouble in zip(troubled, TROUBLE, strict=True):
            await process.sim.fault("getUpdates", **trouble)
            await process.sim.fault("sendMessage", chat_id=person.id, **trouble)
            await person.say("/help")
        await process.start()
        for person in troubled:
            await person.expect("/help", timeout_s=30)
        await process.sim.fault("getUpdates", status=409)
        await process.sim.fault("sendMessage", status=400)
        await admin.say("/lang")
        await admin.expect("没能发出", timeout_s=30)
        await admin.document("方案.docx", b"the plan", caption="创建宣传方案")
        await admin.say("/mydata")
        await admin.expect(lambda message: message.file is not None, timeout_s=30)
        places = await _written_by_commands(process)
        await process.sim.fault("*", status=401, times=None)
        await admin.say("/help")
        assert await process.ended() == 1
        return places | _left_behind(process)


async def _written_by_commands(process: BotProcess) -> dict[str, bytes]:
    backup = process.folder / "backup.tar.gz"
    commands = (
        ("check",),
        ("invite", "--role", "admin", "--json"),
        ("queue", "list"),
        ("backup", str(backup)),
        ("run",),
    )
    places = {f"command {words[0]}": (await process.command(*words)).encode() for words in commands}
    with tarfile.open(backup) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                places[f"backup {member.name}"] = file.read()
    return places


def _left_behind(process: BotProcess) -> dict[str, bytes]:
    data = process.folder / "data"
    places = {
        f"file {file.relative_to(data)}": file.read_bytes()
        for file in data.rglob("*")
        if file.is_file()
    }
    chats = process.sandbox.world.chats.values()
    seen = [entry.message for chat in chats for entry in chat.entries.values()]
    calls = list(process.sandbox.world.calls.after(0, method=None, limit=MOST_CALLS))
    return {
        **places,
        "log": "\n".join(process.log).encode(),
        "messages": json.dumps(seen).encode(),
        "calls": json.dumps(calls, default=str).encode(),
    }
