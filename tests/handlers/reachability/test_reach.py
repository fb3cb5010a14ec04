"""Who is not reached, as the office sees it, and the way to invite a contact in one press."""

from sqlalchemy import select

from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.people.models import Person
from bot.features.reachability.queries import Gap, Lost, lost_people, overview, units_reached
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot
from tests.support.people import counting
from tests.support.waiting import until


async def block(bot: RunningBot, person: SimPerson) -> None:
    """Let somebody block the bot, and wait until it knows."""
    await person.block()

    def is_lost(view: View) -> bool:
        found = select(Person.unreachable_at).where(Person.telegram_id == person.id)
        return view.session.scalar(found) is not None

    await until(lambda: bot.read(is_lost))


async def open_reach(office: SimPerson) -> str:
    await office.say("/units")
    await office.expect("责任单位")
    await office.press("看谁收不到")
    return (await office.expect("谁收不到")).text


async def test_the_second_contact_stands_in_for_one_who_blocked_the_bot(bot: RunningBot) -> None:
    office = await bot.coordinator()
    first = await bot.contact("kexie", name="王老师")
    second = await bot.contact("kexie", name="赵老师")
    await block(bot, first)
    text = await open_reach(office)
    assert "由 B 角代收的单位：1" in text
    assert "拉黑了机器人的人：1" in text
    await office.press("看 B 角代收的单位")
    listed = await office.expect("由 B 角代收的单位")
    assert " · 区科协 · 收不到：王老师 · 改发 赵老师" in listed.text
    await bot.sim.set_clock("2024-06-07T09:00:10+08:00")
    await second.expect("创建宣传方案")


async def test_a_unit_that_nobody_reaches_is_invited_anew_in_one_press(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await block(bot, await bot.contact("kexie", name="王老师"))
    assert "有联络员但都收不到的单位：1" in await open_reach(office)
    await office.press("看都收不到的单位")
    listed = await office.expect(" · 区科协 · 收不到：王老师")
    assert listed.button_texts[0] == "邀请：区科协"
    await office.press("邀请：区科协")
    await office.expect("区科协")
    assert "邀请了还没开通的：1" in await open_reach(office)
    await office.press("看都收不到的单位")
    assert "邀请有效到" in (await office.expect("有联络员但都收不到")).text


async def test_people_without_telegram_are_told_through_somebody(bot: RunningBot) -> None:
    office = await bot.coordinator(name="李统筹")

    def register(work: Work) -> None:
        by = work.session.scalars(select(Person).where(Person.telegram_id == office.id)).one()
        for name, registrar in (("陈大爷", by.id), ("孤身", None)):
            work.session.add(
                Person(name=name, language="zh_CN", created_at=work.now, registered_by=registrar)
            )

    await bot.write(register)
    assert "没有 Telegram 的人：2" in await open_reach(office)
    await office.press("看没有 Telegram 的人")
    listed = await office.expect("陈大爷")
    assert " · 陈大爷 · 改发 李统筹" in listed.text
    assert " · 孤身 · 没有人转告" in listed.text


async def test_the_number_of_statements_does_not_grow_with_units(bot: RunningBot) -> None:
    await bot.contact("kexie", name="王老师")

    def statements(view: View) -> int:
        with counting(view) as counted:
            overview(view)
            lost_people(view, Lost.blocked, first=0, most=8)
        return len(counted.texts)

    few = await bot.read(statements)

    for number in range(3):
        await block(bot, await bot.person(Role.contact, unit="keji", name=f"孙{number}"))
    assert await bot.read(statements) == few
    [keji] = [one for one in await bot.read(units_reached) if one.unit.slug == "keji"]
    assert keji.gap is Gap.silent
