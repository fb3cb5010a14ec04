"""/units through the front door: who is bound, where nobody is, and members of groups."""

from bot.core.roles import Role
from bot.sandbox.client import SimMessage, SimPerson
from tests.support.bot import RunningBot


async def open_register(person: SimPerson) -> SimMessage:
    await person.say("/units")
    return await person.expect("责任单位")


async def turn_to(person: SimPerson, name: str) -> None:
    """Turn pages until a unit's button is there, and press it."""
    for _ in range(4):
        found = [text for text in (await person.last()).button_texts if text.startswith(name)]
        if found:
            await person.press(found[0])
            await person.expect(name)
            return
        await person.press("›")
        await person.expect("责任单位")
    raise AssertionError(name)


async def test_counts_come_first_and_gaps_can_be_filtered(bot: RunningBot) -> None:
    await bot.contact("kexie")
    office = await bot.coordinator()
    shown = await open_register(office)
    assert shown.text.splitlines() == [
        "责任单位",
        "承担任务 20 个",
        "缺联络员 19 个",
        "缺分管领导 20 个",
    ]
    assert len([one for one in shown.button_texts if " · " in one]) == 8
    assert "区创建办" not in " ".join(shown.button_texts)
    await office.press("只看缺人的")
    await office.expect(lambda message: "看全部" in message.button_texts)


async def test_the_home_screen_names_the_gap(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await office.start()
    home = await office.expect("20 个单位还没有联络员")
    assert {"看责任单位", "邀请"} <= set(home.button_texts)
    await office.press("看责任单位")
    await office.expect("承担任务 20 个")


async def test_a_card_shows_the_people_and_ends_a_binding_after_a_second_press(
    bot: RunningBot,
) -> None:
    contact = await bot.contact("kexie", name="王桂芳")
    office = await bot.coordinator()
    await open_register(office)
    await turn_to(office, "区科协")
    card = await office.last()
    assert "联络员：王桂芳" in card.text
    assert "分管领导：还没有" in card.text
    assert "任务：C2" in card.text
    await office.press("解除 王桂芳（联络员）")
    question = await office.expect("解除 王桂芳 的 区科协 联络员 身份？")
    assert question.button_texts == ["先不解除", "确认解除"]
    assert await bot.roles_of(contact) == {Role.contact}
    await office.press("确认解除")
    await office.expect("已解除 王桂芳")
    await contact.expect("已结束您的 区科协 联络员 身份")
    assert await bot.roles_of(contact) == frozenset()


async def test_a_contact_is_invited_from_the_card(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await open_register(office)
    await turn_to(office, "区科协")
    await office.press("邀请分管领导")
    await office.expect("邀请已生成：区科协 分管领导")
    await office.expect("https://t.me/")


async def test_members_are_added_to_a_group_and_stand_for_it(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await open_register(office)
    await turn_to(office, "各乡镇街道")
    await office.press("添加成员")
    await office.expect("有哪些成员")
    await office.say("项里街道\n区科协")
    await office.expect("“区科协”已经在单位表里")
    await office.say("项里街道\n幸福街道")
    preview = await office.expect("添加 2 个成员")
    assert "项里街道、幸福街道" in preview.text
    await office.press("提交")
    card = await office.expect("已添加 2 个成员")
    assert "项里街道 · 无人绑定" in card.button_texts
    assert "联络员" not in card.text
    shown = await open_register(office)
    assert "承担任务 21 个" in shown.text
    await turn_to(office, "项里街道")
    member = await office.last()
    assert "任务：A1" in member.text
    assert "邀请联络员" in member.button_texts


async def test_a_unit_is_closed_and_opened_again(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    office = await bot.coordinator()
    await open_register(office)
    await turn_to(office, "区科协")
    await office.press("停用")
    await office.expect("停用区科协？")
    await office.press("停用")
    card = await office.expect("已停用")
    assert "邀请联络员" not in card.button_texts
    await contact.start()
    await contact.expect("区科协已停用")
    await office.press("恢复")
    await office.expect(lambda message: "停用" in message.button_texts)
    assert "承担任务 20 个" in (await open_register(office)).text


async def test_others_see_nothing_of_the_register(bot: RunningBot) -> None:
    for role in (Role.contact, Role.volunteer, Role.supervisor, Role.unit_head):
        person = await bot.person(role, unit="kexie")
        await person.say("/units")
        refused = await person.expect("您的身份不能做这一步")
        for data in ("un:1:0", "un.o:1:1", "un.b:1:1", "un.c:1:1", "un.r:1", "cvb:member:1"):
            answer = await person.press(data=data, message_id=refused.id)
            assert answer.text is not None
            assert "您的身份不能做这一步" in answer.text, (role, data)


async def test_what_is_not_there_is_said_in_one_sentence(bot: RunningBot) -> None:
    office = await bot.coordinator()
    shown = await open_register(office)
    for data in ("un.o:999:1", "un.b:999:1", "un.c:999:1", "cvb:member:2"):
        answer = await office.press(data=data, message_id=shown.id)
        assert answer.alert, data
        assert answer.text, data


async def test_any_page_number_leads_to_a_page(bot: RunningBot) -> None:
    office = await bot.coordinator()
    shown = await open_register(office)
    await office.press(data="un:999:0", message_id=shown.id)
    await office.expect(lambda message: "3/3" in message.button_texts)
