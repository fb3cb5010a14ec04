"""Moving one message in the calendar, and cancelling what goes to many as one."""

from sqlalchemy import func, select, update

from bot.chat.callback import pack
from bot.chat.cards.rehearsal.buttons import MoveLetter, MoveLine, minutes
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.notices.content import Content
from bot.features.notices.service import Plan, confirm
from bot.features.outbox.models import OutboxRow, State
from bot.features.people.actor import actor_of
from bot.features.people.models import Grant, Person
from bot.features.rehearsal.models import SkippedSend
from bot.sandbox.client import SimPerson
from tests.features.receipts.scene import put_message, put_notice
from tests.handlers.rehearsal.test_calendar import NINE, open_day, open_letter, reminders_of
from tests.jobs.ticking import shanghai
from tests.support.audiences import holders
from tests.support.bot import RunningBot
from tests.support.waiting import until

_TEN = "6月7日（周五）10:00"


def _changes(view: View) -> int:
    return view.session.scalar(select(func.count()).select_from(SkippedSend)) or 0


async def _is_followed(author: SimPerson, time: str) -> bool:
    """Tell whether the message in which the author follows the notice says that time."""
    return any("第 1 号通知" in one.text and time in one.text for one in await author.messages())


async def test_one_message_is_moved_and_goes_at_its_new_time(bot: RunningBot) -> None:
    office = await bot.coordinator(name="李统筹")
    first = await bot.contact("kexie", name="王老师")
    second = await bot.contact("kexie", name="赵老师")
    await open_letter(office, "王老师")
    await office.press("改时间")
    times = await office.expect("改到什么时候发")
    assert _TEN in times.button_texts
    assert "6月8日（周六）09:00" in times.button_texts
    assert "不能选 6月9日（周日）09:00、6月10日（周一）09:00：那天已有一条催报" in times.text
    await office.press(_TEN)
    await office.expect(f"已改时间：王老师 的这一条，从6月7日（周五）09:00改到{_TEN}发")
    await office.press("返回这一天")
    day = await office.expect("改时间 1 条")
    assert "② 10:00 催报 创建宣传方案（提前3天） → 1 单位 1 人" in day.text
    await office.press("看取消和改时间的")
    listed = await office.expect("6月7日（周五）取消、改时间的")
    assert f"09:00 王老师：催报 创建宣传方案（提前3天）（改到{_TEN}，李统筹改）" in listed.text
    await bot.sim.set_clock(NINE)
    await second.expect("创建宣传方案")
    assert (await reminders_of(bot, first), await reminders_of(bot, second)) == (0, 1)
    await bot.sim.set_clock("2024-06-07T10:00:10+08:00")
    await first.expect("创建宣传方案")
    assert (await reminders_of(bot, first), await reminders_of(bot, second)) == (1, 1)


async def test_what_speaks_against_a_time_is_said(bot: RunningBot) -> None:
    await bot.sim.set_clock("2024-06-08T10:00:00+08:00")
    office = await bot.coordinator()
    await bot.contact("kexie", name="王老师")
    await open_day(office, "6月9日")
    await office.press("看①")
    await office.expect("为什么发")
    await office.press("王老师")
    await office.expect("发给 王老师")
    await office.press("改时间")
    times = await office.expect("改到什么时候发")
    assert "到那时已经没用了（6月11日（周二）00:00为止）" in times.text
    assert "6月11日（周二）09:00" not in times.button_texts


async def test_a_moved_message_goes_back_to_its_own_time(bot: RunningBot) -> None:
    office = await bot.coordinator()
    contact = await bot.contact("kexie", name="王老师")
    await open_letter(office, "王老师")
    await office.press("改时间")
    await office.expect("改到什么时候发")
    await office.press(_TEN)
    await office.expect("已改时间")
    await office.press("恢复发送")
    await office.expect("已恢复：6月7日（周五）09:00照常发给 王老师")
    await bot.sim.set_clock(NINE)
    await contact.expect("创建宣传方案")


async def test_an_old_card_a_forged_time_and_a_lost_role_move_nothing(bot: RunningBot) -> None:
    office, other = await bot.coordinator(), await bot.coordinator("文明办小张")
    contact = await bot.contact("kexie", name="王老师")
    person_id = await bot.person_id(contact)
    await open_letter(office, "王老师")
    await open_letter(other, "王老师")
    for one in (office, other):
        await one.press("改时间")
        await one.expect("改到什么时候发")

    async def forged(to: str) -> str:
        asked = MoveLetter(
            minutes(shanghai("06-07T09:00")), "reminder", person_id, minutes(shanghai(to))
        )
        return str((await office.press(data=pack(asked))).text)

    assert "只能改到比原定更晚的时间" in await forged("06-06T10:00")
    assert "到那时已经没用了" in await forged("06-30T10:00")
    assert "免打扰时间" in await forged("06-08T03:00")
    assert await bot.read(_changes) == 0
    await other.press(_TEN)
    await other.expect("已改时间")
    answer = await office.press("6月8日（周六）09:00")
    assert "这一条已经发出，或不用发了" in str(answer.text)
    assert await bot.read(_changes) == 1
    office_id = await bot.person_id(other)
    ended = update(Grant).where(Grant.person_id == office_id)
    await bot.write(lambda work: work.session.execute(ended.values(revoked_at=work.now)) and None)
    answer = await other.press("恢复发送")
    assert "您的身份不能做这一步" in str(answer.text)
    await bot.sim.set_clock("2024-06-07T10:00:10+08:00")
    await contact.expect("创建宣传方案")


async def test_a_chase_of_receipts_is_cancelled_for_one_and_for_all(bot: RunningBot) -> None:
    office = await bot.coordinator()
    people = [await bot.contact("kexie", name=name) for name in ("王老师", "赵老师", "孙老师")]
    ids = [await bot.person_id(one) for one in people]

    def put(work: Work) -> None:
        notice = put_notice(work, ids[0], ids, chase_at=shanghai("06-04T15:00"))
        for person_id, person in zip(ids, people, strict=True):
            put_message(work, notice, person_id, person.id, State.sent)

    await bot.write(put)
    day = await open_day(office, "6月4日")
    assert "15:00 催第 1 号通知的回执 → 3 人" in day.text
    await office.press("看①")
    await office.expect("催第 1 号通知的回执")
    await office.press("孙老师")
    letter = await office.expect("发给 孙老师")
    assert "跟大家同一时间发" in letter.text
    assert "改时间" not in letter.button_texts
    await office.press("已当面说过")
    await office.expect("已取消：孙老师")
    await office.press("返回这一天")
    await office.expect("已取消 1 条")
    await office.press("看①")
    await office.expect("发给 2 人")
    await office.press("全部取消")
    await office.expect("2 人都不发了？请选原因")
    await office.press("这条不必发")
    await office.expect("已取消：全体，6月4日（周二）15:00的这一条不发了")
    await bot.sim.set_clock("2024-06-05T09:00:00+08:00")
    await office.say("/calendar")
    await office.expect("发送日历")
    await office.press("‹ 昨天发的")
    await office.expect("6月4日（周二）发出")
    await office.press("看取消和改时间的")
    listed = await office.expect("6月4日（周二）取消、改时间的")
    assert "15:00 孙老师：催第 1 号通知的回执（已当面说过，" in listed.text
    assert "15:00 全体：催第 1 号通知的回执（这条不必发，" in listed.text
    rows = await bot.read(
        lambda view: view.session.scalars(
            select(OutboxRow.id).where(OutboxRow.dedupe_key.like("notice:%:chase:%"))
        ).all()
    )
    assert rows == []


async def test_the_office_alone_moves(bot: RunningBot) -> None:
    contact = await bot.person(Role.contact, unit="kexie", name="王老师")
    asked = MoveLetter(minutes(shanghai("06-07T09:00")), "reminder", 1, 1)
    await contact.say("/start")
    await contact.expect("待办")
    answer = await contact.press(data=pack(asked))
    assert "您的身份不能做这一步" in str(answer.text)


async def test_a_notice_gets_another_time_for_everybody_and_its_old_one_back(
    bot: RunningBot,
) -> None:
    office = await bot.coordinator(name="李统筹")
    contact = await bot.contact("kexie", name="王老师")
    person_id = await bot.person_id(office)
    at = shanghai("06-04T15:00")

    def plan(work: Work) -> None:
        who = work.session.get_one(Person, person_id)
        content, audience = Content("明天开会"), holders([Role.contact])
        actor = actor_of(work, who)
        plan = Plan(send_at=at)
        confirm(work, actor=actor, config=bot.config, content=content, audience=audience, plan=plan)

    await bot.write(plan)
    await open_day(office, "6月4日")
    await office.press("看①")
    await office.expect("为什么发")
    await office.press("全部改时间")
    times = await office.expect("改到什么时候发")
    assert "6月4日（周二）16:00" in times.button_texts
    assert "不能选 6月4日（周二）23:00：是免打扰时间" in times.text
    await office.press("6月4日（周二）17:00")
    done = await office.expect("已改时间")
    assert "从6月4日（周二）15:00改到6月4日（周二）17:00发，共 1 人" in done.text
    await until(lambda: _is_followed(office, "发送时间：6月4日（周二）17:00"))
    again = MoveLine(minutes(at), "notice", "1", "sent", minutes(at) + 120)
    assert (await office.press(data=pack(again))).alert is False
    await office.press("改回6月4日（周二）15:00")
    await office.expect("改到6月4日（周二）15:00发")
    await office.press("改回6月4日（周二）17:00")
    await office.expect("改到6月4日（周二）17:00发")
    await bot.sim.set_clock("2024-06-04T15:00:10+08:00")
    await bot.app.tick()
    await contact.say("/help")
    await contact.expect("/help")
    await bot.sim.set_clock("2024-06-04T17:00:10+08:00")
    await contact.expect("明天开会")
    stale = MoveLine(minutes(at), "notice", "1", "sent", minutes(at) + 60)
    await office.press(data=pack(stale))
    await office.expect("6月4日")
