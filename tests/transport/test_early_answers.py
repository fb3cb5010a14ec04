"""Who presses while many do is answered early, once, and gets the result all the same."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from bot.chat.callback import pack
from bot.chat.cards.digests.unit import SetHints
from bot.chat.cards.posts.buttons import CancelPost
from bot.core.roles import Role
from bot.db.store import Store
from bot.db.work import Work
from bot.features.inbox import early, service
from bot.features.inbox.models import Early, InboxRow
from bot.features.outbox.models import OutboxRow
from bot.sandbox.client import PressAnswer, SimPerson
from bot.transport import early as worker
from bot.transport.source import received
from tests.handlers.posts.scene import Posts, open_day
from tests.support.bot import RunningBot, running
from tests.support.waiting import until

WORKING = "正在处理，请稍候，结果马上告诉您。"
LONG = timedelta(minutes=1)


class Held:
    """Holds every update before it is handled, while it is closed."""

    def __init__(self, bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self._bot = bot
        self._gate = asyncio.Event()
        self._gate.set()
        handle = bot.app._edge.handle

        async def wait(application: object, row: service.Waiting) -> None:
            await self._gate.wait()
            await handle(application, row)  # type: ignore[arg-type]

        monkeypatch.setattr(bot.app._edge, "handle", wait)

    async def press(self, person: SimPerson, **button: Any) -> "asyncio.Task[PressAnswer]":
        """Let a person press; return the task of the answer once the press is in the inbox."""
        before = await self._bot.read(lambda view: len(service.waiting_ids(view)))
        task = asyncio.create_task(person.press(**button))

        async def kept() -> bool:
            return await self._bot.read(lambda view: len(service.waiting_ids(view))) > before

        await until(kept)
        return task

    async def age(self) -> None:
        """Let what waits have waited for long."""
        await self._bot.write(
            lambda work: work.session.execute(
                update(InboxRow)
                .where(InboxRow.kept_at.is_not(None))
                .values(kept_at=work.real_now - LONG)
            )
        )

    async def noted(self) -> None:
        """Wait until it is written down that what was answered early was answered."""
        unnoted = select(InboxRow.id).where(InboxRow.early == Early.claimed)

        async def none_is_left() -> bool:
            return await self._bot.read(lambda view: view.session.scalar(unnoted) is None)

        await until(none_is_left)

    def open(self) -> None:
        """Let what waits and what comes be handled."""
        self._gate.set()

    def close(self) -> None:
        """Hold what comes from now on."""
        self._gate.clear()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[RunningBot]:
    """Return the real bot: alone on its file, or as one of those that share a database."""
    shared = request.param == "postgres"
    url = request.getfixturevalue("postgres_url") if shared else None
    async with running(tmp_path, database_url=url) as started:
        yield started


@pytest.fixture
def held(bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Return what holds updates; the worker beside looks often."""
    monkeypatch.setattr(worker, "_LOOK_EVERY_S", 0.02)
    gate = Held(bot, monkeypatch)
    yield gate
    gate.open()


async def answered(bot: RunningBot, after: int) -> list[bool]:
    """Return which answers to callback queries since `after` were taken by Telegram."""
    return [call.ok for call in await bot.sim.calls(after, method="answerCallbackQuery")]


async def sent(bot: RunningBot, person: SimPerson) -> list[str]:
    """Return the causes of what a person was sent or shown since they were met."""
    return await bot.read(
        lambda view: list(
            view.session.scalars(
                select(OutboxRow.dedupe_key).where(OutboxRow.chat_id == person.id).order_by("id")
            )
        )
    )


async def test_a_refusal_that_cannot_be_shown_any_more_comes_as_a_message(
    bot: RunningBot, held: Held
) -> None:
    anna = await bot.volunteer()
    ben = await bot.person(Role.volunteer, language_code="en")
    after = await bot.sim.last_call()
    held.close()
    pressed = [await held.press(one, data=pack(CancelPost(1, sure=True))) for one in (anna, ben)]
    await held.age()
    said = [(await one).text for one in pressed]
    assert said == [WORKING, "Working on it. You will hear the result in a moment."]
    await held.noted()
    held.open()
    await anna.expect("您的身份不能做这一步")
    await ben.expect("Your role does not allow this")
    assert await answered(bot, after) == [True, True], "each was answered once"
    for one in (anna, ben):
        assert [key.partition(":")[0] for key in await sent(bot, one)][1:] == ["late"]


async def test_one_whose_sender_is_forged_keeps_nobody_waiting(bot: RunningBot, held: Held) -> None:
    anna = await bot.volunteer()
    held.close()
    forged = {"id": "forged", "from": {"id": 10**30}, "data": "x", "chat_instance": "1"}
    await bot.sim.raw({"callback_query": forged})
    pressed = await held.press(anna, data=pack(CancelPost(1, sure=True)))
    await held.age()
    assert (await pressed).text == WORKING
    held.open()
    await anna.expect("您的身份不能做这一步")


async def test_a_card_that_shows_the_result_needs_no_further_message(
    bot: RunningBot, held: Held
) -> None:
    await Posts(bot, await bot.coordinator()).publish()
    anna = await bot.volunteer()
    contact = await bot.contact()
    await open_day(anna)
    before = {one: len(await sent(bot, one)) for one in (anna, contact)}
    held.close()
    pressed = [
        await held.press(anna, text="报①"),
        await held.press(contact, data=pack(SetHints(on=False))),
    ]
    await held.age()
    assert [(await one).text for one in pressed] == [WORKING, WORKING]
    held.open()
    await anna.expect("报上了")
    shown = await contact.expect("以后不再提示补充材料")
    assert shown.text.count("以后不再提示补充材料") == 1
    for one in (anna, contact):
        assert [key.partition(":")[0] for key in (await sent(bot, one))[before[one] :]] == ["reply"]


async def test_without_the_worker_the_press_expires_and_the_result_is_sent(
    bot: RunningBot, held: Held
) -> None:
    """The control: nobody answers early, and Telegram has forgotten the press when it is done."""
    anna = await bot.volunteer()
    await bot.app.early.stop()
    await bot.sim.limits(callback_seconds=0.001)
    after = await bot.sim.last_call()
    held.close()
    pressed = await held.press(anna, data=pack(CancelPost(1, sure=True)), wait_ms=200)
    await held.age()
    assert not (await pressed).answered
    held.open()
    await anna.expect("您的身份不能做这一步")
    assert await answered(bot, after) == [False]


async def test_what_a_killed_process_had_claimed_is_answered_when_it_is_handled(
    bot: RunningBot, held: Held
) -> None:
    anna = await bot.volunteer()
    await bot.app.early.stop()
    held.close()
    pressed = await held.press(anna, data=pack(CancelPost(1, sure=True)))
    await bot.write(lambda work: work.session.execute(update(InboxRow).values(early=Early.claimed)))
    held.open()
    answer = await pressed
    assert (answer.answered, answer.text) == (True, None)
    await anna.expect("您的身份不能做这一步")


def test_each_press_that_waits_is_claimed_once(any_store: Store) -> None:
    def fill(work: Work) -> list[int]:
        updates = [received({"update_id": n, **_said(n)}) for n in range(1, 6)]
        rows = service.receive(work, bot_id=1, updates=[one for one in updates if one])
        ids = [row.id for row in rows]
        work.session.execute(
            update(InboxRow).where(InboxRow.id != ids[0]).values(kept_at=work.real_now - LONG)
        )
        work.session.execute(update(InboxRow).where(InboxRow.id == ids[4]).values(kept_at=None))
        assert service.settle_now(work, ids[1]) == service.Settled(None)
        return ids

    def claim(work: Work) -> list[int]:
        if work.session.connection().dialect.name == "postgresql":
            # The plan that asks an inner statement again for each row: PostgreSQL chooses it
            # by how full it thinks the tables are, so now and then only.
            for way in ("hashjoin", "mergejoin", "hashagg", "material", "sort"):
                work.session.execute(text(f"SET LOCAL enable_{way} = off"))
        before = work.real_now - LONG / 2
        return [press.id for press in early.claim(work, before=before, most=1)]

    ids = any_store.write_now(fill)
    assert [any_store.write_now(claim) for _ in range(3)] == [[ids[2]], [ids[3]], []]
    any_store.write_now(lambda work: early.mark_answered(work, ids[2:3]))
    settled = any_store.write_now(lambda work: [service.settle_now(work, one) for one in ids[2:]])
    assert settled == [service.Settled(one) for one in (Early.answered, Early.claimed, None)]
    assert not any_store.read_now(lambda view: early.waits(view, before=view.real_now - LONG / 2))


def _said(number: int) -> dict[str, object]:
    """Return a press, and for the last number a message."""
    if number == 5:
        return {"message": {"chat": {"id": 5}, "text": "hi"}}
    return {"callback_query": {"id": f"q{number}", "from": {"id": number}, "data": "x"}}
