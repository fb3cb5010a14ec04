"""Filing the plan through the front door, and what the office does with it (TIME-03)."""

import pytest
from sqlalchemy import select

from bot.db.work import View
from bot.features.archive.models import StoredFile
from bot.features.deadlines.models import Submission
from bot.features.people.actor import find_actor
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot

MEGABYTE = 1024 * 1024
ASKS_FILE, ASKS_DAY, PREVIEW, RECEIPT = "请把创建宣传方案发过来", "哪天在", "看看对不对", "已收到"


@pytest.fixture
async def contact(bot: RunningBot) -> SimPerson:
    return await bot.contact("kexie", "王老师")


async def begin(person: SimPerson) -> None:
    await person.say("/start")
    await person.expect("待办 2")
    await person.press("看全部待办 2")
    await person.expect()
    await person.press("看创建宣传方案")
    await person.expect("区政府办公协同网")
    await person.press("报送方案")
    await person.expect(ASKS_FILE)


async def file_plan(person: SimPerson, name: str = "方案.docx") -> None:
    await begin(person)
    await person.document(name, content=b"plan")
    await person.expect(ASKS_DAY)
    await person.press("跳过")
    await person.expect(PREVIEW)
    await person.press("提交")
    await person.expect(RECEIPT)


def plans(view: View) -> list[Submission]:
    return list(view.session.scalars(select(Submission).order_by(Submission.id)))


async def test_a_plan_is_sent_looked_at_and_filed(bot: RunningBot, contact: SimPerson) -> None:
    await begin(contact)
    await contact.document("方案.docx", content=b"plan")
    await contact.expect(ASKS_DAY)
    await contact.press("昨天 6月2日（周日）")
    preview = await contact.expect(PREVIEW)
    assert "文件：方案.docx" in preview.text
    assert "正式上报日期：6月2日（周日）" in preview.text
    await contact.press("提交")
    receipt = await contact.expect(RECEIPT)
    assert "已收到创建宣传方案  区科协 · 第 1 版" in receipt.text
    assert "09:00 收到，按时" in receipt.text
    assert "正式报送仍走区政府办公协同网，报区文明办" in receipt.text
    [plan] = await bot.read(plans)
    assert str(plan.official_day) == "2024-06-02"


async def test_the_file_is_fetched_for_the_archive(bot: RunningBot, contact: SimPerson) -> None:
    await file_plan(contact)
    [plan] = await bot.read(plans)
    await bot.sim.expect_call("getFile", file_id=plan.file_id)
    stored = await bot.read(lambda view: view.session.scalars(select(StoredFile)).one())
    assert (stored.id, stored.name) == (plan.stored_file_id, "方案.docx")


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("大方案.pdf", 21 * MEGABYTE, "文件 21 MB，超过 Telegram 给机器人的 20 MB"),
        ("程序.exe", 100, "“程序.exe”不像方案文件，没有收下"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence(
    contact: SimPerson, name: str, size: int, sentence: str
) -> None:
    await begin(contact)
    await contact.document(name, size=size)
    refused = await contact.expect(sentence)
    assert ASKS_FILE in refused.text


async def test_words_where_a_file_is_asked_are_refused_and_nothing_is_lost(
    contact: SimPerson,
) -> None:
    await begin(contact)
    await contact.say("方案明天发")
    await contact.expect("方案要发文件")
    await contact.document("方案.pdf", size=100)
    await contact.expect(ASKS_DAY)


async def test_a_photo_is_taken_with_a_word_and_a_file_after_it_replaces_it(
    contact: SimPerson,
) -> None:
    await begin(contact)
    await contact.photo()
    await contact.expect("照片收下了")
    await contact.document("方案.docx", size=100)
    await contact.expect("已换成新发来的方案.docx")
    await contact.press("跳过")
    preview = await contact.expect(PREVIEW)
    assert "文件：方案.docx" in preview.text
    assert "照片收下了" not in preview.text


async def test_the_official_day_can_be_written_or_picked_but_not_in_the_future(
    contact: SimPerson,
) -> None:
    await begin(contact)
    await contact.document("方案.docx", size=100)
    await contact.expect(ASKS_DAY)
    await contact.say("六月三十二号")
    await contact.expect(ASKS_DAY)
    await contact.press("选日期")
    calendar = await contact.expect("正式上报是哪一天")
    days = [text for text in calendar.button_texts if text.isdigit()]
    assert days == ["1", "2", "3"]
    await contact.press("2")
    await contact.expect("正式上报日期：6月2日（周日）")


async def test_a_coordinator_gets_the_news_silently_opens_the_file_and_accepts(
    bot: RunningBot, contact: SimPerson
) -> None:
    office = await bot.coordinator()
    await file_plan(contact)
    news = await office.expect("收到创建宣传方案")
    assert "已报 1/18" in news.text
    sent = await bot.sim.expect_call("sendMessage", chat_id=office.id, disable_notification="true")
    assert "收到创建宣传方案" in sent.params["text"]
    await office.press("看文件")
    file = await office.expect(lambda message: message.file is not None)
    assert file.file is not None
    assert file.file.name == "方案.docx"
    await office.press("看一看")
    await office.expect("第 1 版")
    await office.press("采用")
    await office.expect("已采用")
    await contact.expect("区科协的创建宣传方案已采用")


async def test_a_returned_plan_comes_back_with_its_reason_and_is_filed_again(
    bot: RunningBot, contact: SimPerson
) -> None:
    office = await bot.coordinator()
    await file_plan(contact)
    await office.expect("收到创建宣传方案")
    await office.press("看一看")
    await office.expect("第 1 版")
    await office.press("退回")
    await office.expect("为什么退回")
    await office.say("缺附件 <b>二</b>")
    await office.expect("联络员会收到原因")
    await office.press("退回")
    await office.expect("已退回")
    returned = await contact.expect("被退回")
    assert "原因：缺附件 <b>二</b>" in returned.text
    await contact.press("重新报送")
    await contact.expect(ASKS_FILE)
    await contact.document("方案2.docx", size=100)
    await contact.expect(ASKS_DAY)
    await contact.press("跳过")
    await contact.expect("会替换第 1 版")
    await contact.press("提交")
    await contact.expect("第 2 版")


async def test_an_old_button_does_not_review_a_newer_version(
    bot: RunningBot, contact: SimPerson
) -> None:
    office = await bot.coordinator()
    await file_plan(contact)
    await office.expect("第 1 版")
    await office.press("看一看")
    await office.expect("已报 · 6月3日")
    await file_again(contact)
    answer = await office.press("采用")
    assert answer.alert
    assert answer.text == "这一版已经看过，或已被新版替换。"


async def file_again(contact: SimPerson) -> None:
    await contact.press("重新报送方案")
    await contact.expect(ASKS_FILE)
    await contact.document("方案2.docx", size=100)
    await contact.expect(ASKS_DAY)
    await contact.press("跳过")
    await contact.expect(PREVIEW)
    await contact.press("提交")
    await contact.expect("第 2 版")


async def test_a_file_that_comes_unasked_is_asked_about_while_a_plan_is_owed(
    bot: RunningBot, contact: SimPerson
) -> None:
    await contact.document("方案.docx", size=100)
    asked = await contact.expect("收到 方案.docx。要作为创建宣传方案报送吗？")
    buttons = ["作为创建宣传方案报送", "作为活动材料读入", "不是"]
    assert asked.button_texts[:3] == buttons
    await contact.press("作为创建宣传方案报送")
    await contact.expect(ASKS_DAY)
    await contact.press("跳过")
    await contact.expect("文件：方案.docx")
    await contact.press("提交")
    await contact.expect(RECEIPT)
    assert len(await bot.read(plans)) == 1


async def test_a_file_that_is_no_plan_is_left_alone(bot: RunningBot, contact: SimPerson) -> None:
    await contact.document("通讯录.docx", size=100)
    await contact.expect("要作为创建宣传方案报送吗")
    await contact.press("不是")
    await contact.expect("已取消")
    assert await bot.read(plans) == []


async def test_a_file_that_comes_unasked_when_nothing_is_owed_is_not_a_plan(
    contact: SimPerson,
) -> None:
    await file_plan(contact)
    await contact.document("通讯录.xlsx", size=100)
    await contact.expect("现在没有在填的内容")


async def test_a_late_plan_is_taken_and_marked(bot: RunningBot, contact: SimPerson) -> None:
    await bot.sim.set_clock("2024-06-11T00:00:00+08:00")
    await begin(contact)
    await contact.document("方案.docx", size=100)
    await contact.expect(ASKS_DAY)
    await contact.press("跳过")
    await contact.expect("期限已过，仍可报送")
    await contact.press("提交")
    await contact.expect("收到，逾期补报")


async def test_only_contacts_of_the_unit_file_for_it(bot: RunningBot, contact: SimPerson) -> None:
    await begin(contact)
    other = await bot.contact("keji")
    stranger = await bot.volunteer()
    unit = await bot.read(lambda view: contact_unit(view, contact.id))
    for person in (other, stranger):
        answer = await person.press(data=f"cvb:plan:O1~once~{unit}")
        assert answer.alert


def contact_unit(view: View, telegram_id: int) -> int:
    actor = find_actor(view, telegram_id)
    assert actor is not None
    return actor.unit_ids[0]
