"""An issued bulletin is kept as a document of the register, and goes out as a notice (BUL-04)."""

import hashlib

from sqlalchemy import select, update

from bot.chat.callback import pack
from bot.chat.cards.register.buttons import OpenOfficial
from bot.chat.conversation.model import Begin
from bot.db.work import View, Work
from bot.features.archive.models import ArchiveItem, FileState, StoredFile
from tests.handlers.bulletins.test_bulletins import drafted
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot
from tests.support.waiting import until


async def issued_and_filed(bot: RunningBot) -> tuple[Talk, ArchiveItem]:
    """Return a coordinator who looks at No. 1, and the index entry of its Word file."""
    office = await drafted(bot)
    await office.press("发布第1期", "发布后不能再改")
    await office.press("确认发布", "已发布：2024年第1期。")
    return office, await filed(bot)


async def filed(bot: RunningBot) -> ArchiveItem:
    """Wait until the Word file lies in the archive."""

    def entry(view: View) -> ArchiveItem | None:
        return view.session.scalar(select(ArchiveItem).where(ArchiveItem.placed_at.is_not(None)))

    found: list[ArchiveItem] = []

    async def there() -> bool:
        item = await bot.read(entry)
        found.extend([] if item is None else [item])
        return item is not None

    await until(there, timeout_s=60)
    return found[0]


async def test_an_issued_bulletin_goes_out_as_a_notice_with_the_file_of_the_archive(
    bot: RunningBot,
) -> None:
    office, entry = await issued_and_filed(bot)
    keji = await bot.contact("keji")
    author = office.person
    await office.press("发成通知", "发给谁")
    await office.press("联络员", "将发给 2 人")
    await author.press("选好了")
    await author.expect("看看对不对")
    await author.press("确认发送")
    message = await keji.expect("【通知】")
    assert message.text.splitlines()[2:] == [
        "工作简报 2024年第1期：6月创建宣传工作动态",
        "一、突出重点，深入开展主题宣传",
        " · 区科协：科普1",
        " · 区科协：科普2",
    ]
    assert message.file is not None
    assert message.file.name == "工作简报-2024年第1期.docx"
    content = await bot.sim.download(message.file.url)
    assert hashlib.sha256(content).hexdigest() == entry.sha256


async def test_it_is_found_in_the_register_and_a_lost_file_is_made_again_as_it_was(
    bot: RunningBot,
) -> None:
    office, entry = await issued_and_filed(bot)
    contact = await bot.contact("keji")
    await contact.press(data=pack(OpenOfficial(1)))
    card = await contact.expect("2024年第1期")
    assert entry.number is not None
    assert entry.number in card.text
    await contact.press("看文件")
    assert (await contact.expect("简报")).file is not None

    def lose(work: Work) -> None:
        work.session.execute(update(ArchiveItem).values(placed_at=None))
        work.session.execute(update(StoredFile).values(state=FileState.wanted, path=None))

    await bot.write(lose)
    card = await office.say("/bulletin 1", "Word 版没有存进公文档案")
    await office.press("重新生成 Word", "正在重新生成")
    again = await filed(bot)
    assert (again.id, again.sha256) == (entry.id, entry.sha256)
    card = await office.say("/bulletin 1", "2024年第1期")
    assert "重新生成 Word" not in card.button_texts


async def test_a_draft_is_no_notice_and_nobody_else_makes_one(bot: RunningBot) -> None:
    office = await drafted(bot)
    refused = await office.person.press(data=pack(Begin("notice", "b1")))
    assert "还没有发布" in str(refused.text)
    contact = await bot.contact("keji")
    answer = await contact.press(data=pack(Begin("notice", "b1")))
    assert "您的身份不能做这一步" in str(answer.text)


async def test_a_draft_is_read_and_put_in_order_in_the_chat(bot: RunningBot) -> None:
    office = await drafted(bot, 3)
    shown = await office.press("看全文", "（一）区科协：科普1")
    assert "（三）区科协：科普3" in shown.text
    await office.press("返回这一期", "收录 3 条")
    await office.press("改条目", "本期收录 3 条")
    first = await office.press("区科协 科普1", "本章第 1 条，共 3 条")
    assert "↑ 往前排" not in first.button_texts
    moved = await office.press("↓ 往后排", "本章第 2 条，共 3 条")
    assert {"↑ 往前排", "↓ 往后排"} < set(moved.button_texts)
    # The same press again, from a card that is not new any more, changes nothing.
    await office.person.press(data=first.button("↓ 往后排").data, message_id=first.id)
    await office.press("返回条目", "本期收录 3 条")
    await office.press("返回草稿", "收录 3 条")
    shown = await office.press("看全文", "（一）区科协：科普2")
    assert shown.text.index("科普1") < shown.text.index("科普3")
