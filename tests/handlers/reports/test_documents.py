"""A document is read into the line of cards that a pasted text becomes (REP-19)."""

import pytest
from sqlalchemy import update

from bot.core.roles import Role
from bot.features.archive.models import FileState, StoredFile
from bot.features.archive.names import HOLDING
from bot.features.people.models import Grant
from bot.sandbox.client import SimPerson
from tests.handlers.reports.conversing import Talk
from tests.handlers.reports.papers import (
    FILLER,
    ONE,
    READ,
    READING,
    STREET_OFFICE,
    TWO,
    another_reader,
    jobs,
    reports,
)
from tests.render import files
from tests.support.bot import RunningBot
from tests.support.waiting import until


async def test_a_report_in_a_document_is_confirmed_all_at_once(
    bot: RunningBot, contact: SimPerson
) -> None:
    talk = Talk(contact)
    await contact.document("大庆办总结.docx", content=files.document(*STREET_OFFICE))
    await contact.expect("收到文件《大庆办总结.docx》，正在读…")
    asked = await contact.expect("《大庆办总结.docx》读出")
    assert "段不是活动（如问题、打算），没有放进来" in asked.text
    assert "只差哪一天" in asked.text
    card = await talk.press("日期不详", "第 1/")
    button = next(one for one in card.button_texts if one.startswith("全部提交"))
    count = int(button.split()[1])
    assert count >= 20
    receipt = await talk.press(button, f"已上报 {count} 项")
    assert "油地共建" in receipt.text
    assert await bot.read(reports) == count


async def test_the_activities_of_a_text_are_confirmed_one_by_one(contact: SimPerson) -> None:
    talk = Talk(contact)
    await contact.document("五月.txt", content="\r\n".join(TWO).encode())
    await contact.expect(READING)
    card = await contact.expect(READ)
    assert "看看对不对" in card.text
    assert "第 1/2 项" in card.text
    assert "名称  核桃修剪技术培训会" in card.text
    assert {"全部提交 2 项", "这项不报"} <= set(card.button_texts)
    await talk.press("提交", "已上报  No. 2024-C2-001")
    second = await contact.expect("第 2/2 项")
    assert "科普进社区" in second.text
    await talk.press("提交", "已上报  No. 2024-C2-002")


async def test_the_bytes_are_given_up_once_their_words_are_read(
    bot: RunningBot, contact: SimPerson
) -> None:
    await contact.document("五月.docx", content=files.document(*TWO))
    await contact.expect(READ)

    async def is_gone() -> bool:
        [job] = await bot.read(jobs)
        file = await bot.read(lambda view: view.session.get_one(StoredFile, job.stored_file_id))
        return file.state is FileState.gone

    await until(is_gone)
    held = [one for one in (bot.app.settings.data_dir / HOLDING).rglob("*") if one.is_file()]
    assert held == []


async def test_a_single_paragraph_is_a_single_card(contact: SimPerson) -> None:
    await contact.document("培训会.docx", content=files.document(ONE))
    card = await contact.expect("《培训会.docx》读好了。")
    assert "名称  核桃修剪技术培训会" in card.text
    assert "全部提交" not in " ".join(card.button_texts)


async def test_the_words_under_a_document_are_read_as_well(contact: SimPerson) -> None:
    content = files.document(*TWO)
    await contact.document("五月.docx", content=content, caption=f"6月1日，在广场宣传。{FILLER}")
    card = await contact.expect("读出 3 项活动")
    assert "时间  6月1日" in card.text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
async def test_a_text_of_an_old_computer_is_read(contact: SimPerson, encoding: str) -> None:
    await contact.document("五月.txt", content="\r\n".join(TWO).encode(encoding))
    card = await contact.expect(READ)
    assert "名称  核桃修剪技术培训会" in card.text


async def test_the_same_words_are_read_once_whatever_file_they_come_in(
    bot: RunningBot, contact: SimPerson
) -> None:
    talk = Talk(contact)
    await contact.document("五月.docx", content=files.document(*TWO))
    await contact.expect(READ)
    await contact.document("五月（最终）.txt", content="\n".join(TWO).encode())
    await contact.expect(READING)
    told = await contact.expect("《五月（最终）.txt》的内容")
    assert "读过，没有再读一遍" in told.text
    assert told.button_texts == ["再读一遍", "首页"]
    await talk.press("再读一遍", READING)
    await contact.expect("《五月（最终）.txt》读出 2 项活动，排在这一项后面")
    answer = await contact.press(data=f"do.r:{(await bot.read(jobs))[1].id}")
    assert answer.alert


async def test_two_copies_that_come_together_are_read_once(
    bot: RunningBot, contact: SimPerson
) -> None:
    await bot.app.reader.stop()
    content = files.document(*TWO)
    for name in ("甲.docx", "乙.docx"):
        await contact.document(name, content=content)
    await contact.expect("收到文件《乙.docx》，前面还有 1 个，读完就读它…")
    async with another_reader(bot):
        await contact.expect("《甲.docx》读出 2 项活动")
        await contact.expect("《乙.docx》的内容")


async def test_of_more_files_than_an_album_holds_the_next_one_is_refused(
    bot: RunningBot, contact: SimPerson
) -> None:
    await bot.app.reader.stop()
    for number in range(11):
        await contact.document(f"{number}.txt", content=f"{number}{ONE}".encode())
    refused = await contact.expect("还有 10 个文件没读完，这个没有收下")
    assert "前面的都在" in refused.text
    assert len(await bot.read(jobs)) == 10


async def test_who_is_no_contact_is_answered_as_before(bot: RunningBot) -> None:
    people = [
        await bot.newcomer(),
        await bot.volunteer(),
        await bot.coordinator(),
        await bot.person(Role.unit_head, unit="kexie"),
    ]
    for person in people:
        await person.document("五月.docx", content=files.document(*TWO))
        await person.expect("现在没有在填的内容")
    assert await bot.read(jobs) == []


async def test_a_role_that_was_taken_meanwhile_shows_nothing(
    bot: RunningBot, contact: SimPerson
) -> None:
    await bot.app.reader.stop()
    await contact.document("五月.docx", content=files.document(*TWO))
    await contact.expect(READING)
    await bot.write(lambda work: work.session.execute(update(Grant).values(revoked_at=work.now)))
    async with another_reader(bot):
        refused = await contact.expect("《五月.docx》：")
    assert "核桃" not in refused.text
    assert await bot.read(reports) == 0


async def test_what_a_file_is_called_is_only_shown(bot: RunningBot, contact: SimPerson) -> None:
    name = "../../<b>五月</b>.docx"
    await contact.document(name, content=files.document(*TWO))
    told = await contact.expect(READ)
    assert "<b>五月</b>.docx》" in told.text
    [job] = await bot.read(jobs)
    outside = bot.app.settings.data_dir.parent.parent
    assert not [one for one in outside.rglob("*") if "五月" in one.name]
    assert job.activities == 2


async def test_a_restart_between_the_steps_loses_nothing_and_doubles_nothing(
    bot: RunningBot, contact: SimPerson
) -> None:
    await bot.app.reader.stop()
    await contact.document("五月.docx", content=files.document(*TWO))
    await contact.expect(READING)
    for _ in range(2):
        async with another_reader(bot):
            pass
    async with another_reader(bot):
        await contact.expect(READ)
    async with another_reader(bot):
        await contact.say("/start")
        await contact.expect("待办")
    seen = [one for one in await contact.messages() if READ in one.text]
    assert len(seen) == 1
    assert [one.activities for one in await bot.read(jobs)] == [2]


async def test_the_copy_of_ones_data_names_the_files(bot: RunningBot, contact: SimPerson) -> None:
    await contact.document("五月.docx", content=files.document(*TWO))
    await contact.expect(READ)
    await contact.say("/mydata")
    sent = await contact.expect(lambda message: message.file is not None)
    assert sent.file is not None
    content = (await bot.sim.download(sent.file.url)).decode()
    assert "[发来读成活动的文件]\n2024-06-03 09:00  五月.docx" in content
