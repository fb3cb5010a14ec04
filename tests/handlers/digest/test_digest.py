"""The digest through the front door: by the clock, on demand, and its buttons (BUL-03)."""

from bot.core.roles import Role
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot


async def test_moving_the_clock_to_monday_brings_each_role_its_digest(bot: RunningBot) -> None:
    office = await bot.coordinator()
    contact = await bot.contact("kexie", "王老师")
    volunteer = await bot.volunteer()
    await bot.sim.set_clock("2024-06-10T09:00:05+08:00")
    await bot.app.tick()
    for person, line in (
        (office, "这一周没有新的上报"),
        (contact, "还要报 2 项"),
        (volunteer, "未来 7 天您没有报名的岗"),
    ):
        digest = await person.expect("每周摘要 · 6月3日（周一）至6月9日（周日）")
        assert line in digest.text
        assert "百日集中宣传 第 1/103 天" in digest.text
        await bot.sim.expect_call("sendMessage", chat_id=person.id, disable_notification="true")


async def test_on_demand_it_shows_this_week_so_far_and_the_last_one(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    await bot.move_clock("2d")
    shown = await office.say("/digest", "本周摘要 · 6月3日（周一）至6月5日（周三） · 区文明办")
    assert shown.button_texts[-2:] == ["看上周", "首页"]
    last = await office.press("看上周", "每周摘要 · 5月27日（周一）至6月2日（周日） · 区文明办")
    assert "看上周" not in last.button_texts


async def test_asking_for_it_does_not_count_as_the_weekly_one(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await bot.sim.set_clock("2024-06-10T08:59:00+08:00")
    await office.say("/digest")
    await office.expect("本周摘要")
    await office.say("/digest")
    await office.expect("本周摘要")
    await bot.sim.set_clock("2024-06-10T09:00:05+08:00")
    await bot.app.tick()
    await office.expect("每周摘要 · 6月3日（周一）至6月9日（周日）")


async def test_the_digest_is_reached_by_a_button_as_well(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    await contact.say("/start")
    await contact.expect("待办 2")
    await contact.press("看每周摘要")
    digest = await contact.expect("本周摘要")
    assert "报送方案" in digest.button_texts


async def test_one_tap_in_the_digest_reminds_the_missing_ones(bot: RunningBot) -> None:
    office = await bot.coordinator()
    contact = await bot.contact("kexie", "王老师")
    await office.say("/digest")
    await office.expect("本周摘要")
    await office.press("催创建宣传方案 1 个")
    await office.expect("已提醒 1 个单位的 1 人")
    await contact.expect("区文明办请您报送")


async def test_the_supervisor_reads_it_and_gets_no_button_that_acts(bot: RunningBot) -> None:
    await bot.contact("kexie", "王老师")
    looker = await bot.person(Role.supervisor, name="创建办")
    await looker.say("/digest")
    digest = await looker.expect("本周摘要")
    assert digest.button_texts == ["看谁还没报", "看完整度", "看责任覆盖", "看上周", "首页"]


async def test_who_has_no_role_for_a_digest_gets_none(bot: RunningBot) -> None:
    citizen = await bot.person(Role.citizen)
    await citizen.say("/digest")
    await citizen.expect("您的身份不能做这一步")
