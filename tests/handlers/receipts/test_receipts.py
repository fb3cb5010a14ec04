"""收到 under a notice, and the office that chases exactly those who are missing (BUL-02)."""

from bot.chat.callback import pack
from bot.chat.cards.receipts.buttons import ChaseMissing, CloseReceipts, ConfirmReceipt
from bot.core.roles import Role
from bot.sandbox.client import SimMessage
from tests.features.receipts.scene import WORDS
from tests.handlers.posts.scene import labels
from tests.handlers.receipts.scene import noted, open_notice, send_notice
from tests.support.bot import RunningBot
from tests.support.waiting import until

CONFIRMED = "已收到 6月3日（周一）09:00"


def marked(message: SimMessage) -> bool:
    """Tell whether the button under a notice says when it was confirmed."""
    return labels(message) == [CONFIRMED]


async def test_the_press_is_stamped_shown_and_kept(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie"), await bot.coordinator()
    await send_notice(bot, office, contact)
    notice = await contact.expect(WORDS)
    assert labels(notice) == ["收到"]
    assert (await contact.press("收到")).text == CONFIRMED
    stamped = await contact.expect(marked)
    assert (stamped.id, stamped.text) == (notice.id, notice.text), "only the button changes"
    again = await contact.press(CONFIRMED)
    assert "您已确认过了" in (again.text or "")
    assert again.alert


async def test_a_notice_under_a_file_is_stamped_as_well(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie"), await bot.coordinator()
    file = {"kind": "document", "text": "the plan", "name": "方案.txt"}
    await send_notice(bot, office, contact, files=[file])
    notice = await contact.expect(WORDS)
    assert notice.file is not None
    await contact.press("收到")
    assert (await contact.expect(marked)).id == notice.id


async def test_who_got_no_notice_cannot_confirm_it(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie"), await bot.coordinator()
    stranger = await bot.volunteer()
    notice_id = await send_notice(bot, office, contact)
    await contact.expect(WORDS)
    for other, number in ((stranger, notice_id), (office, notice_id), (contact, notice_id + 1)):
        refused = await other.press(data=pack(ConfirmReceipt(number, asked=False)), message_id=1)
        assert "没有找到" in (refused.text or "")
    shown = await open_notice(office)
    assert "未回执 1" in labels(shown)


async def test_the_missing_are_chased_with_two_presses(bot: RunningBot) -> None:
    done = await bot.contact("kexie", name="张三")
    missing = await bot.contact("jiaotong", name="李四")
    office = await bot.coordinator()
    await send_notice(bot, office, done, missing)
    await noted(bot, done, WORDS)
    original = await noted(bot, missing, WORDS)
    await done.press("收到")
    await done.expect(marked)
    await open_notice(office)
    await office.press("未回执 1")
    shown = await office.expect("已回执 1/2")
    assert "未回执 1 人，来自 1 个单位" in shown.text
    assert "区交通运输局：李四" in shown.text
    assert "张三" not in shown.text
    await office.press("催这 1 人")
    chased = await office.expect("正在催 1 人")
    assert "催这 1 人" not in labels(chased)
    asked = await missing.expect("请回执")
    assert WORDS in asked.text
    await missing.press("收到", message_id=asked.id)
    answered = await missing.expect(lambda message: message.id == asked.id)
    assert CONFIRMED in answered.text
    assert labels(answered) == []

    async def stamped() -> bool:
        return any(marked(one) and one.id == original.id for one in await missing.messages())

    await until(stamped)
    again = await office.press(data=pack(ChaseMissing(1)), message_id=shown.id)
    assert again.answered
    await office.expect("今天已经催过")
    assert all("请回执" not in one.text for one in await done.messages())


async def test_the_clock_chases_once(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie"), await bot.coordinator()
    chase_at = (await bot.sim.clock()).replace(hour=2, minute=0)
    await send_notice(bot, office, contact, chase_at=chase_at)
    await noted(bot, contact, WORDS)
    await open_notice(office)
    await office.press("未回执 1")
    assert "将自动催一次：6月3日（周一）10:00" in (await office.expect("已回执 0/1")).text
    await bot.move_clock("1h")
    await contact.expect("请回执")
    await bot.move_clock("1d")
    await bot.move_clock("1d")
    messages = [one for one in await contact.messages() if "请回执" in one.text]
    assert len(messages) == 1


async def test_the_close_is_asked_twice_and_later_receipts_are_late(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie"), await bot.coordinator()
    notice_id = await send_notice(bot, office, contact)
    await contact.expect(WORDS)
    await open_notice(office)
    await office.press("未回执 1")
    await office.expect("已回执 0/1")
    await office.press("截止回执")
    await office.expect("截止后不再催")
    await office.press("截止回执")
    closed = await office.expect("回执已截止")
    assert "截止回执" not in labels(closed)
    late = await contact.press("收到")
    assert "回执已于 6月3日（周一）09:00 截止" in (late.text or "")
    stale = pack(CloseReceipts(notice_id, sure=True))
    await office.press(data=stale, message_id=closed.id)
    shown = await office.expect("没有改动")
    assert "已回执 1/1（截止后 1）" in shown.text


async def test_a_contact_chases_and_closes_nothing(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie"), await bot.coordinator()
    notice_id = await send_notice(bot, office, contact)
    await contact.expect(WORDS)
    for data in (ChaseMissing(notice_id), CloseReceipts(notice_id, sure=True)):
        refused = await contact.press(data=pack(data), message_id=1)
        assert "您的身份不能做这一步" in (refused.text or "")
    assert await bot.roles_of(contact) == {Role.contact}
