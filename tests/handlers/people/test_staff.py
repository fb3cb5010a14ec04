"""The offices' own people, and ending a role that somebody no longer should have (ORG-18)."""

from bot.chat.callback import pack
from bot.chat.cards.staff import EndRole
from bot.core.roles import Role
from bot.db.work import View
from bot.features.people.queries import staff
from tests.support.bot import RunningBot


async def test_an_admin_ends_the_role_of_a_coordinator_who_left(bot: RunningBot) -> None:
    admin = await bot.person(Role.admin, name="管理员")
    gone = await bot.coordinator("周敏")
    await admin.say("/invite")
    await admin.expect("邀请")
    await admin.press("看工作人员")
    shown = await admin.expect("共 2 人")
    assert shown.button_texts == ["解除 周敏（统筹员）", "首页"], "nobody ends their own role here"
    await admin.press("解除 周敏（统筹员）")
    question = await admin.expect("解除 周敏 的")
    assert question.button_texts == ["先不解除", "确认解除"]
    assert await bot.roles_of(gone) == {Role.coordinator}
    await admin.press("确认解除")
    await admin.expect("已解除 周敏")
    await gone.expect("已结束您的")
    assert await bot.roles_of(gone) == frozenset()
    await gone.say("/notice")
    refused = await gone.expect()
    assert "通知的文字" not in refused.text


async def test_nobody_ends_the_role_of_an_equal_or_a_higher_one(bot: RunningBot) -> None:
    admin = await bot.person(Role.admin, name="管理员")
    first, second = await bot.coordinator("周敏"), await bot.coordinator("李强")
    supervisor = await bot.person(Role.supervisor, name="何静")
    await first.say("/invite")
    await first.expect("邀请")
    await first.press("看工作人员")
    shown = await first.expect("共 4 人")
    assert shown.button_texts == ["解除 何静（督查员）", "首页"]

    def grants(view: View) -> dict[str, int]:
        return {one.name: one.grant_id for one in staff(view)}

    ids = await bot.app.store.read(grants)
    for name in ("管理员", "李强"):
        answer = await first.press(data=pack(EndRole(ids[name], sure=True)))
        assert answer.alert
    assert await bot.roles_of(admin) == {Role.admin}
    assert await bot.roles_of(second) == {Role.coordinator}
    await first.press(data=pack(EndRole(ids["何静"], sure=True)))
    await first.expect("已解除 何静")
    assert await bot.roles_of(supervisor) == frozenset()


async def test_two_admins_cannot_end_each_other_to_the_last(bot: RunningBot) -> None:
    first = await bot.person(Role.admin, name="甲")
    second = await bot.person(Role.admin, name="乙")
    await first.say("/invite")
    shown = await first.expect("邀请")
    ids = await bot.app.store.read(lambda view: {one.name: one.grant_id for one in staff(view)})
    await first.press(data=pack(EndRole(ids["乙"], sure=True)), message_id=shown.id)
    await first.expect("已解除 乙")
    answer = await second.press(data=pack(EndRole(ids["甲"], sure=True)))
    assert answer.alert
    assert await bot.roles_of(first) == {Role.admin}
