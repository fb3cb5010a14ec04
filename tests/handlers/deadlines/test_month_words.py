"""Words for the month: long pastes in several messages, bad input, a kill between any two (REP-02)."""

import asyncio

import pytest

from bot.core.text import units
from bot.features.deadlines.filing import Where
from bot.features.months.models import Section
from bot.features.months.prose import MOST_SECTION_UNITS, words_of
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.deadlines.monthly import MONTH, RECEIPT, filed, report, sections
from tests.support.bot import RunningBot, unit_id_of

PIECE = 4096


@pytest.fixture
async def contact(bot: RunningBot) -> SimPerson:
    return await bot.contact("kexie", "王老师")


async def asked(person: SimPerson, section: str = "城区变化") -> None:
    await person.say("/month")
    await person.expect(MONTH)
    await person.press("补写一段")
    await person.expect("写哪一部分")
    await person.press(section)
    await person.expect("请发一段文字")


async def words(bot: RunningBot) -> dict[Section, str]:
    unit = await bot.read(lambda view: unit_id_of(view, "kexie"))
    return await bot.read(lambda view: words_of(view, Where("O2", "2024-06", unit)))


async def test_thirty_thousand_characters_in_several_messages_are_one_section(
    bot: RunningBot, contact: SimPerson
) -> None:
    prose = "".join(f"第{number:05d}句。" for number in range(30_000 // 8 - 10)) + "完"
    assert len(prose) > 29_000
    await asked(contact)
    pieces = [prose[at : at + PIECE] for at in range(0, len(prose), PIECE)]
    for piece in pieces:
        await contact.say(piece)
        await contact.expect("收下" if len(piece) >= PIECE // 2 else "已写进")
    if len(pieces[-1]) >= PIECE // 2:
        await contact.press("写好了")
        await contact.expect("已写进“城区变化”")
    assert await words(bot) == {Section.changes: prose}
    await contact.press("看全文")
    read = []
    page: SimMessage = await contact.expect("全文")
    while True:
        assert units(page.text) <= PIECE
        read.append(page.text)
        if "›" not in page.button_texts:
            break
        await contact.press("›")
        number = len(read) + 1
        page = await contact.expect(lambda one, n=number: f"{n}/" in " ".join(one.button_texts))  # type: ignore[misc]
    assert len(read) > 8
    assert sum(text.count("句。") for text in read) >= prose.count("句。") - len(read)
    await contact.say("/month")
    await contact.expect(MONTH)
    await contact.press("提交")
    await contact.expect(RECEIPT)
    [month] = await filed(bot)
    assert (await sections(bot, month.id))[Section.changes] == (None, prose)


async def test_more_than_a_section_holds_is_refused_and_what_came_is_kept(
    bot: RunningBot, contact: SimPerson
) -> None:
    await asked(contact)
    for _ in range(MOST_SECTION_UNITS // PIECE):
        await contact.say("长" * PIECE)
        await contact.expect("收下")
    await contact.say("多" * PIECE)
    await contact.expect("最后这条没有收")
    await contact.press("写好了")
    await contact.expect("已写进")
    assert await words(bot) == {Section.changes: "长" * MOST_SECTION_UNITS}


async def test_what_is_no_text_is_refused_and_the_step_stays(
    bot: RunningBot, contact: SimPerson
) -> None:
    await asked(contact)
    await contact.photo()
    await contact.expect("这里请直接发文字")
    await contact.location(34.0, 118.0)
    await contact.expect("这里请直接发文字")
    await contact.say("\u200e \u202e")
    await contact.expect("这里请直接发文字")
    assert await words(bot) == {}
    await contact.say("有了新宣传牌。")
    await contact.expect("已写进")


async def test_a_second_paragraph_is_added_and_one_press_replaces_or_deletes(
    bot: RunningBot, contact: SimPerson
) -> None:
    for text in ("第一段。", "第二段。"):
        await asked(contact)
        await contact.say(text)
        await contact.expect("已写进")
    assert await words(bot) == {Section.changes: "第一段。\n第二段。"}
    await asked(contact, "城区变化（9 字）")
    await contact.press("换掉原来的")
    await contact.expect("新发来的会换掉原来的")
    await contact.say("只有这段。")
    await contact.expect("已写进")
    assert await words(bot) == {Section.changes: "只有这段。"}
    await asked(contact, "城区变化（5 字）")
    await contact.press("删掉这一段")
    await contact.expect("“城区变化”已删掉")
    assert await words(bot) == {}


async def test_last_months_problems_are_taken_over_with_one_press(
    bot: RunningBot, contact: SimPerson
) -> None:
    await asked(contact, "存在问题")
    await contact.say("市民参与面还比较窄。")
    await contact.expect("已写进")
    await contact.press("提交")
    await contact.expect(RECEIPT)
    await bot.sim.set_clock("2024-07-20T09:00:00+08:00")
    await contact.say("/month")
    await contact.expect("7月创建宣传信息")
    await contact.press("补写一段")
    await contact.expect("写哪一部分")
    await contact.press("存在问题")
    await contact.expect("请发一段文字")
    await contact.press("照上月的写")
    july = await contact.expect("已写进“存在问题”")
    assert "存在问题  市民参与面还比较窄。" in july.text


async def test_two_contacts_write_on_the_same_month_and_one_of_them_files(
    bot: RunningBot, contact: SimPerson
) -> None:
    other = await bot.contact("kexie", "李老师")
    await report(bot, contact, "核桃修剪技术培训会")
    await asked(contact)
    await contact.say("有了新宣传牌。")
    await contact.expect("已写进")
    await other.say("/month")
    shown = await other.expect(MONTH)
    assert "城区变化  有了新宣传牌。" in shown.text
    await asyncio.gather(contact.press("提交"), other.press("提交"))
    seen = [await one.expect(lambda message: bool(message.text)) for one in (contact, other)]
    assert sorted(RECEIPT in one.text for one in seen) == [False, True]
    [refused] = [one for one in seen if RECEIPT not in one.text]
    assert "这张卡片旧了" in refused.text
    assert len(await filed(bot)) == 1
