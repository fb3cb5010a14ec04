"""The office moves a deadline for all: everyone concerned is told once, never in silence."""

from tests.support.bot import RunningBot


async def test_a_deadline_is_moved_after_a_look_at_whom_it_concerns(bot: RunningBot) -> None:
    contact = await bot.contact("kexie", "王老师")
    office = await bot.coordinator()
    await office.say("/missing")
    await office.expect("谁还没报")
    await office.press("看创建宣传方案 未报 18")
    await office.expect("截止 6月10日（周一）")
    await office.press("改截止日")
    await office.expect("改到哪天")
    await office.say("6月1日")
    await office.expect("要改成今天或以后的另一天")
    await office.say("6月20日")
    preview = await office.expect("看看对不对")
    assert "原定 6月10日（周一），端午节假期，改为 6月20日（周四）" in preview.text
    assert "会告诉还没报的单位的 1 位联络员" in preview.text
    await office.press("确认改")
    board = await office.expect("截止日改好了")
    assert "截止 6月20日（周四），当天 24:00 前都算按时，原定 6月10日（周一）" in board.text
    news = await contact.expect("截止日改了")
    assert "创建宣传方案：原定 6月10日（周一），现改为 6月20日（周四）" in news.text
