"""What units bear this month: said before the missing are chased, and shown to the unit itself."""

from datetime import date

from sqlalchemy import select

from bot.db.work import View, Work
from bot.features.burden.queries import burdens
from bot.features.reports.models import Report, ReportStatus
from bot.features.units.queries import get_unit, register
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot
from tests.support.people import counting

PARAGRAPH = "6月2日上午，区科协在楚街开展科普宣传活动，发放资料200份，参加约60人。"


async def report(contact: SimPerson) -> None:
    await contact.say(PARAGRAPH)
    await contact.expect("看看对不对")
    await contact.press("提交")
    await contact.expect("已上报")


async def test_before_the_missing_are_chased_the_office_sees_what_they_gave(
    bot: RunningBot,
) -> None:
    office, contact = await bot.coordinator(), await bot.contact("kexie", name="王老师")
    await report(contact)

    def accept(work: Work) -> None:
        work.session.scalars(select(Report)).one().status = ReportStatus.accepted

    await bot.write(accept)
    await office.say("/missing")
    shown = await office.expect("创建宣传方案")
    await office.press(next(one for one in shown.button_texts if "创建宣传方案" in one))
    board = await office.expect("个单位本月：收到")
    assert "已报 1 项活动、2 个数据" in board.text
    assert "先看看要的数据是不是已经报过" in board.text
    await office.press("用已报的数据")
    totals = await office.expect("汇总 · 6月")
    assert any("200" in one for one in totals.button_texts)


async def test_a_unit_sees_its_own_month_and_no_other(bot: RunningBot) -> None:
    contact, other = await bot.contact("kexie"), await bot.contact("keji")
    await report(contact)
    for person, line in ((contact, "报了 1 项活动，填了 2 个数据"), (other, "报了 0 项活动")):
        await person.say("/tasks")
        await person.expect("本单位任务")
        await person.press("看本月负担")
        month = await person.expect("6月的负担")
        assert line in month.text
    unit = await bot.read(lambda view: get_unit(view, "kexie").id)
    answer = await other.press(data=f"umo:{unit}:-")
    assert "区科协" not in (await other.last()).text
    assert answer.text


async def test_the_number_of_statements_does_not_grow_with_units(bot: RunningBot) -> None:
    units = [unit.id for unit in await bot.read(register)]

    def statements(view: View, count: int) -> int:
        with counting(view) as counted:
            burdens(view, bot.app.settings.config, units[:count], date(2024, 6, 1))
        return len(counted.texts)

    assert await bot.read(lambda view: statements(view, 1)) == await bot.read(
        lambda view: statements(view, len(units))
    )


async def test_before_a_notice_goes_out_the_office_sees_what_its_units_bear(
    bot: RunningBot,
) -> None:
    office, contact = await bot.coordinator(), await bot.contact("kexie", name="王老师")
    await bot.volunteer("小陈")
    await report(contact)
    for role, line in (("联络员", "这 1 个单位本月：收到"), ("志愿者", None)):
        await office.say("/notice")
        await office.expect("通知的文字")
        await office.say("请报六月的数字。")
        await office.expect("发给谁")
        await office.press(role)
        await office.press("选好了")
        preview = await office.expect("看看对不对")
        assert ("个单位本月" in preview.text) is (line is not None)
        assert line is None or line in preview.text
        await office.press("取消")
        await office.skip()
