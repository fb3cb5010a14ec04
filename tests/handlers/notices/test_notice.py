"""A coordinator sends a notice, through the front door."""

from bot.core.roles import Role
from tests.handlers.notices.writing import notices_of, written
from tests.support.bot import RunningBot


async def test_a_notice_reaches_each_contact_once_and_reports_delivery(bot: RunningBot) -> None:
    first = await bot.contact("kexie")
    second = await bot.contact("jiaotong")
    volunteer = await bot.volunteer()
    author = await bot.coordinator()
    preview = await written(author, "明天下午三点开会 <b>请</b>准时")
    assert "将发给 2 人" in preview.text
    assert "明天下午三点开会 <b>请</b>准时" in (await notices_of(author))[0]
    await author.press("确认发送")
    await author.expect("已确认，共 2 人")
    for contact in (first, second):
        assert "明天下午三点开会 <b>请</b>准时" in (await contact.expect("【通知】")).text
    assert "已送达 2" in (await author.expect("发送完毕")).text
    assert await notices_of(volunteer) == []


async def test_everyone_is_everyone_once_and_said_to_be(bot: RunningBot) -> None:
    both = await bot.person(Role.contact, Role.volunteer, unit="kexie")
    author = await bot.coordinator()
    preview = await written(author, "全体通知", to="所有人")
    assert "注意：这会发给登记过的所有人" in preview.text
    await author.press("确认发送")
    assert "已送达 2" in (await author.expect("发送完毕")).text
    assert len(await notices_of(both)) == 1


async def test_one_who_blocked_the_bot_is_counted_and_named(bot: RunningBot) -> None:
    blocked = await bot.contact("kexie", name="已屏蔽者")
    await bot.contact("jiaotong")
    author = await bot.coordinator()
    await written(author, "通知一则")
    await bot.sim.fault("sendMessage", status=403, chat_id=blocked.id)
    await author.press("确认发送")
    report = await author.expect("发送完毕")
    assert "已送达 1 · 被屏蔽 1" in report.text
    assert "已屏蔽者：已屏蔽机器人" in report.text


async def test_pressing_send_twice_sends_once(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    preview = await written(author, "只发一次")
    data = preview.button("确认发送").data
    await author.press(data=data, message_id=preview.id)
    await author.press(data=data, message_id=preview.id)
    await author.expect("发送完毕")
    assert len(await notices_of(contact)) == 1


async def test_a_notice_to_nobody_is_refused_and_its_text_is_kept(bot: RunningBot) -> None:
    author = await bot.coordinator()
    await written(author, "没有人的通知", to="队长")
    await author.press("确认发送")
    refused = await author.expect("没有能收到的人")
    assert "没有人的通知" in (await notices_of(author))[0]
    assert "确认发送" in refused.button_texts


async def test_a_file_goes_out_as_it_came(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.document("方案.docx", b"the plan", caption="请看附件")
    await author.expect("发给谁")
    await author.press("联络员")
    await author.expect("将发给 1 人")
    await author.press("选好了")
    await author.expect("看看对不对")
    shown = await author.expect("请看附件")
    assert shown.file is not None
    await author.press("确认发送")
    message = await contact.expect("请看附件")
    assert message.file is not None
    assert await bot.sim.download(message.file.url) == b"the plan"


async def test_what_cannot_be_a_notice_is_refused_in_one_sentence(bot: RunningBot) -> None:
    author = await bot.coordinator()
    await author.say("/notice")
    await author.expect("请发来通知的文字")
    await author.document("大文件.zip", size=51 * 1024 * 1024)
    await author.expect("文件 51 MB，超过机器人能发的 50 MB")
    await author.say("长" * 4090)
    await author.expect("文字 4,090 字，最多 4,036 字")
    await author.say("短一点")
    await author.expect("发给谁")


async def test_a_contact_may_not_send_notices(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await contact.say("/notice")
    await contact.expect("您的身份不能做这一步")
    assert await bot.roles_of(contact) == {Role.contact}
