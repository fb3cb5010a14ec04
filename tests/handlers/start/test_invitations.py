"""An invitation from the coordinator's press to the contact's home screen (ORG-18)."""

import asyncio
import re

from sqlalchemy import text

from bot.core.roles import Role
from bot.db.work import View
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot


async def code_from(office: SimPerson, role: str = "联络员", unit: str | None = "区科协") -> str:
    """Return the code of an invitation that somebody of the office makes by pressing buttons."""
    await office.say("/invite")
    await office.expect("邀请谁")
    await office.press(role)
    if unit is not None:
        await office.expect("哪个单位")
        for _ in range(4):
            if unit in (await office.last()).button_texts:
                break
            await office.press("›")
            await office.expect("哪个单位")
        await office.press(unit)
    await office.expect("邀请已生成")
    forwarded = await office.expect("https://t.me/")
    found = re.search(r"start=([A-Za-z0-9_-]+)$", forwarded.text)
    assert found is not None
    return found.group(1)


async def test_a_contact_comes_in_by_a_link(bot: RunningBot) -> None:
    office, new = await bot.coordinator(), await bot.newcomer("王桂芳")
    code = await code_from(office)
    await new.start(code)
    notice = await new.expect("您受邀担任 区科协 联络员")
    assert "境外" in notice.text
    assert await bot.roles_of(new) == frozenset()
    await new.press("同意并用“王桂芳”接受")
    home = await new.expect("已登记，您现在是 区科协 联络员")
    assert "宿城区创城 · 区科协" in home.text
    assert await bot.roles_of(new) == {Role.contact}
    await office.expect("王桂芳 接受了邀请，现在是 区科协 联络员")


async def test_another_name_keeps_the_code_out_of_the_database(bot: RunningBot) -> None:
    office, new = await bot.coordinator(), await bot.newcomer("王")
    code = await code_from(office)
    await new.start(code)
    await new.expect("您受邀担任")
    await new.press("换个名字")
    await new.expect("怎么称呼您")
    kept = await bot.read(answers)
    assert len(kept) == 1
    assert code not in kept[0]
    await new.say("王桂芳")
    preview = await new.expect("称呼：王桂芳")
    assert "您受邀担任 区科协 联络员" in preview.text
    await new.press("同意并登记")
    await new.expect("已登记")
    assert await bot.roles_of(new) == {Role.contact}


def answers(view: View) -> list[str]:
    return list(view.session.scalars(text("SELECT answers FROM draft")))


async def test_who_has_agreed_before_is_in_with_one_tap(bot: RunningBot) -> None:
    office, volunteer = await bot.coordinator(), await bot.volunteer()
    await volunteer.start(await code_from(office))
    await volunteer.expect("已登记，您现在是 区科协 联络员")
    assert await bot.roles_of(volunteer) == {Role.volunteer, Role.contact}


async def test_a_link_opened_again_shows_home_to_its_owner_only(bot: RunningBot) -> None:
    office, volunteer, other = await bot.coordinator(), await bot.volunteer(), await bot.newcomer()
    code = await code_from(office)
    await volunteer.start(code)
    await volunteer.expect("已登记")
    await volunteer.start(code)
    again = await volunteer.expect("宿城区创城 · 区科协")
    assert "已登记" not in again.text
    await other.start(code)
    refused = await other.expect("已被别人用过")
    assert refused.button_texts == ["首页"]
    assert len(refused.text.splitlines()) == 1


async def test_a_link_expires_after_three_days(bot: RunningBot) -> None:
    office, new = await bot.coordinator(), await bot.newcomer()
    code = await code_from(office)
    await bot.sim.advance("3d")
    await new.start(code)
    await new.expect("已过期")


async def test_a_link_that_is_taken_back_while_it_is_read_is_refused(bot: RunningBot) -> None:
    office, new = await bot.coordinator(), await bot.newcomer("王桂芳")
    code = await code_from(office)
    await new.start(code)
    await new.expect("您受邀担任")
    await office.press("撤销邀请")
    await office.expect("撤销给 区科协 联络员 的邀请？")
    await office.press("撤销邀请")
    await office.expect("没有未用的邀请")
    await new.press("同意并用")
    await new.expect("已撤销")
    assert await bot.roles_of(new) == frozenset()


async def test_fifty_wrong_codes_get_five_answers_and_then_a_wall(bot: RunningBot) -> None:
    office, new = await bot.coordinator(), await bot.newcomer()
    right = await code_from(office)
    for number in range(50):
        await new.start(f"guess-{number}")
    for _ in range(5):
        await new.expect("没有这个邀请码")
    for _ in range(45):
        await new.expect("试得太多")
    await new.start(right)
    await new.expect("试得太多")
    await bot.sim.advance("1h")
    await new.start(right)
    await new.expect("您受邀担任")


async def test_any_text_after_start_is_answered_in_one_sentence(bot: RunningBot) -> None:
    new = await bot.newcomer()
    for code in ("<b>x", "a:b", "-", "字" * 60, "' OR 1=1 --"):
        await new.start(code)
        await new.expect("没有这个邀请码")


async def test_two_who_press_at_once_get_one_role(bot: RunningBot) -> None:
    office = await bot.coordinator()
    code = await code_from(office)
    both = [await bot.newcomer(name) for name in ("甲某", "乙某")]
    for person in both:
        await person.start(code)
        await person.expect("您受邀担任")
    await asyncio.gather(*(person.press("同意并用") for person in both))
    roles = [await bot.roles_of(person) for person in both]
    assert sorted(map(len, roles)) == [0, 1]
    loser = both[0] if not roles[0] else both[1]
    await loser.expect("已被别人用过")


async def test_nobody_outside_the_office_invites(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await contact.say("/invite")
    await contact.expect("您的身份不能做这一步")
    for data in ("iv", "iv.u:contact:1", "iv.n:admin:-", "iv.n:contact:1", "iv.o:1"):
        answer = await contact.press(data=data, message_id=(await contact.last()).id)
        assert answer.text is not None
        assert "您的身份不能做这一步" in answer.text


async def test_a_coordinator_is_not_offered_to_invite_admins_and_cannot_force_it(
    bot: RunningBot,
) -> None:
    office = await bot.coordinator()
    await office.say("/invite")
    shown = await office.expect("邀请谁")
    assert "管理员" not in shown.button_texts
    assert "统筹员" in shown.button_texts
    answer = await office.press(data="iv.n:admin:-", message_id=shown.id)
    assert answer.text is not None
    assert "您的身份不能做这一步" in answer.text


async def test_an_admin_invites_another_admin(bot: RunningBot) -> None:
    admin, new = await bot.person(Role.admin, name="管理员甲"), await bot.newcomer("管理员乙")
    code = await code_from(admin, "管理员", unit=None)
    await new.start(code)
    await new.expect("您受邀担任 管理员")
    await new.press("同意并用")
    await new.expect("已登记")
    assert await bot.roles_of(new) == {Role.admin}
