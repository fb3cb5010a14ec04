"""A contact asks for more time from the card; the office answers on one card."""

from dataclasses import replace

from bot.core.roles import Role
from bot.sandbox.client import SimPerson
from tests.handlers.units.test_units import open_register, turn_to
from tests.support.bot import RunningBot


async def day_asked(contact: SimPerson) -> None:
    """Ask for more time for the plan, as far as the question of the day."""
    await contact.say("/start")
    await contact.expect("待办")
    await contact.press("看全部待办 2")
    await contact.expect("创建宣传方案")
    await contact.press("看创建宣传方案")
    await contact.expect("6月10日")
    await contact.press("申请延期")
    await contact.expect("为什么要延期")
    await contact.press("等领导审定")
    await contact.expect("想延到哪天")


async def ask(contact: SimPerson) -> None:
    """Ask for more time for the plan, until 17 June."""
    await day_asked(contact)
    await contact.press("6月17日（周一）")
    await contact.expect("看看对不对")
    await contact.press("提交")
    await contact.expect("延期申请已提交")


async def test_more_time_is_asked_granted_and_told(bot: RunningBot) -> None:
    contact = await bot.contact("kexie", "王老师")
    office = await bot.coordinator()
    other = await bot.person(Role.coordinator)
    await day_asked(contact)
    await contact.say("6月1日")
    await contact.expect("请选 6月10日（周一）之后、92 天之内的一天")
    await contact.press("6月17日（周一）")
    await contact.expect("看看对不对")
    await contact.press("提交")
    await contact.expect("延期申请已提交：区科协 创建宣传方案")
    card = await office.expect("延期申请")
    assert "想延到 6月17日（周一）" in card.text
    assert "理由：等领导审定" in card.text
    await other.expect("延期申请")
    await office.press("同意")
    await office.expect("✓ 已同意，延到 6月17日（周一）")
    news = await contact.expect("同意延期")
    assert "区科协 创建宣传方案：延到 6月17日（周一）" in news.text
    answered = await other.expect("✓ 已同意")
    assert "同意" not in answered.button_texts
    await office.say("/missing")
    await office.expect("谁还没报")
    await office.press("看创建宣传方案 未报 18")
    await office.expect("区科协（延期到 6月17日（周一）")


async def test_the_card_of_a_wish_ends_when_its_unit_is_closed(bot: RunningBot) -> None:
    contact = await bot.contact("kexie", "王老师")
    office = await bot.coordinator()
    await ask(contact)
    await office.expect("想延到 6月17日（周一）")
    await open_register(office)
    await turn_to(office, "区科协")
    await office.press("停用")
    await office.expect("停用区科协？")
    await office.press("停用")
    card = await office.expect("该单位已停用，不用答复。")
    assert "同意" not in card.button_texts
    await contact.expect("区科协已停用：创建宣传方案不用再报，延期申请也不用等答复了。")
    await office.press("看这条申请")
    await office.expect("不用答复")


async def test_the_card_of_a_wish_ends_when_config_yaml_asks_for_it_no_more(
    bot: RunningBot,
) -> None:
    contact = await bot.contact("kexie", "王老师")
    office = await bot.coordinator()
    await ask(contact)
    await office.expect("想延到 6月17日（周一）")
    was = bot.app.settings
    fewer = tuple(one for one in was.config.obligations if one.id != "O1")
    config = was.config.model_copy(update={"obligations": fewer})
    await bot.app.reload(lambda: replace(was, config=config))
    card = await office.expect("该单位不用再报这一项，不用答复。")
    assert "同意" not in card.button_texts
    await contact.expect("区科协不用再报已取消的事项（O1），延期申请也不用等答复了。")
    await bot.app.reload(lambda: replace(was, config=config))
    await contact.say("/start")
    await contact.expect("待办")
    assert not [one for one in await contact.messages() if "不用再报" in one.text][1:]
