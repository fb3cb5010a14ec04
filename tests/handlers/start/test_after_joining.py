"""What the home screen shows right after a conversation has ended."""

from tests.support.bot import RunningBot


async def test_joining_leaves_no_unfinished_draft_on_the_home_screen(bot: RunningBot) -> None:
    person = await bot.newcomer("新市民")
    await person.say("/start")
    await person.expect("志愿服务")
    await person.press("我要当志愿者")
    await person.expect("境外的服务器")
    await person.press("换个名字")
    await person.expect("")
    await person.say("张三")
    seen = await person.expect("志愿者")
    while "报名成功" not in seen.text:
        await person.press(seen.button_texts[0])
        seen = await person.expect("")
    assert "继续" not in " ".join(seen.button_texts)


async def test_a_paragraph_outside_any_conversation_leads_a_contact_to_a_report(
    bot: RunningBot,
) -> None:
    contact = await bot.contact("kexie")
    await contact.say("3月28日，区科协在永丰镇举行培训会。")
    await contact.expect("看看对不对")
    await contact.press("取消")
    await contact.expect("取消")
    await contact.say("这句话没有说什么活动")
    seen = await contact.expect("不知道放到哪里")
    assert seen.button_texts == ["报一项活动", "首页"]
    volunteer = await bot.volunteer()
    await volunteer.say("你好")
    assert (await volunteer.expect("不知道放到哪里")).button_texts == ["首页"]
