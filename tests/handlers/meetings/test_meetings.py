"""A meeting through the front door: invite, answer, change, sign in, minutes (BUL-06)."""

from bot.chat.callback import pack
from bot.chat.cards.meetings.buttons import Attend, CancelMeeting, SignIn
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import labels
from tests.support.bot import RunningBot


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


async def day_asked(office: SimPerson) -> None:
    """Let the office call a meeting as far as the question of its day."""
    await office.say("/start")
    await office.expect(lambda message: "会议" in message.button_texts)
    await press(office, "会议", "还没有会议")
    await press(office, "通知开会", "什么会？")
    await office.say("创建动员会")
    await office.expect("哪一天开？")


async def asked_whom(office: SimPerson, *, day: str = "6月6日") -> None:
    """Let the office call a meeting as far as the question of who is invited."""
    await day_asked(office)
    await office.say(day)
    await office.expect("几点开？")
    await office.say("下午3点")
    await office.expect("在哪里开？")
    await office.say("区政府二楼")
    await office.expect("通知谁参加？")


async def test_the_day_and_the_hour_can_stand_in_one_line(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await day_asked(office)
    await office.say("今天 8:00")
    refused = await office.expect("这个时间已经过去")
    assert "哪一天开？" in refused.text
    await office.say("6月6日 下午3点")
    await office.expect("在哪里开？")
    await office.press("‹ 上一步")
    await office.expect("几点开？")
    await office.say("16:00")
    await office.expect("在哪里开？")
    await office.say("区政府二楼")
    await office.expect("通知谁参加？")
    await bot.contact("kexie")
    await press(office, "联络员", "将发给")
    assert "6月6日（周四）16:00" in (await press(office, "选好了", "看看对不对")).text


async def called(office: SimPerson, *, day: str = "6月6日") -> SimMessage:
    """Let the office call a meeting of the contacts; return its card."""
    await asked_whom(office, day=day)
    await press(office, "联络员", "将发给")
    preview = await press(office, "选好了", "看看对不对")
    assert "6月6日（周四）15:00" in preview.text
    return await press(office, "确认通知", "已通知，答复见下面")


async def test_answers_come_back_by_unit_and_can_be_changed(bot: RunningBot) -> None:
    first, second = await bot.contact("kexie", "张三"), await bot.contact("jiaotong", "李四")
    office = await bot.coordinator()
    card = await called(office)
    assert "通知 2 人：参加 0 · 代会 0 · 请假 0 · 未答复 2" in card.text
    invited = await first.expect("【会议通知】")
    assert "时间：6月6日（周四）15:00\n地点：区政府二楼" in invited.text
    assert labels(invited) == ["参加", "请假", "代会"]
    await first.press("参加")
    file = await first.expect(lambda message: message.file is not None)
    assert file.file is not None
    calendar = (await bot.sim.download(file.file.url)).decode()
    assert "SUMMARY:创建动员会" in calendar
    await press(second, "请假", "请假的原因？")
    await second.say("出差")
    await second.expect("请假（出差）")
    await press(second, "代会", "谁来代会？")
    await second.say("王五 副主任")
    await second.expect("代会：王五 副主任")
    await office.press("会议")
    listed = await office.expect(lambda message: "通知开会" in message.button_texts)
    await office.press(listed.buttons[0][0].text)
    shown = await office.expect("通知 2 人：参加 1 · 代会 1 · 请假 0 · 未答复 0")
    assert "区科协：张三 参加" in shown.text
    assert "区交通运输局：李四 代会：王五 副主任" in shown.text


async def test_units_are_invited_by_name_and_others_left_out(bot: RunningBot) -> None:
    first, second = await bot.contact("kexie", "张三"), await bot.contact("jiaotong", "李四")
    third = await bot.contact("jiaoyu", "王五")
    office = await bot.coordinator()
    await asked_whom(office)
    await press(office, "联络员", "将发给 3 人")
    await press(office, "去掉一些人", "去掉谁？")
    await press(office, "按单位", "哪些单位")
    await press(office, "区交通运输局", "将发给 2 人")
    preview = await press(office, "选好了", "看看对不对")
    assert "通知：联络员，去掉 区交通运输局" in preview.text
    card = await press(office, "确认通知", "已通知，答复见下面")
    assert "通知 2 人" in card.text
    for invited in (first, third):
        await invited.expect("【会议通知】")
    await second.say("/help")
    await second.expect("/help")
    assert not [one for one in await second.messages() if "【会议通知】" in one.text]


async def test_a_list_of_names_invites_and_goes_on_with_the_meeting(bot: RunningBot) -> None:
    contact = await bot.contact("kexie", "张三")
    await bot.contact("jiaotong", "李四")
    office = await bot.coordinator()
    await office.say("/notice")
    await office.expect("通知")
    await asked_whom(office)
    await press(office, "按名单", "请发来名单")
    await office.document("名单.txt", "区科协\n不存在的单位\n".encode())
    read = await office.expect("名单里找到单位 1 个")
    assert "没找到 1 个：不存在的单位" in read.text
    await press(office, "继续写会议通知", "将发给 1 人")
    await press(office, "选好了", "看看对不对")
    await press(office, "确认通知", "已通知，答复见下面")
    await contact.expect("【会议通知】")


async def test_leave_needs_no_reason(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie", "张三"), await bot.coordinator()
    await called(office)
    await contact.expect("【会议通知】")
    await press(contact, "请假", "请假的原因？")
    await contact.press("跳过")
    answered = await contact.expect("请假")
    if "提交" in labels(answered):
        answered = await press(contact, "提交", "开会前都可以改")
    assert "请假" in answered.text


async def test_a_change_and_a_cancelling_are_told_once(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie", "张三"), await bot.coordinator()
    card = await called(office)
    await contact.expect("【会议通知】")
    await press(office, "改时间地点", "看看对不对")
    await press(office, "改一项", "哪一项")
    await press(office, "地点", "在哪里开？")
    await office.say("区政府三楼")
    await office.expect("区政府三楼")
    await press(office, "确认改动", "已改")
    moved = await contact.expect("会议有变动")
    assert "区政府三楼" in moved.text
    await press(office, "取消会议", "1 人会收到一条取消通知")
    off = await press(office, "取消会议", "会议已取消，已通知")
    assert "签到" not in labels(off)
    await contact.expect("会议取消")
    stale = pack(CancelMeeting(1, sure=True))
    await office.press(data=stale, message_id=card.id)
    await office.expect("会议已取消（")
    refused = await contact.press(data=pack(Attend(1)), message_id=moved.id)
    assert "会议已取消" in (refused.text or "")
    assert sum("会议取消" in one.text for one in await contact.messages()) == 1


async def test_the_office_signs_people_in_and_files_the_minutes(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie", "张三"), await bot.coordinator()
    await called(office)
    await contact.expect("【会议通知】")
    early = await office.press(data=pack(SignIn(1, await bot.person_id(contact), 1)), message_id=1)
    assert "还没到开会那天" in (early.text or "")
    await bot.move_clock("3d")
    await bot.move_clock("7h")
    await press(office, "签到", "已到 0/1")
    await press(office, "区科协 张三", "已到 1/1（迟到 1）")
    await office.press("返回会议")
    await office.expect(lambda message: "传会议纪要" in message.button_texts)
    await press(office, "传会议纪要", "请发来会议纪要")
    await office.document("纪要.docx", b"the minutes")
    await office.expect("要不要也发给")
    await press(office, "存档并发送", "看看对不对")
    await office.press("提交")
    await office.expect("纪要已存档，正在发给")
    sent = await contact.expect("会议纪要")
    assert sent.file is not None
    await office.press("导出表格")
    sheet = await office.expect(lambda message: message.file is not None)
    assert sheet.file is not None
    assert sheet.file.name == "会议1签到表.xlsx"


async def test_a_contact_calls_no_meeting_and_a_stranger_answers_none(bot: RunningBot) -> None:
    contact, office = await bot.contact("kexie", "张三"), await bot.coordinator()
    stranger = await bot.volunteer()
    await called(office)
    await contact.expect("【会议通知】")
    refused = await contact.press(data=pack(CancelMeeting(1, sure=True)), message_id=1)
    assert "您的身份不能做这一步" in (refused.text or "")
    refused = await stranger.press(data=pack(Attend(1)), message_id=1)
    assert "没有找到" in (refused.text or "")
