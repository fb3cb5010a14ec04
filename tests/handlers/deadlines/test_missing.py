"""Who is missing, and reminding exactly them (TIME-15; screens 12)."""

from bot.core.roles import Role
from tests.support.bot import RunningBot


async def test_the_office_sees_counts_contacts_and_units_without_anybody(
    bot: RunningBot,
) -> None:
    await bot.contact("kexie", "王老师")
    office = await bot.coordinator()
    await office.say("/missing")
    overview = await office.expect("谁还没报")
    assert "创建宣传方案\n截止 6月10日（周一）" in overview.text
    assert "已报 0/18 · 未到期 18" in overview.text
    await office.press("看创建宣传方案 未报 18")
    board = await office.expect("区住建局（无人绑定 ⚠）")
    assert "区科协（联络员 王老师）" in board.text
    assert "未加成员（加了成员才按成员催报）：各乡镇街道、区直各机关单位" in board.text
    assert "给区住建局发邀请" in board.button_texts


async def test_one_tap_reminds_exactly_the_missing_ones_and_a_second_one_nobody(
    bot: RunningBot,
) -> None:
    missing = await bot.contact("kexie", "王老师")
    done = await bot.contact("keji", "李老师")
    office = await bot.coordinator()
    await done.document("方案.docx", size=100)
    await done.expect("要作为创建宣传方案报送吗")
    await done.press("作为创建宣传方案报送")
    await done.expect("哪天在")
    await done.press("跳过")
    await done.expect("看看对不对")
    await done.press("提交")
    await done.expect("已收到")
    await office.expect("收到创建宣传方案")
    await office.say("/missing")
    await office.expect("谁还没报")
    await office.press("看创建宣传方案 未报 17")
    board = await office.expect("未到期 17")
    assert "提醒未报的 1 个" in board.button_texts
    await office.press("提醒未报的 1 个")
    after = await office.expect("已提醒 1 个单位的 1 人")
    assert "16 个单位无人绑定" in after.text
    reminder = await missing.expect("区文明办请您报送")
    assert "区科协 创建宣传方案：还有 7 天" in reminder.text
    await office.press("今天已提醒过")
    answer = await office.press("今天已提醒过")
    assert answer.alert
    assert "今天已经提醒过了" in (answer.text or "")
    await done.expect_nothing(within_s=0.3)


async def test_an_invitation_for_a_unit_that_nobody_is_bound_to_is_one_tap(
    bot: RunningBot,
) -> None:
    office = await bot.coordinator()
    await office.say("/missing")
    await office.expect("谁还没报")
    await office.press("看创建宣传方案 未报 18")
    await office.expect("无人绑定")
    await office.press("给区住建局发邀请")
    link = await office.expect("t.me/")
    assert "区住建局" in link.text


async def test_the_supervisor_looks_and_cannot_remind(bot: RunningBot) -> None:
    await bot.contact("kexie", "王老师")
    looker = await bot.person(Role.supervisor, name="创建办")
    await looker.say("/missing")
    await looker.expect("谁还没报")
    await looker.press("看创建宣传方案 未报 18")
    board = await looker.expect("区科协（联络员 王老师）")
    assert not [text for text in board.button_texts if "提醒" in text or "邀请" in text]
    answer = await looker.press(data="dl.c:O1:once")
    assert answer.alert


async def test_others_do_not_see_who_is_missing(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await contact.say("/missing")
    await contact.expect("您的身份不能做这一步")


async def test_a_blocked_contact_is_shown_as_such(bot: RunningBot) -> None:
    contact = await bot.contact("kexie", "王老师")
    office = await bot.coordinator()
    await contact.block()
    await bot.sim.expect_call("getUpdates")
    await office.say("/missing")
    await office.expect("谁还没报")
    await office.press("看创建宣传方案 未报 18")
    await office.expect("区科协（联络员 王老师，收不到消息）")


async def test_no_more_today_is_a_word_and_the_buttons_stay(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await bot.sim.set_clock("2024-06-07T09:00:05+08:00")
    await bot.app.tick()
    reminder = await contact.expect("今天 1 件事")
    answer = await contact.press("今天不再提醒")
    assert answer.text == "今天不再提醒，明天 09:00 起照常。没报的还可以随时报。"
    assert "报送方案" in reminder.button_texts
