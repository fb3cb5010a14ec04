"""A document that comes while something else is asked or being filled in (REP-19, TIME-03)."""

from bot.sandbox.client import SimPerson
from tests.handlers.reports.conversing import Talk
from tests.handlers.reports.papers import ONE, OTHER, READ, READING, TWO, jobs
from tests.render import files
from tests.support.bot import RunningBot


async def test_a_document_in_a_report_that_was_only_begun_becomes_the_report(
    contact: SimPerson,
) -> None:
    talk = Talk(contact)
    await talk.say("/report", "活动叫什么名称")
    await contact.document("五月.docx", content=files.document(*TWO))
    asked = await contact.expect(READING)
    assert "活动叫什么名称" in asked.text
    await contact.expect(READ)
    await talk.press("全部提交 2 项", "已上报 2 项")
    home = await talk.say("/start", "待办")
    assert not [one for one in home.button_texts if "继续" in one]


async def test_a_report_that_is_being_filled_in_is_not_interrupted(contact: SimPerson) -> None:
    talk = Talk(contact)
    await talk.say("/report", "活动叫什么名称")
    await talk.say("科普讲座", "哪一天")
    await contact.document("五月.docx", content=files.document(*TWO))
    asked = await contact.expect(READING)
    assert "哪一天" in asked.text
    told = await contact.expect(READ)
    assert "您正在填活动上报，填完再看也行" in told.text
    await talk.press("日期不详", "在哪里")
    await contact.press("看读出的活动")
    card = await contact.expect("第 1/2 项")
    assert "名称  核桃修剪技术培训会" in card.text


async def test_a_document_beside_a_card_stands_behind_it(contact: SimPerson) -> None:
    talk = Talk(contact)
    await talk.say(ONE, "看看对不对")
    await contact.document("六月.docx", content=files.document(OTHER))
    await contact.expect(READING)
    card = await contact.expect("《六月.docx》读出 1 项活动，排在这一项后面")
    assert "第 1/2 项" in card.text
    assert "核桃修剪技术培训会" in card.text


async def test_where_photos_are_asked_a_document_belongs_to_the_report(
    bot: RunningBot, contact: SimPerson
) -> None:
    talk = Talk(contact)
    await talk.to_preview()
    await talk.press("改一项", "改哪一项")
    await talk.press("照片（未填）", "有照片就发来")
    await contact.document("签到表.docx", content=files.document("签到"))
    await contact.expect("已收 1 个附件")
    assert await bot.read(jobs) == []


async def test_where_the_plan_is_asked_for_a_document_is_the_plan(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say("/start", "待办 2")
    await talk.press("看全部待办 2")
    await talk.press("看创建宣传方案")
    await talk.press("报送方案", "请把创建宣传方案发过来")
    await talk.person.document("方案.docx", content=files.document(*TWO))
    await talk.person.expect("哪天在")
    assert await bot.read(jobs) == []


async def test_while_a_plan_is_owed_one_press_says_what_the_file_is(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.person.document("材料.docx", content=files.document(*TWO))
    asked = await talk.person.expect("要作为创建宣传方案报送吗")
    assert asked.button_texts[:3] == ["作为创建宣传方案报送", "作为活动材料读入", "不是"]
    begun = await talk.press("作为活动材料读入", "收到文件《材料.docx》，正在读…")
    assert begun.button_texts == ["还是作为方案报送", "首页"]
    await talk.person.expect(READ)


async def test_a_file_that_is_being_read_can_still_become_the_plan(bot: RunningBot) -> None:
    await bot.app.reader.stop()
    talk = Talk(await bot.contact())
    await talk.person.document("方案.docx", content=files.document(*TWO))
    await talk.person.expect("要作为创建宣传方案报送吗")
    await talk.press("作为活动材料读入", READING)
    await talk.press("还是作为方案报送", "收到 方案.docx。要作为创建宣传方案报送吗")
    await talk.press("作为创建宣传方案报送", "哪天在")


async def test_a_file_that_is_no_document_is_only_offered_as_the_plan(bot: RunningBot) -> None:
    person = await bot.contact()
    await person.document("方案.pdf", size=100)
    asked = await person.expect("要作为创建宣传方案报送吗")
    assert "作为活动材料读入" not in asked.button_texts
