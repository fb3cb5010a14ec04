"""Following a notice and changing its way: through the front door."""

from datetime import UTC, datetime
from pathlib import Path

from bot.core.roles import Role
from bot.sandbox.client import SimPerson
from tests.handlers.notices.writing import notices_of, sent, timed, written
from tests.support.bot import RunningBot, running
from tests.support.config import make_config


async def test_a_notice_of_many_waits_for_a_colleague(tmp_path: Path) -> None:
    config = make_config()
    notices = config.notices.model_copy(update={"second_person_above": 1})
    async with running(tmp_path, config=config.model_copy(update={"notices": notices})) as bot:
        contacts = [await bot.contact("kexie"), await bot.contact("jiaotong")]
        author = await bot.coordinator()
        colleague = await bot.coordinator("文明办小王")
        card = await written(author, "两个人确认")
        assert "超过 1 人，您确认后还要区文明办的另一位同事确认" in card.text
        await author.press("确认发送")
        await author.expect("确认后才发")
        asked = await colleague.expect("请确认第 1 号通知")
        assert "两个人确认" in asked.text
        data = asked.button("确认发给 2 人").data
        waits = await author.expect("等另一人确认")
        pressed = await author.press(data=data, message_id=waits.id)
        assert "这是您自己写的" in (pressed.text or "")
        await colleague.press(data=data, message_id=asked.id)
        for contact in contacts:
            await contact.expect("两个人确认")
        report = await author.expect("发送完毕")
        assert "确认人：文明办小李、文明办小王" in report.text
        again = await colleague.press(data=data, message_id=asked.id)
        assert "已经有人确认过" in (again.text or "")
        assert [len(await notices_of(contact)) for contact in contacts] == [1, 1]


async def test_a_day_and_an_hour_are_read_from_one_line(bot: RunningBot) -> None:
    await bot.contact("kexie")
    author = await bot.coordinator()
    await written(author, "一行写明")
    await author.press("改发送时间")
    await author.expect("什么时候发")
    await author.say("6-113:00")  # The 1st at 13:00, or the 11th at 3:00?
    await author.expect("没看懂")
    await author.say("6月1日 下午3点")
    await author.expect("已经过了")
    await author.say("6月4日 下午3点")
    await author.expect("发送时间：6月4日（周二）15:00")


async def test_a_notice_goes_at_the_hour_that_was_chosen(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await written(author, "定时的通知")
    await author.press("改发送时间")
    await author.expect("什么时候发")
    await author.say("2024年6月1日")
    await author.expect("已经过了")
    await author.say("6月4日")
    await author.expect("几点发")
    await author.say("25点")
    await author.expect("没看懂")
    await author.press("15:00")
    card = await author.expect("发送时间：6月4日（周二）15:00")
    assert "对象以确认时为准" in card.text
    await author.press("确认发送")
    await author.expect("已定时，共 1 人")
    await bot.move_clock("1h")
    assert await notices_of(contact) == []
    await bot.move_clock("30h")
    await contact.expect("定时的通知")
    await author.expect("发送完毕")


async def test_at_night_it_waits_until_the_quiet_hours_end(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await bot.move_clock("14h")
    card = await written(author, "夜里写的")
    assert "发送时间：6月4日（周二）07:00" in card.text
    await author.press("确认发送")
    await author.expect("已定时")
    await bot.move_clock("7h")
    assert await notices_of(contact) == []
    await bot.move_clock("2h")
    await contact.expect("夜里写的")


async def test_at_night_it_can_go_at_once_where_that_is_said(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await bot.move_clock("14h")
    await written(author, "暴雨预警")
    await author.press("改发送时间")
    await author.expect("现在是免打扰时间")
    await author.press("马上发（打扰）")
    await author.expect("免打扰时间也发")
    await author.press("确认发送")
    await contact.expect("暴雨预警")


async def test_a_year_without_published_holidays_says_so(tmp_path: Path) -> None:
    start = datetime(2026, 6, 1, 2, tzinfo=UTC)
    async with running(tmp_path, start=start) as bot:
        await bot.contact("kexie")
        author = await bot.coordinator()
        await written(author, "明年的事")
        await author.press("改发送时间")
        await author.expect("什么时候发")
        await author.say("2027年1月5日")
        asked = await author.expect("几点发")
        assert "2027 年的节假日还没有公布" in asked.text


async def test_a_recalled_notice_is_gone_from_the_chats(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await sent(author, "写错了")
    await contact.expect("写错了")
    await recalled(author)
    await author.expect("已删除 1")
    assert await notices_of(contact) == []


async def test_what_is_older_than_two_days_says_that_it_was_recalled(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await sent(author, "写错了")
    await contact.expect("写错了")
    await bot.move_clock("49h")
    await recalled(author)
    await contact.expect("本通知已撤回")
    await author.expect("已改为“已撤回” 1")
    assert all("写错了" not in text for text in await notices_of(contact))


async def test_a_scheduled_notice_can_be_ended(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await written(author, "不发了")
    await timed(author, "6月4日", "10:00")
    await author.press("确认发送")
    await author.expect("已定时")
    await author.expect(lambda message: "停止发送" in message.button_texts)
    await author.press("停止发送")
    await author.expect("取消后，谁也不会收到")
    await author.press("停止发送")
    await author.expect("已取消，没有发出")
    await bot.move_clock("30h")
    assert await notices_of(contact) == []


async def test_a_notice_becomes_a_template_and_the_next_begins_from_it(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await template_saved(author)
    await author.press("用它发通知")
    card = await author.expect("看看对不对")
    assert "将发给 1 人" in card.text
    await author.expect("每月例会")
    await author.press("确认发送")
    await author.expect("发送完毕")
    assert len(await notices_of(contact)) == 2


async def test_a_template_is_renamed_and_deleted(bot: RunningBot) -> None:
    await bot.contact("kexie")
    author = await bot.coordinator()
    await template_saved(author)
    await author.press("通知模板")
    await author.expect("通知模板")
    await author.press("例会")
    await author.expect("每月例会")
    await author.press("改名")
    await author.expect("这个模板叫什么")
    await author.say("月会")
    await author.expect("模板已存为“月会”")
    await author.press("通知模板")
    await author.expect(lambda message: "月会" in message.button_texts)
    await author.press("月会")
    await author.expect("每月例会")
    await author.press("删除")
    await author.expect("删除模板“月会”")
    await author.press("删除")
    await author.expect("已删除")
    await author.press("通知模板")
    await author.expect("还没有模板")


async def test_others_of_the_office_see_it_in_the_list(bot: RunningBot) -> None:
    await bot.person(Role.contact, unit="kexie")
    author, other = await bot.coordinator(), await bot.coordinator("文明办小王")
    await sent(author, "列表里的通知")
    await other.say("/start")
    await other.expect(lambda message: "全部通知" in message.button_texts)
    await other.press("全部通知")
    shown = await other.expect("发过的通知")
    assert any("已发完" in text and "列表里的通知" in text for text in shown.button_texts)


async def recalled(author: SimPerson) -> None:
    """Take the notice back that was sent, and say that this is sure."""
    await author.press("撤回")
    await author.expect("撤回后，48 小时内发出的")
    await author.press("撤回")


async def template_saved(author: SimPerson) -> None:
    """Send a notice, and keep it as the template 例会."""
    await sent(author, "每月例会")
    await author.press("存为模板")
    await author.expect("这个模板叫什么")
    await author.say("例会")
    await author.expect("模板已存为“例会”")
