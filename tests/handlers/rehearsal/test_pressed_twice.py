"""A button of the calendar pressed twice: the second press answers what the first one did."""

import pytest
from sqlalchemy import func, select

from bot.chat.callback import pack
from bot.chat.cards.rehearsal.buttons import CancelAll, CancelLetter, MoveLetter, minutes
from bot.db.work import Work
from bot.features.audit.models import AuditEntry
from bot.features.outbox.models import State
from bot.features.receipts.chasing import _PERIOD
from bot.features.receipts.chasing import KIND as CHASING
from bot.features.rehearsal import skipping
from bot.features.rehearsal.models import SkipReason
from bot.sandbox.client import SimPerson
from tests.features.receipts.scene import put_message, put_notice
from tests.jobs.ticking import shanghai
from tests.support.bot import RunningBot

FRIDAY, TUESDAY = minutes(shanghai("06-07T09:00")), minutes(shanghai("06-04T15:00"))
GONE = "这一条已经发出，或不用发了"
HOUR = 60


async def buttons(bot: RunningBot) -> list[MoveLetter | CancelLetter | CancelAll]:
    """Return a button that moves, one that cancels, and one that cancels a whole line."""
    one, other = await bot.contact("kexie", name="王老师"), await bot.contact("keji", name="孙老师")
    first, second = await bot.person_id(one), await bot.person_id(other)

    def put(work: Work) -> None:
        notice = put_notice(work, first, [first, second], chase_at=shanghai("06-04T15:00"))
        for person_id, person in ((first, one), (second, other)):
            put_message(work, notice, person_id, person.id, State.sent)

    await bot.write(put)
    return [
        MoveLetter(FRIDAY, "reminder", first, FRIDAY + HOUR),
        CancelLetter(FRIDAY, "reminder", second, SkipReason.told),
        CancelAll(TUESDAY, CHASING, "1", _PERIOD, SkipReason.needless),
    ]


async def pressed_twice(office: SimPerson, data: str) -> list[bool]:
    """Press a button twice; return whether each press was answered with an alert."""
    return [(await office.press(data=data)).alert for _ in range(2)]


async def changes(bot: RunningBot) -> int:
    """Return how many changes of messages to come the audit log tells of."""
    counted = select(func.count()).where(AuditEntry.action.like("send.%"))
    return await bot.read(lambda view: view.session.scalar(counted) or 0)


async def test_each_answers_as_at_the_first_press(bot: RunningBot) -> None:
    office = await bot.coordinator()
    made = await buttons(bot)
    await office.say("/calendar")
    await office.expect("发送日历")
    for number, button in enumerate(made, 1):
        assert await pressed_twice(office, pack(button)) == [False, False], button
        assert await changes(bot) == number, "the second press changes nothing"
    cards = [message.text for message in await office.messages()]
    assert not [text for text in cards if GONE in text]


async def test_a_message_that_was_changed_otherwise_meanwhile_is_said_to_be_gone(
    bot: RunningBot,
) -> None:
    office = await bot.coordinator()
    move, cancel, _ = await buttons(bot)
    assert isinstance(move, MoveLetter)
    await office.say("/calendar")
    await office.expect("发送日历")
    for button in (move, cancel):
        assert (await office.press(data=pack(button))).alert is False
    later = MoveLetter(FRIDAY, "reminder", move.person_id, FRIDAY + 2 * HOUR)
    assert GONE in ((await office.press(data=pack(later))).text or "")
    once_moved = MoveLetter(FRIDAY + HOUR, "reminder", move.person_id, FRIDAY + 2 * HOUR)
    assert (await office.press(data=pack(once_moved))).alert is False
    assert GONE in ((await office.press(data=pack(move))).text or "")
    await bot.sim.set_clock("2024-06-07T11:00:10+08:00")
    await bot.app.tick()
    for button in (once_moved, cancel):
        assert GONE in ((await office.press(data=pack(button))).text or "")


async def test_without_the_look_at_what_was_done_the_second_press_says_it_is_gone(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    for name in ("moved_before", "cancelled_before", "line_cancelled_before"):
        monkeypatch.setattr(skipping, name, lambda *_, **__: None)
    office = await bot.coordinator()
    made = await buttons(bot)
    await office.say("/calendar")
    await office.expect("发送日历")
    for button in made:
        assert await pressed_twice(office, pack(button)) == [False, True], button
