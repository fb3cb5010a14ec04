"""What people settle about themselves: name, language, team, handing over, giving up."""

import re

from bot.core.roles import Role
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot


async def open_more(person: SimPerson, *, home: str = "创城") -> None:
    """Lead `person` to what they can settle."""
    await person.start()
    await person.expect(home)
    await person.press("更多")
    await person.expect("您登记的称呼")


async def test_a_name_is_changed_after_a_look_at_it(bot: RunningBot) -> None:
    volunteer = await bot.volunteer("小张")
    await open_more(volunteer)
    await volunteer.press("改称呼")
    await volunteer.expect("现在的称呼是 小张")
    await volunteer.say("张三丰")
    await volunteer.expect("小张 → 张三丰")
    await volunteer.press("改成这个")
    await volunteer.expect("现在称呼您 张三丰")


async def test_a_language_is_chosen_and_stays(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    await open_more(volunteer)
    await volunteer.press("换语言 Language")
    await volunteer.expect("请选择语言")
    await volunteer.press("English")
    await volunteer.expect("English from now on")
    await volunteer.say("/cancel")
    await volunteer.expect("There is nothing to cancel")


async def test_a_team_is_chosen_and_left(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    await open_more(volunteer)
    await volunteer.press("选队伍")
    shown = await volunteer.expect("志愿服务队")
    assert "不属于队伍" not in shown.button_texts
    first = shown.button_texts[0]
    await volunteer.press(first)
    await volunteer.expect(lambda message: f"✓ {first}" in message.button_texts)
    await volunteer.press("不属于队伍")
    await volunteer.expect(lambda message: first in message.button_texts)


async def test_a_contact_hands_over_by_a_link(bot: RunningBot) -> None:
    old, new = await bot.contact("kexie", name="王桂芳"), await bot.newcomer("赵敏")
    await open_more(old)
    await old.press("交接")
    await old.expect("交接 区科协 联络员")
    forwarded = await old.expect("请您接任 区科协 联络员")
    found = re.search(r"start=(\S+)", forwarded.text)
    assert found is not None
    await new.start(found.group(1))
    await new.expect("请您接任 区科协 联络员")
    assert await bot.roles_of(old) == {Role.contact}
    await new.press("同意并用“赵敏”接受")
    await new.expect("已登记")
    assert await bot.roles_of(new) == {Role.contact}
    assert await bot.roles_of(old) == frozenset()
    await old.expect("区科协 联络员 已交接给 赵敏")
    await old.start()
    await old.expect("创城宣传")


async def test_who_holds_two_units_is_asked_which(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await bot.grant(contact, Role.unit_head, unit="sifa")
    await open_more(contact)
    await contact.press("交接")
    asked = await contact.expect("要交接哪一个")
    assert asked.button_texts[:2] == ["区科协 联络员", "区司法局 分管领导"]
    await contact.press("区司法局 分管领导")
    await contact.expect("交接 区司法局 分管领导")


async def test_a_role_is_given_up_after_a_second_press(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await open_more(contact)
    await contact.press("退出身份")
    await contact.expect("要退出哪一个")
    await contact.press("区科协 联络员")
    question = await contact.expect("退出 区科协 联络员？")
    assert question.button_texts == ["先不退", "确认退出"]
    assert await bot.roles_of(contact) == {Role.contact}
    await contact.press("确认退出")
    await contact.expect("已退出 区科协 联络员")
    assert await bot.roles_of(contact) == frozenset()


async def test_the_last_admin_is_told_why_not(bot: RunningBot) -> None:
    admin = await bot.person(Role.admin)
    await open_more(admin)
    await admin.press("退出身份")
    await admin.expect("要退出哪一个")
    await admin.press("管理员")
    await admin.expect("退出 管理员？")
    answer = await admin.press("确认退出")
    assert answer.alert
    assert answer.text is not None
    assert "最后一位管理员" in answer.text
    assert await bot.roles_of(admin) == {Role.admin}


async def test_nobody_gives_up_or_hands_over_what_is_anothers(bot: RunningBot) -> None:
    await bot.contact("kexie")
    other = await bot.contact("sifa")
    await open_more(other)
    shown = await other.last()
    for data in ("lv:1:1", "lv:1:0", "ho:1"):
        answer = await other.press(data=data, message_id=shown.id)
        assert answer.alert, data
    assert await bot.roles_of(other) == {Role.contact}


async def test_somebody_without_a_role_has_nothing_to_settle(bot: RunningBot) -> None:
    new = await bot.newcomer()
    await new.start()
    welcome = await new.expect("创城宣传")
    for data in ("more", "lv:-:0", "ho:-", "tm"):
        answer = await new.press(data=data, message_id=welcome.id)
        assert answer.text is not None
        assert "您的身份不能做这一步" in answer.text
