"""Coming in through the front door: the welcome, consent, registering, /help."""

import re

from bot.core.roles import Role
from tests.support.bot import RunningBot


async def test_a_newcomer_is_a_volunteer_after_three_messages(bot: RunningBot) -> None:
    new = await bot.newcomer("张三")
    await new.start()
    welcome = await new.expect("宿城区创城宣传")
    assert len(welcome.text.splitlines()) == 3
    await new.press("我要当志愿者")
    notice = await new.expect("境外")
    assert "/forget" in notice.text
    assert await bot.roles_of(new) == frozenset()
    await new.press("同意并用“张三”报名")
    home = await new.expect("报名成功")
    assert "宿城区创城 · 志愿者" in home.text
    assert home.id == welcome.id
    assert await bot.roles_of(new) == {Role.volunteer}
    await new.start()
    assert "报名成功" not in (await new.expect("志愿者")).text


async def test_who_declines_is_not_kept(bot: RunningBot) -> None:
    new = await bot.newcomer("张三")
    await new.start()
    await new.expect("创城")
    await new.press("我要当志愿者")
    await new.expect("境外")
    await new.press("不了")
    await new.expect("没有登记")
    assert await bot.roles_of(new) == frozenset()
    await new.press("首页")
    await new.expect("创城宣传")


async def test_another_name_is_asked_for_and_agreed_to(bot: RunningBot) -> None:
    new = await bot.newcomer("🌸")
    await new.start()
    await new.expect("创城")
    await new.press("我要当志愿者")
    notice = await new.expect("境外")
    assert not any("同意并用" in text for text in notice.button_texts)
    await new.press("换个名字")
    await new.expect("怎么称呼您")
    await new.say("🌸🌸")
    await new.expect("没看到名字")
    await new.update(sticker=STICKER)
    await new.expect("没看到名字")
    await new.say("<b>李四</b>")
    preview = await new.expect("境外")
    assert "称呼：<b>李四</b>" in preview.text
    await new.press("同意并登记")
    await new.expect("报名成功")
    assert await bot.roles_of(new) == {Role.volunteer}


STICKER = {
    "file_id": "S",
    "file_unique_id": "S",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}


async def test_somebody_with_an_invitation_is_told_how_to_open_it(bot: RunningBot) -> None:
    new = await bot.newcomer()
    await new.start()
    await new.expect("创城")
    await new.press("我有邀请")
    await new.expect("邀请链接")


async def test_an_english_client_is_spoken_to_in_english(bot: RunningBot) -> None:
    emma = await bot.newcomer("Emma", language_code="en-GB")
    await emma.start()
    await emma.expect("civic campaign")
    await emma.press("I want to volunteer")
    await emma.expect("servers abroad")
    await emma.press("Agree, sign up as “Emma”")
    await emma.expect("you are a volunteer now")
    await emma.say("/lang")
    await emma.expect("Choose your language")
    await emma.press("中文")
    await emma.expect("以后用中文")
    await emma.say("/help")
    await emma.expect("能用的命令")


async def test_help_names_the_commands_of_ones_roles_only(bot: RunningBot) -> None:
    volunteer, coordinator = await bot.volunteer(), await bot.coordinator()
    shown = {}
    for person in (volunteer, coordinator):
        await person.say("/help")
        message = await person.expect("能用的命令")
        shown[person.id] = set(re.findall(r"^(/\w+)", message.text, re.MULTILINE))
    assert {"/start", "/help", "/forget", "/lang", "/cancel"} <= shown[volunteer.id]
    assert {"/units", "/invite"} <= shown[coordinator.id] - shown[volunteer.id]


async def test_a_volunteer_becomes_one_once_and_a_contact_may_be_one_too(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await contact.start()
    await contact.expect("区科协")
    await contact.press("更多")
    await contact.expect("称呼")
    await contact.press("我要当志愿者")
    await contact.expect("报名成功")
    assert await bot.roles_of(contact) == {Role.contact, Role.volunteer}
    await contact.press("更多")
    more = await contact.expect("称呼")
    assert "我要当志愿者" not in more.button_texts
    assert "选队伍" in more.button_texts
