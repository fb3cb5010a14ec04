"""Registering official documents through the front door (ARC-04)."""

from bot.db.work import View
from bot.features.archive.models import ArchiveItem
from bot.features.register.models import OfficialDocument
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot

TITLE = "城市管理开展综合行政执法的通告"
ASKS_TITLE, ASKS_ISSUERS, ASKS_DAY = "标题是什么", "谁发的", "落款是哪一天"
ASKS_NUMBER, ASKS_FILE, PREVIEW = "文号是什么", "把文件发过来", "看看对不对"


async def to_register(office: Talk) -> None:
    await office.say("/start", "宿城区创城")
    await office.press("看单位文件", "单位文件")
    await office.press("看公文登记", "公文登记")


async def registered(office: Talk, title: str = f"《{TITLE}》") -> None:
    await to_register(office)
    await office.press("登记一份公文", "登记哪一种公文")
    await office.press("通知", ASKS_TITLE)
    await office.say(title, ASKS_ISSUERS)
    await office.say("区公安局、区文明办", ASKS_DAY)
    await office.say("6月1日", ASKS_NUMBER)
    await office.say("宿城文明办2024第3号", ASKS_FILE)
    await office.person.document("通告.docx", content=b"words")
    await office.person.expect(PREVIEW)
    await office.press("提交", f"已登记：通知《{TITLE}》")


def documents(view: View) -> list[OfficialDocument]:
    return view.session.query(OfficialDocument).all()


async def test_the_office_registers_and_everybody_finds_it_by_its_title(bot: RunningBot) -> None:
    office, contact = Talk(await bot.coordinator()), Talk(await bot.contact())
    await registered(office)
    card = await office.press("看这份公文", f"通知《{TITLE}》")
    assert "发文单位：区公安局、区文明办" in card.text
    assert "日期：6月1日（周六）" in card.text
    assert "文号：宿城文明办2024第3号" in card.text
    assert "文明办小李 登记" in card.text
    for words in (f"《{TITLE}》", "综合行政执法", "区公安局", "2024第3号", "通告.docx"):
        found = await contact.say(f"/find {words}", "查找")
        assert f"通知 《{TITLE}》" in found.button_texts, words
    await contact.press(f"通知 《{TITLE}》", "发文单位")
    sent = await contact.press("看文件", "通知")
    assert sent.file is not None
    assert sent.file.name == "通告.docx"
    listed = await contact.press("返回公文登记", "共 1 份")
    assert "登记一份公文" not in listed.button_texts


async def test_the_same_document_is_registered_once(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    await registered(office)
    await to_register(office)
    await office.press("登记一份公文", "登记哪一种公文")
    await office.press("通知", ASKS_TITLE)
    await office.say(TITLE, ASKS_ISSUERS)
    await office.press("区文明办", ASKS_DAY)
    await office.say("6月1日", ASKS_NUMBER)
    await office.say("宿城文明办2024第3号", ASKS_FILE)
    await office.press("跳过", PREVIEW)
    refused = await office.press("提交", "已经登记过")
    assert TITLE in refused.text
    assert len(await bot.read(documents)) == 1


async def test_its_file_is_to_be_filed_under_the_year_that_it_bears(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    await registered(office)
    [item] = await bot.read(lambda view: view.session.query(ArchiveItem).all())
    assert (item.year, item.series, item.unit_slug) == (2024, "gongwen", "wenmingban")
    assert item.title == TITLE


async def test_words_are_no_kind_and_what_is_wrong_leaves_the_rest(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    await to_register(office)
    await office.press("登记一份公文", "登记哪一种公文")
    await office.say("公告", "请按一个按钮选种类")
    await office.press("会议记录", ASKS_TITLE)
    await office.say("推进会", ASKS_ISSUERS)
    await office.say("、，；", "没看到发文单位的名称")
    await office.say("、".join(f"单位{n}" for n in range(11)), "有 11 家，最多登记 10 家")
    await office.say("区文明办", ASKS_DAY)
    await office.say("2月30日", "哪一天")
    await office.press("昨天 6月2日（周日）", ASKS_NUMBER)
    await office.press("跳过", ASKS_FILE)
    card = await office.press("跳过", PREVIEW)
    assert "会议记录《推进会》" in card.text
    await office.press("提交", "已登记：会议记录《推进会》")
