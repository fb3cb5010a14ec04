"""A coordinator sends a notice, through the front door."""

from bot.core.roles import Role
from tests.support.bot import RunningBot


async def test_a_notice_reaches_each_contact_once_and_reports_delivery(bot: RunningBot) -> None:
    first = await bot.contact("kexie")
    second = await bot.contact("jiaotong")
    volunteer = await bot.volunteer()
    author = await bot.coordinator()
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.say("明天下午三点开会 <b>请</b>准时")
    await author.expect("发给谁")
    await author.press("联络员")
    await author.expect("将发给 2 人")
    await author.press("选好了")
    preview = await author.expect("看看对不对")
    assert "将发给 2 人" in preview.text
    assert "明天下午三点开会 <b>请</b>准时" in preview.text
    await author.press("确认发送")
    await author.expect("已确认，共 2 人")
    for contact in (first, second):
        message = await contact.expect("【通知】")
        assert "明天下午三点开会 <b>请</b>准时" in message.text
    report = await author.expect("发送完毕")
    assert "已送达 2" in report.text
    assert not any("【通知】" in message.text for message in await volunteer.messages())


async def test_one_who_blocked_the_bot_is_counted_and_named(bot: RunningBot) -> None:
    blocked = await bot.contact("kexie", name="已屏蔽者")
    await bot.contact("jiaotong")
    author = await bot.coordinator()
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.say("通知一则")
    await author.expect("发给谁")
    await author.press("联络员")
    await author.expect("将发给 2 人")
    await author.press("选好了")
    await author.expect("看看对不对")
    await bot.sim.fault("sendMessage", status=403, chat_id=blocked.id)
    await author.press("确认发送")
    report = await author.expect("发送完毕")
    assert "已送达 1 · 被屏蔽 1" in report.text
    assert "已屏蔽者：已屏蔽机器人" in report.text


async def test_pressing_send_twice_sends_once(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.say("只发一次")
    await author.expect("发给谁")
    await author.press("联络员")
    await author.expect("将发给 1 人")
    await author.press("选好了")
    preview = await author.expect("看看对不对")
    data = preview.button("确认发送").data
    await author.press(data=data, message_id=preview.id)
    await author.press(data=data, message_id=preview.id)
    await author.expect("发送完毕")
    notices = [message for message in await contact.messages() if "【通知】" in message.text]
    assert len(notices) == 1


async def test_a_contact_may_not_send_notices(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await contact.say("/notice")
    await contact.expect("您的身份不能做这一步")
    assert await bot.roles_of(contact) == {Role.contact}
