"""A contact sets a routine, is asked for it at its time, and notes it as done."""

from tests.support.bot import RunningBot


async def test_a_routine_is_set_asked_noted_paused_and_deleted(bot: RunningBot) -> None:
    contact = await bot.contact("kexie", "王老师")
    colleague = await bot.contact("kexie", "李老师")
    await contact.say("/month")
    await contact.expect("创建宣传信息")
    await contact.press("单位常规")
    await contact.expect("还没有常规")
    await contact.press("新设一项")
    await contact.expect("要经常做什么")
    await contact.say("集体学习")
    await contact.expect("多久一次")
    await contact.press("每周")
    await contact.expect("星期几")
    await contact.press("二")
    await contact.expect("几点提醒")
    await contact.press("10:00")
    card = await contact.expect("看看对不对")
    assert "每周二 10:00 提醒" in card.text
    assert "遇节假日不提醒，也不补" in card.text
    await contact.press("设好")
    await contact.expect("✓ 已设好")
    await bot.move_clock("1d")
    await bot.move_clock("1h")
    asked = await contact.expect("今天该办：集体学习")
    assert "区科协自己定的常规" in asked.text
    await colleague.expect("今天该办：集体学习")
    await contact.press("完成")
    await contact.expect("✓ 已记下：集体学习，本期完成")
    second = await colleague.press("完成")
    assert second.alert
    assert "本期已经记过完成了" in str(second.text)
    await contact.press("全部常规")
    await contact.expect("本期已完成")
    await contact.press("看集体学习")
    await contact.expect("每周二 10:00")
    await contact.press("改")
    await contact.expect("看看对不对")
    await contact.press("保存修改")
    await contact.expect("✓ 已改好")
    await contact.press("停用")
    await contact.expect("✓ 已停用")
    await contact.press("启用")
    await contact.expect("✓ 已启用")
    await contact.press("删除")
    await contact.expect("删除“集体学习”？")
    await contact.press("确认删除")
    await contact.expect("✓ 已删除“集体学习”")
