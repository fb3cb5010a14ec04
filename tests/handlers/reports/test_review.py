"""What coordinators do with a report, and what its contact sees of it (REP-15)."""

from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot


async def test_a_coordinator_accepts_and_the_contact_hears_of_it(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator("小李"))
    contact = Talk(await bot.contact())
    number = await contact.file("科普进社区")
    await office.person.expect("新上报")
    card = await office.press("采用", "已采用")
    assert office.answer is not None
    assert office.answer.text == "已采用"
    assert "小李 采用" in card.text
    assert "采用" not in card.button_texts
    heard = await contact.person.expect("已采用")
    assert number in heard.text
    await bot.sim.expect_call(
        "sendMessage", chat_id=contact.person.id, disable_notification="true", timeout_s=1
    )


async def test_a_returned_report_is_mended_without_typing_it_again(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator("小李"))
    contact = Talk(await bot.contact())
    await contact.to_preview("科普进社区")
    await contact.press("改一项", "改哪一项")
    await contact.press("正文（未填）", "把正文发过来")
    await contact.say("一段不会再打一遍的正文", "看看对不对")
    await contact.press("提交", "2024-C2-001")
    await office.person.expect("新上报")
    await office.press("退回", "为什么退回")
    await office.press("时间地点不清", "已退回")
    told = await contact.person.expect("上报被退回")
    assert "小李：时间地点不清" in told.text
    card = await contact.press("改好再报", "被退回：时间地点不清")
    assert "一段不会再打一遍的正文" in card.text
    await contact.press("改一项", "改哪一项")
    await contact.press("时间：日期不详", "哪一天")
    await contact.press("昨天 6月2日（周日）", "时间  6月2日（周日）")
    await contact.press("提交", "已上报  No. 2024-C2-001")
    again = await office.person.expect("第 2 次上报")
    assert "一段不会再打一遍的正文" in again.text
    await office.press("采用", "已采用")


async def test_a_reason_in_own_words_reaches_the_contact(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator("小李"))
    contact = Talk(await bot.contact())
    await contact.file()
    await office.person.expect("新上报")
    await office.press("退回", "为什么退回")
    await office.press("自己写原因", "原因是什么")
    await office.say("请补上 <签到表>", "退回原因：请补上 <签到表>")
    await office.press("退回", "已退回")
    told = await contact.person.expect("上报被退回")
    assert "小李：请补上 <签到表>" in told.text


async def test_changing_ones_mind_returns_nothing(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    await Talk(await bot.contact()).file()
    await office.person.expect("新上报")
    await office.press("退回", "为什么退回")
    card = await office.press("不退回", "待审")
    assert card.button_texts[:2] == ["采用", "退回"]


async def test_of_two_coordinators_the_second_is_told_who_decided(bot: RunningBot) -> None:
    first = Talk(await bot.coordinator("小李"))
    second = Talk(await bot.coordinator("小周"))
    await Talk(await bot.contact()).file()
    await first.person.expect("新上报")
    await second.person.expect("新上报")
    await first.press("采用", "已采用")
    shown = await second.press("采用", "已采用")
    assert second.answer is not None
    assert second.answer.alert
    assert "已经有人处理过" in str(second.answer.text)
    assert "小李 采用" in shown.text


async def test_a_card_of_an_older_version_shows_the_newest(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    contact = Talk(await bot.contact())
    await contact.file("第一版")
    old = await office.person.expect("新上报")
    await contact.press("撤回（10分钟内）", "已撤回")
    await contact.press("改好再报", "看看对不对")
    await contact.press("改一项", "改哪一项")
    await contact.press("名称：第一版", "活动叫什么名称")
    await contact.say("第二版", "名称  第二版")
    await contact.press("提交", "已上报")
    await office.person.expect("第二版")
    await office.person.press(data=old.button("采用").data, message_id=old.id)
    shown = await office.person.expect("第二版")
    assert shown.id == old.id
    assert "待审" in shown.text


async def test_a_withdrawn_report_waits_for_nobody(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    contact = Talk(await bot.contact())
    await contact.file()
    await office.person.expect("新上报")
    await contact.press("撤回（10分钟内）", "已撤回  No. 2024-C2-001")
    shown = await office.press("采用", "已撤回")
    assert "采用" not in shown.button_texts
    home = await office.say("/start", "没有待处理的上报")
    assert not any("待处理" in text for text in home.button_texts)


async def test_after_ten_minutes_it_is_too_late_to_withdraw(bot: RunningBot) -> None:
    contact = Talk(await bot.contact())
    await contact.file()
    await bot.sim.advance("1h")
    receipt = await contact.person.last()
    answer = await contact.person.press("撤回（10分钟内）")
    assert "只能在 10 分钟内" in str(answer.text)
    assert receipt.text == (await contact.person.last()).text


async def test_contacts_and_strangers_cannot_decide(bot: RunningBot) -> None:
    contact = Talk(await bot.contact())
    await contact.file()
    other = Talk(await bot.contact("jiaotong"))
    await other.say("/start", "本月已报 0 项")
    for data in ("rp.a:1:1", "rp.r:1:1", "rp.b:1:1:task"):
        answer = await contact.person.press(data=data)
        assert "您的身份不能做这一步" in str(answer.text)
    for data in ("rp.o:1", "rp.w:1:1", "rp.p:1", "cvb:rework:1"):
        answer = await other.person.press(data=data)
        assert "没有找到" in str(answer.text)
