"""Filing a unit's documents through the front door, and what the office does with them (REP-06)."""

from bot.db.work import Work
from bot.features.archive.models import StoredFile
from bot.features.documents.models import UnitDocument
from bot.features.drafts.models import Draft
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot

ASKS_FILE, ASKS_DAY, PREVIEW = "请把区科协的创建工作安排发过来", "哪天在", "看看对不对"


async def file_it(contact: Talk, name: str = "安排.docx", content: bytes = b"plan") -> None:
    await contact.person.document(name, content=content)
    await contact.person.expect(ASKS_DAY)
    await contact.press("跳过", PREVIEW)
    await contact.press("提交", "已收到创建工作安排")


async def to_documents(contact: Talk) -> None:
    await contact.say("/start", "待办")
    await contact.press("单位文件", "单位文件 · 区科协")


async def test_a_document_is_filed_reviewed_in_the_queue_and_told(bot: RunningBot) -> None:
    contact, office = Talk(await bot.contact()), Talk(await bot.coordinator())
    await to_documents(contact)
    shown = await contact.person.last()
    assert "创建工作安排：未报" in shown.text
    assert "看创建宣传方案" in shown.button_texts
    await contact.press("报创建工作安排", ASKS_FILE)
    await contact.person.document("安排.docx", content=b"plan")
    await contact.person.expect("哪天在区政府办公协同网")
    await contact.press("昨天 6月2日（周日）", PREVIEW)
    receipt = await contact.press("提交", "已收到创建工作安排  区科协 · 第 1 版")
    assert "文件：安排.docx" in receipt.text
    await office.person.expect("收到创建工作安排  区科协 · 第 1 版")
    await office.say("/start", "待处理 1：创建工作安排 1")
    await office.press("待处理 1", "待处理 1 项")
    card = await office.press("区科协 创建工作安排", "待处理 · 第 1/1 项")
    assert "正式上报日期：6月2日（周日）" in card.text
    await office.press("采用", "没有待处理的")
    await contact.person.expect("区科协的创建工作安排已采用")
    await office.say("/start", "没有待处理")
    await office.press("看单位文件", "单位文件")
    await office.press("创建工作安排 已报 1/18", "创建工作安排")
    await office.press("区科协 第 1 版 · 已采用", "安排.docx")
    sent = await office.press("看文件")
    assert sent.file is not None
    assert sent.file.name == "安排.docx"


async def test_a_returned_document_comes_back_with_its_reason_and_gets_a_new_version(
    bot: RunningBot,
) -> None:
    contact, office = Talk(await bot.contact()), Talk(await bot.coordinator())
    await to_documents(contact)
    await contact.press("报创建工作安排", ASKS_FILE)
    await file_it(contact)
    await office.person.expect("收到创建工作安排")
    await office.press("看一看", "第 1 版")
    await office.press("退回", "为什么退回？")
    await office.press("缺附件", PREVIEW)
    await office.press("退回", "已退回")
    told = await contact.person.expect("区科协的创建工作安排被退回")
    assert "原因：缺附件" in told.text
    await contact.press("重新报送", ASKS_FILE)
    await file_it(contact, "补了附件.docx", b"another plan")
    await office.person.expect("第 2 版")


async def test_the_same_file_again_is_refused_in_one_sentence(bot: RunningBot) -> None:
    contact = Talk(await bot.contact())
    await to_documents(contact)
    await contact.press("报创建工作安排", ASKS_FILE)
    await contact.person.document("程序.exe", content=b"no")
    await contact.person.expect("“程序.exe”不像方案文件")
    await file_it(contact)
    await to_documents(contact)
    await contact.press("看创建工作安排", "第 1 版")
    await contact.press("重新报送", ASKS_FILE)
    await contact.person.document("又一次.docx", content=b"plan")
    await contact.person.expect(ASKS_DAY)
    await contact.press("跳过", PREVIEW)

    def forwarded(work: Work) -> None:
        # Telegram gives a file that is forwarded the unique id that it had before.
        draft = work.session.query(Draft).filter_by(flow="document", state="active").one()
        work.session.query(StoredFile).one().tg_unique_id = draft.answers["file"]["tg_unique_id"]

    await bot.write(forwarded)
    await contact.press("提交", "这和第 1 版是同一个文件，没有再存")
    assert await bot.read(lambda view: view.session.query(UnitDocument).count()) == 1
