"""The calendar of messages: what it says beforehand, cancelling one, and what it says after."""

from sqlalchemy import func, select

from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.models import Person
from bot.features.rehearsal.models import SkippedSend
from bot.features.runs.models import JobRun, RunState
from bot.sandbox.client import SimMessage, SimPerson
from tests.support.bot import RunningBot
from tests.support.waiting import until

FRIDAY = "2024-06-07"
NINE = f"{FRIDAY}T09:00:10+08:00"


async def open_day(office: SimPerson, day: str = "6月7日") -> SimMessage:
    await office.say("/calendar")
    week = await office.expect("发送日历")
    await office.press(next(one for one in week.button_texts if one.startswith(day)))
    return await office.expect("将发出")


async def open_letter(office: SimPerson, name: str) -> SimMessage:
    await open_day(office)
    await office.press("看①")
    await office.expect("为什么发")
    await office.press(name)
    return await office.expect(f"发给 {name}")


async def reminders_of(bot: RunningBot, person: SimPerson) -> int:
    """Return how many reminders of the day were written to somebody."""

    def count(view: View) -> int:
        found = view.session.scalar(
            select(func.count())
            .select_from(OutboxRow)
            .where(OutboxRow.chat_id == person.id, OutboxRow.dedupe_key.like("reminder:%"))
        )
        return found or 0

    return await bot.read(count)


async def test_a_day_says_what_goes_out_to_how_many_and_why(bot: RunningBot) -> None:
    office = await bot.coordinator()
    await bot.contact("kexie", name="王老师")
    await bot.contact("kexie", name="赵老师")
    await bot.contact("keji", name="孙老师")
    day = await open_day(office)
    assert "6月7日（周五）将发出 3 条" in day.text
    assert "① 09:00 催报 创建宣传方案（提前3天） → 2 单位 3 人" in day.text
    assert "一天超过 3 条的人：0" in day.text
    assert "没法预知" in day.text
    await office.press("看①")
    group = await office.expect("为什么发：这些单位到时还没报")
    assert group.button_texts[:3] == ["王老师", "赵老师", "孙老师"]
    await office.press("孙老师")
    letter = await office.expect("发给 孙老师 · 6月7日（周五）09:00")
    assert "催报 创建宣传方案（提前3天） · 区科技局" in letter.text
    await office.press("看未交名单")
    await office.expect("创建宣传方案")


async def test_a_cancelled_message_does_not_go_out_and_the_others_of_the_unit_do(
    bot: RunningBot,
) -> None:
    office = await bot.coordinator(name="李统筹")
    first = await bot.contact("kexie", name="王老师")
    second = await bot.contact("kexie", name="赵老师")
    await open_letter(office, "王老师")
    await office.press("已当面说过")
    await office.expect("已取消：王老师，6月7日（周五）09:00的这一条不发了")
    await office.press("返回这一天")
    day = await office.expect("已取消 1 条")
    assert "1 单位 1 人" in day.text
    await office.press("看取消和改时间的")
    listed = await office.expect("6月7日（周五）取消、改时间的")
    assert "09:00 王老师：催报 创建宣传方案（提前3天）（已当面说过，李统筹取消）" in listed.text
    await bot.sim.set_clock(NINE)
    await second.expect("创建宣传方案")
    assert (await reminders_of(bot, first), await reminders_of(bot, second)) == (0, 1)


async def test_a_cancelled_message_comes_back_until_its_moment(bot: RunningBot) -> None:
    office = await bot.coordinator()
    contact = await bot.contact("kexie", name="王老师")
    await open_letter(office, "王老师")
    await office.press("这条不必发")
    await office.expect("已取消")
    await office.press("恢复发送")
    await office.expect("已恢复")
    await bot.sim.set_clock(NINE)
    await contact.expect("创建宣传方案")


async def test_after_its_moment_it_does_not_come_back(bot: RunningBot) -> None:
    office = await bot.coordinator()
    contact = await bot.contact("kexie", name="王老师")
    await open_letter(office, "王老师")
    await office.press("时间不合适")
    await office.expect("已取消")
    await bot.sim.set_clock(NINE)
    await until(lambda: bot.read(_is_noted))
    answer = await office.press("恢复发送")
    assert "已过了发送时间" in (answer.text or "")
    assert await reminders_of(bot, contact) == 0


async def test_an_old_card_cancels_nothing_that_has_gone_out(bot: RunningBot) -> None:
    office = await bot.coordinator()
    contact = await bot.contact("kexie", name="王老师")
    await open_letter(office, "王老师")
    await bot.sim.set_clock(NINE)
    await contact.expect("创建宣传方案")
    answer = await office.press("已当面说过")
    assert "这一条已经发出，或不用发了" in (answer.text or "")
    await office.expect("今天已发出")
    states = await bot.read(
        lambda view: set(
            view.session.scalars(select(JobRun.state).where(JobRun.kind == "reminder"))
        )
    )
    assert states == {RunState.done}
    assert await bot.read(lambda view: view.session.scalar(select(SkippedSend))) is None


async def test_cancelling_twice_says_so_once_more_and_keeps_one_row(bot: RunningBot) -> None:
    office, other = await bot.coordinator(), await bot.coordinator("文明办小张")
    await bot.contact("kexie", name="王老师")
    await open_letter(office, "王老师")
    await open_letter(other, "王老师")
    await office.press("已当面说过")
    await office.expect("已取消")
    answer = await other.press("这条不必发")
    assert "这一条已经发出，或不用发了" in (answer.text or "")
    await other.expect("已取消 1 条")
    rows = await bot.read(lambda view: len(view.session.scalars(select(SkippedSend)).all()))
    assert rows == 1


async def test_afterwards_the_day_says_what_arrived(bot: RunningBot) -> None:
    office = await bot.coordinator()
    reached, gone = (
        await bot.contact("kexie", name="王老师"),
        await bot.contact("keji", name="孙老师"),
    )
    await bot.sim.set_clock(NINE)
    await reached.expect("创建宣传方案")
    await gone.expect("创建宣传方案")

    def refused(work: Work) -> None:
        row = work.session.scalars(
            select(OutboxRow).where(
                OutboxRow.chat_id == gone.id, OutboxRow.dedupe_key.like("reminder:%")
            )
        ).one()
        row.state = State.blocked

    await until(lambda: bot.read(_all_are_sent))
    await bot.write(refused)
    await bot.sim.set_clock("2024-06-08T09:00:00+08:00")
    await office.say("/calendar")
    await office.expect("发送日历")
    await office.press("‹ 昨天发的")
    day = await office.expect("6月7日（周五）发出 2 条")
    assert "催报：已送达 1、被拉黑 1" in day.text
    await office.press("看催报")
    listed = await office.expect("6月7日（周五） · 催报")
    assert listed.text.splitlines()[1:] == [" · 09:00 孙老师：被拉黑", " · 09:00 王老师：已送达"]


def _is_noted(view: View) -> bool:
    """Tell whether the job has looked at the steps that are due."""
    return view.session.scalar(select(JobRun.id).where(JobRun.kind == "deadline")) is not None


def _all_are_sent(view: View) -> bool:
    waiting = select(OutboxRow.id).where(OutboxRow.state != State.sent)
    return view.session.scalar(waiting) is None


async def test_who_gets_too_much_is_marked(bot: RunningBot) -> None:
    office = await bot.coordinator()
    contact = await bot.contact("kexie", name="王老师")

    def more(work: Work) -> None:
        person = work.session.scalars(select(Person).where(Person.telegram_id == contact.id)).one()
        for number in range(4):
            work.session.add(
                OutboxRow(
                    chat_id=contact.id,
                    person_id=person.id,
                    lane=2,
                    payload={},
                    dedupe_key=f"notice:{number}",
                    created_at=work.now,
                    state="sent",
                )
            )

    await bot.sim.set_clock("2024-06-07T08:00:00+08:00")
    await bot.write(more)
    day = await open_day(office)
    assert "⚠ 一天超过 3 条的人：1（王老师 5 条）" in day.text
    assert "通知：已送达 4" in day.text


async def test_the_office_alone_may_look(bot: RunningBot) -> None:
    contact = await bot.person(Role.contact, unit="kexie", name="王老师")
    await contact.say("/calendar")
    await contact.expect("您的身份不能做这一步")
