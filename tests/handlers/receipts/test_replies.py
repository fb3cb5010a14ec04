"""Replies to a notice, the office's answers, and the report of a notice (BUL-02)."""

from bot.chat.callback import pack
from bot.chat.cards.receipts.buttons import RequeueFailed
from bot.features.receipts.report import figures
from bot.sandbox.client import SimMessage, SimPerson
from tests.features.receipts.scene import WORDS
from tests.handlers.posts.scene import labels
from tests.handlers.receipts.scene import noted, open_notice, send_notice
from tests.support.bot import RunningBot
from tests.support.waiting import until


async def replied(bot: RunningBot, contact: SimPerson, office: SimPerson, text: str) -> SimMessage:
    """Let `contact` reply to the notice with `text`; return what the office gets."""
    notice = await noted(bot, contact, WORDS)
    await contact.say(text, reply_to=notice.id)
    await contact.expect("已转给区文明办")
    return await noted(bot, office, text)


async def test_a_reply_goes_to_the_office_and_its_answer_comes_back(bot: RunningBot) -> None:
    contact = await bot.contact("kexie", name="张三")
    office, second = await bot.coordinator(), await bot.coordinator("小王")
    await send_notice(bot, office, contact)
    brought = await replied(bot, contact, office, "能不能改到四点？")
    assert "第 1 号通知有回复" in brought.text
    assert WORDS in brought.text
    assert "区科协 张三：" in brought.text
    await second.expect("能不能改到四点？")
    await office.say("可以，四点见", reply_to=brought.id)
    await office.expect("已答复区科协 张三")
    answer = await noted(bot, contact, "区文明办的答复")
    assert "您说：能不能改到四点？" in answer.text
    assert "可以，四点见" in answer.text
    await contact.say("谢谢", reply_to=answer.id)
    await second.expect("谢谢")
    await open_notice(second)
    await second.press("回复 2")
    shown = await second.expect("第 1 号通知 · 回复")
    assert "已答复（6月3日（周一）09:00）：可以，四点见" in shown.text


async def test_the_office_answers_by_a_button_with_a_file(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie", name="张三"), await bot.coordinator()
    await send_notice(bot, office, contact)
    await replied(bot, contact, office, "地点在哪？")
    await office.press("回复")
    assert "地点在哪？" in (await office.expect("答复区科协 张三：")).text
    await office.document("地图.pdf", b"a map", caption="见图")
    await office.expect("已答复区科协 张三")
    answer = await contact.expect("见图")
    assert answer.file is not None
    assert await bot.sim.download(answer.file.url) == b"a map"


async def test_a_reply_leaves_what_is_being_filled_in_alone(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie", name="张三"), await bot.coordinator()
    await send_notice(bot, office, contact)
    notice = await noted(bot, contact, WORDS)
    await contact.say("/report")
    await contact.expect("活动叫什么名称")
    await contact.say("我参加", reply_to=notice.id)
    await contact.expect("已转给区文明办")
    await office.expect("我参加")
    await contact.say("进社区宣传")
    await contact.expect("第3/")
    assert all("进社区宣传" not in one.text for one in await office.messages())


async def test_what_cannot_be_handed_on_is_refused_in_one_sentence(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie"), await bot.coordinator()
    await send_notice(bot, office, contact)
    notice = await noted(bot, contact, WORDS)
    await contact.update(location={"latitude": 34.0, "longitude": 118.0}, reply_to=notice.id)
    await contact.expect("这一条没有转出")


async def test_the_report_counts_by_unit_and_sends_what_failed_again(bot: RunningBot) -> None:
    first = await bot.contact("kexie", name="张三")
    second = await bot.contact("jiaotong", name="李四")
    blocked = await bot.contact("zhujian", name="王五")
    office = await bot.coordinator()
    await bot.sim.fault("sendMessage", status=400, chat_id=second.id, times=1)
    await bot.sim.fault("sendMessage", status=403, chat_id=blocked.id, times=1)
    notice_id = await send_notice(bot, office, first, second, blocked)
    await until(lambda: bot.read(lambda view: figures(view, notice_id).waiting == 0))
    await open_notice(office)
    await office.press("送达情况")
    shown = await office.expect("共 3 人：已送达 1 · 被屏蔽 1 · 失败 1")
    assert "区科协：送达 1/1，回执 0" in shown.text
    assert "重发没有用" in shown.text
    await office.press("重发失败的 1 条")
    await office.expect("有 1 条发送失败")
    await office.press("再发 1 条")
    await office.expect("已重发 1 条")
    await noted(bot, second, WORDS)
    await office.press(data=pack(RequeueFailed(notice_id, sure=True)), message_id=shown.id)
    assert "没有可重发的" in (await office.expect("没有可重发的")).text
    assert all(WORDS not in one.text for one in await blocked.messages())
    assert len([one for one in await first.messages() if one.text.endswith(WORDS)]) == 1


async def test_the_report_comes_as_a_workbook(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie", name="=张三"), await bot.coordinator()
    await send_notice(bot, office, contact)
    await contact.expect(WORDS)
    await open_notice(office)
    await office.press("送达情况")
    await office.expect("共 1 人")
    await office.press("导出表格")
    message = await office.expect(lambda one: one.file is not None)
    assert message.file is not None
    assert message.file.name == "第1号通知送达情况.xlsx"
    assert "送达情况" in message.text
    assert labels(message) != []
