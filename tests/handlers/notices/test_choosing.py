"""Choosing whom a notice is for: by buttons, more and less, and by lists; through the front door."""

from io import BytesIO

import pytest
import xlsxwriter

from tests.handlers.notices.writing import chosen, content_given, notices_of
from tests.support.bot import RunningBot


async def test_more_and_less_by_buttons_and_the_names_of_all(bot: RunningBot) -> None:
    first = await bot.contact("kexie", name="甲联络员")
    second = await bot.contact("jiaotong", name="乙联络员")
    author = await bot.coordinator()
    await content_given(author, "除了一个单位")
    await author.press("联络员")
    await author.expect("将发给 2 人（2 个单位）")
    await author.press("去掉一些人")
    await author.expect("去掉谁")
    await author.press("按单位")
    await author.expect("发给哪些单位")
    await author.press("区交通运输局")
    await author.expect("将发给 1 人（1 个单位）")
    card = await chosen(author)
    assert "联络员，去掉 区交通运输局" in card.text
    await author.press("看名单")
    shown = await author.expect("将收到的 1 人")
    assert "甲联络员（区科协）" in shown.text
    assert "乙联络员" not in shown.text
    await author.press("返回通知")
    await author.expect("看看对不对")
    await author.press("确认发送")
    await first.expect("除了一个单位")
    await author.expect("发送完毕")
    assert await notices_of(second) == []


async def test_a_choice_that_changes_nobody_says_so(bot: RunningBot) -> None:
    await bot.contact("kexie")
    author = await bot.coordinator()
    await content_given(author, "没有变化")
    await author.press("志愿者")
    nobody = await author.expect("将发给 0 人")
    assert "这一项没有多出人" in nobody.text
    await author.press("联络员")
    assert "这一项" not in (await author.expect("将发给 1 人")).text
    await author.press("去掉一些人")
    await author.expect("去掉谁")
    await author.press("岗长")
    card = await author.expect("去掉 岗长")
    assert "这一项没有去掉谁" in card.text
    # Taking the choice back is no choice.
    await author.press("✗ 岗长")
    assert "这一项" not in (await author.expect("去掉谁")).text


@pytest.mark.parametrize("inner", ["按单位", "按名单"])
async def test_a_page_further_inside_has_one_way_back(bot: RunningBot, inner: str) -> None:
    await bot.contact("kexie")
    author = await bot.coordinator()
    await content_given(author, "一条路")
    await author.press(inner)
    page = await author.expect(lambda message: "返回" in message.button_texts)
    assert "‹ 上一步" not in page.button_texts
    await author.press("返回")
    await author.expect(
        lambda message: inner in message.button_texts and "‹ 上一步" in message.button_texts
    )


async def test_a_pasted_list_chooses_whom_it_names(bot: RunningBot) -> None:
    contact = await bot.contact("kexie", name="甲联络员")
    await bot.contact("jiaotong", name="乙联络员")
    author = await bot.coordinator()
    await content_given(author, "按名单")
    await author.press("按名单")
    await author.expect("请发来名单")
    await author.say("区科协\n没有这个单位")
    found = await author.expect("名单里找到单位 1 个、人 0 位")
    assert "没找到 1 个：没有这个单位" in found.text
    await chosen(author)
    await author.press("确认发送")
    await contact.expect("按名单")
    await author.expect("已送达 1")


def workbook(*rows: tuple[str, ...]) -> bytes:
    """Return an .xlsx with those rows."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


ROWS = ("单位", "电话"), ("区科协", "123")
LISTS = {
    "名单.csv": "单位,电话\n区科协,123\n".encode("gb18030"),
    "名单.txt": "单位、电话\n区科协、123\n".encode(),
    "名单.xlsx": workbook(*ROWS),
}


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_comes_as_a_file(bot: RunningBot, name: str) -> None:
    contact = await bot.contact("kexie", name="甲联络员")
    author = await bot.coordinator()
    await content_given(author, "按文件")
    await author.press("按名单")
    await author.expect("请发来名单")
    await author.document(name, LISTS[name])
    await author.expect("正在读")
    read = await author.expect("名单里找到单位 1 个")
    assert "没找到 2 个：单位、电话" in read.text
    await author.press("继续写通知")
    await author.expect("将发给 1 人")
    await chosen(author)
    await author.press("确认发送")
    await contact.expect("按文件")


async def test_an_unfit_file_is_no_list_and_what_was_chosen_stays(bot: RunningBot) -> None:
    await bot.contact("kexie")
    author = await bot.coordinator()
    await content_given(author, "按文件")
    await author.press("联络员")
    await author.expect("将发给 1 人")
    await author.press("按名单")
    await author.expect("请发来名单")
    await author.document("名单.pdf", b"%PDF")
    refused = await author.expect("名单可以是 .xlsx")
    assert "将发给 1 人" in refused.text
