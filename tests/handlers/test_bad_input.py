"""Whatever is sent at whatever step of whatever conversation: one answer, and nothing is lost.

Every conversation is gone through with good answers, and at every step all the bad ones come
first: each is handled at the first attempt and answered, and what was given before stays.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.call import Call
from bot.chat.conversation import machine
from bot.chat.conversation.model import PREVIEW, Action, Begin, Control, Conversation, Restart
from bot.features.drafts.models import Draft
from tests.handlers.walked import (
    BEGINNINGS,
    answered,
    conversation,
    draft_of,
    found_draft,
    tried_everything,
)
from tests.handlers.ways import WAYS
from tests.security.house import House, furnished

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with furnished(tmp_path) as made:
        made.watched = False
        yield made


@pytest.mark.parametrize("flow", WAYS)
async def test_bad_input_at_every_step_gets_one_answer_and_loses_nothing(
    house: House, flow: str, caplog: pytest.LogCaptureFixture
) -> None:
    way = WAYS[flow]
    await way.before(house)
    await house.press(way.who, Begin(flow, way.about(house.things)))
    walked = {(await draft_of(house, way.who, flow)).step}
    problems = await tried_everything(house, way.who, flow)
    for answer in way.answers:
        outcome = await answered(house, way.who, flow, answer)
        assert outcome.settled, (answer, outcome.said)
        if (draft := await found_draft(house, way.who, flow)) is not None:
            walked.add(draft.step)
            problems += await tried_everything(house, way.who, flow)
    draft = await found_draft(house, way.who, flow)
    # A direct conversation has made its thing with the last answer.
    assert (draft is None) is conversation(flow).direct
    assert draft is None or draft.step == PREVIEW
    problems += await _at_the_other_steps(house, way.who, flow, walked)
    assert not problems, "\n".join(problems)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def _at_the_other_steps(house: House, who: str, flow: str, walked: set[str]) -> list[str]:
    """Try everything at the steps that are begun with an answer: they are changed one by one."""
    problems = []
    for step in conversation(flow).steps:
        draft = await found_draft(house, who, flow)
        if draft is None or step.key in walked:
            continue
        await house.press(who, Control(flow, draft.id, Action.field, step.key))
        problems += await tried_everything(house, who, flow)
        await house.press(who, Control(flow, draft.id, Action.preview, step.key))
    return problems


async def test_whatever_a_conversation_is_begun_with_gets_one_answer(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    for flow, way in WAYS.items():
        for arg in BEGINNINGS:
            outcome = await house.press(way.who, Restart(flow, arg))
            assert outcome.settled, (flow, arg)
            assert outcome.said, (flow, arg)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_preview_of_an_unfinished_draft_is_caught(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unchecked(flow: Conversation, call: Call, draft: Draft) -> None:
        draft.step = PREVIEW

    monkeypatch.setattr(machine, "_to_preview", unchecked)
    await house.press("volunteer", Begin("rename"))
    problems = await tried_everything(house, "volunteer", "rename")
    assert "rename at 'name': preview 'name': not handled at the first attempt" in problems
