"""/privacy, /mydata and /forget through the front door."""

from typing import Any

from sqlalchemy import select, text

from bot.core.roles import Role
from bot.db.base import Base
from bot.db.work import View
from bot.features.outbox.models import OutboxRow
from bot.features.people.traces import FAREWELL_TOPIC
from jobs.forgotten import job
from tests.support.bot import RunningBot
from tests.support.waiting import until

SECRET = "只有我知道的话"


def everything(view: View) -> str:
    """Return every value of every table in one text."""
    return "\n".join(
        str(value)
        for table in Base.metadata.sorted_tables
        for row in view.session.execute(text(f'SELECT * FROM "{table.name}"'))
        for value in row
    )


async def test_the_notice_says_where_messages_travel_and_leads_on(bot: RunningBot) -> None:
    new = await bot.newcomer()
    await new.say("/privacy")
    shown = await new.expect("境外的服务器")
    assert shown.button_texts == ["看我的资料", "删除我的资料", "首页"]


async def test_a_copy_of_ones_data_comes_as_a_file_to_oneself(bot: RunningBot) -> None:
    volunteer = await bot.volunteer("张三")
    await volunteer.say(SECRET)
    await volunteer.expect("不知道放到哪里")
    await volunteer.say("/mydata")
    sent = await volunteer.expect("只发给您本人")
    assert sent.file is not None
    assert sent.file.name == "mydata-2024-06-03.txt"
    content = (await bot.sim.download(sent.file.url)).decode()
    for kept in ("称呼：张三", "志愿者，自 2024-06-03", SECRET, str(volunteer.id)):
        assert kept in content


async def test_forgetting_asks_once_more_with_the_safe_button_first(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    await volunteer.say("/forget")
    question = await volunteer.expect("删除我的资料？")
    assert question.button_texts == ["先不删", "确认删除"]
    await volunteer.press("先不删")
    await volunteer.expect("志愿者")
    assert await bot.roles_of(volunteer) == {Role.volunteer}


async def test_after_forgetting_nothing_is_left_of_the_person(bot: RunningBot) -> None:
    other = await bot.volunteer("别人")
    volunteer = await bot.volunteer("张三李四")
    await volunteer.say(SECRET)
    await volunteer.expect("不知道放到哪里")
    marks = ("张三李四", ascii(SECRET)[1:-1], str(volunteer.id))
    before = await bot.read(everything)
    assert all(mark in before for mark in marks)
    await volunteer.say("/forget")
    await volunteer.expect("删除我的资料？")
    await volunteer.press("确认删除")
    await volunteer.expect("您的资料已删除")

    async def wiped() -> bool:
        left = await bot.read(farewells)
        return not left

    await until(wiped)
    after = await bot.read(everything)
    assert [mark for mark in marks if mark in after] == []
    assert await bot.roles_of(other) == {Role.volunteer}
    await volunteer.start()
    await volunteer.expect("创城宣传")
    assert await bot.roles_of(volunteer) == frozenset()


def farewells(view: View) -> list[Any]:
    """Return the last messages that are still to be wiped; the job looks at every tick."""
    assert job.every_tick
    return list(view.session.scalars(select(OutboxRow.id).where(OutboxRow.topic == FAREWELL_TOPIC)))


async def test_the_last_admin_cannot_be_forgotten(bot: RunningBot) -> None:
    admin = await bot.person(Role.admin, name="管理员")
    await admin.say("/forget")
    await admin.expect("删除我的资料？")
    answer = await admin.press("确认删除")
    assert answer.text is not None
    assert "最后一位管理员" in answer.text
    assert await bot.roles_of(admin) == {Role.admin}


async def test_somebody_who_never_registered_is_forgotten_too(bot: RunningBot) -> None:
    new = await bot.newcomer("路人甲")
    await new.start()
    await new.expect("创城宣传")
    await new.say("/forget")
    await new.expect("删除我的资料？")
    await new.press("确认删除")
    await new.expect("您的资料已删除")
