"""Coming in through the front door: the welcome, registering, /help, a second language."""

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
    assert "志愿者" in home.text
    assert await bot.roles_of(new) == {Role.volunteer}
