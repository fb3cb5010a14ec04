"""工作简报 through the front door: from the accepted reports to the issued paper (BUL-04)."""

import io

import docx
import pytest
from sqlalchemy import select, update

from bot.chat.callback import pack
from bot.chat.cards.bulletins.buttons import IssueBulletin, OpenBulletin
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.bulletins.models import Bulletin, BulletinState
from bot.features.reports.models import Report, ReportStatus
from tests.handlers.coverage.scene import report
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot


async def accepted(bot: RunningBot, count: int = 2) -> None:
    """Let reports of June be filed and accepted, and July begin."""
    contact = await bot.contact("kexie")
    for number in range(1, count + 1):
        await report(bot, contact, "kexie", "C2", title=f"科普{number}")
    await july_begins(bot)


async def july_begins(bot: RunningBot) -> None:
    """Accept what was reported, and let July begin."""

    def accept(work: Work) -> None:
        work.session.execute(update(Report).values(status=ReportStatus.accepted))

    await bot.write(accept)
    await bot.move_clock("28d")


async def drafted(bot: RunningBot, count: int = 2) -> Talk:
    """Return a coordinator who looks at a draft about June."""
    await accepted(bot, count)
    return await draft_of_june(bot)


async def draft_of_june(bot: RunningBot) -> Talk:
    """Return a coordinator who looks at a new draft about June."""
    office = Talk(await bot.coordinator())
    await office.say("/bulletin", "还没有发布过简报。")
    await office.press("编一期新的", "这一期写哪段时间")
    await office.press("上个月：6月1日（周六）至6月30日（周日）", "工作简报 · 草稿")
    return office


async def words_of(bot: RunningBot, talk: Talk, button: str) -> tuple[str, list[str]]:
    """Press a button that makes the file; return its name and its paragraphs."""
    await talk.person.press(button)
    sent = await talk.person.expect("工作简报", timeout_s=60)
    assert sent.file is not None
    paper = docx.Document(io.BytesIO(await bot.sim.download(sent.file.url)))
    return sent.file.name or "", [one.text for one in paper.paragraphs if one.text]


async def test_a_draft_holds_last_months_accepted_reports_and_is_issued_in_three_taps(
    bot: RunningBot,
) -> None:
    office = await drafted(bot)
    draft = await office.say("/bulletin", "工作简报")
    assert [text for text in draft.button_texts if "草稿" in text] == ["草稿 6月创建宣传工作动态"]
    shown = await office.press("草稿 6月创建宣传工作动态", "收录 2 条：")
    assert "标题：6月创建宣传工作动态" in shown.text
    assert " · 突出重点，深入开展主题宣传 2 条" in shown.text.splitlines()
    asked = await office.press("发布第1期", "发布后不能再改")
    assert asked.button_texts == ["看全文", "再看看", "确认发布"]
    done = await office.press("确认发布", "已发布：2024年第1期。")
    assert "改标题" not in done.button_texts
    assert done.button_texts[:4] == ["发成通知", "下载 Word", "看全文", "更正这一期"]


async def test_the_word_file_holds_what_was_issued(bot: RunningBot) -> None:
    office = await drafted(bot)
    await office.press("发布第1期", "发布后不能再改")
    await office.press("确认发布", "已发布：2024年第1期。")
    name, lines = await words_of(bot, office, "下载 Word")
    assert name == "工作简报-2024年第1期.docx"
    assert lines[:4] == [
        "创建省级文明城市宣传工作简报",
        "第1期",
        "宿城区精神文明建设指导委员会办公室\t2024年7月1日",
        "6月创建宣传工作动态",
    ]
    assert "一、突出重点，深入开展主题宣传" in lines
    assert "（一）区科协：科普1" in lines
    assert "（二）区科协：科普2" in lines
    assert "科普1" not in lines, "a report of one line has nothing to say below it"


async def test_a_preview_is_marked_as_a_draft_and_takes_no_number(bot: RunningBot) -> None:
    office = await drafted(bot)
    name, lines = await words_of(bot, office, "预览 Word")
    assert "草稿" in name
    assert lines[1] == "第\u3000期"


async def test_reports_are_ticked_one_by_one_and_by_the_page(bot: RunningBot) -> None:
    office = await drafted(bot, 10)
    page = await office.press("选材料", "已通过 10 项，已选 10 条")
    assert sum(text.startswith("✓") for text in page.button_texts) == 8
    page = await office.press("✓ 区科协 科普1", "已选 9 条")
    assert "区科协 科普1" in page.button_texts
    page = await office.press("本页不选", "已选 2 条")
    page = await office.press("本页全选", "已选 10 条")
    page = await office.press("›", "已选 10 条")
    assert sum(text.startswith("✓") for text in page.button_texts) == 2
    await office.press("返回草稿", "收录 10 条")


async def test_title_foreword_and_the_words_of_an_item_are_changed_before_it_is_issued(
    bot: RunningBot,
) -> None:
    office = await drafted(bot)
    await office.press("改标题", "新的标题？")
    await office.say("长" * 41, "最多 40 字")
    await office.say("六月动态", "标题改好了。")
    await office.press("写导语", "导语怎么写？")
    await office.say("全区动员。\n人人参与。", "导语写好了。")
    await office.press("改条目", "本期收录 2 条")
    await office.press("区科协 科普1", "归在：突出重点")
    await office.press("改文字", "这条怎么写？")
    await office.say("120 余人参加。", "120 余人参加。")
    items = await office.press("返回条目", "本期收录 2 条")
    assert "✎ 区科协 科普1" in items.button_texts
    await office.press("区科协 科普2", "科普2")
    await office.press("不收这条", "本期收录 1 条")
    await office.press("返回草稿", "标题：六月动态")
    _, lines = await words_of(bot, office, "预览 Word")
    assert lines[3:] == [
        "六月动态",
        "全区动员。",
        "人人参与。",
        "一、突出重点，深入开展主题宣传",
        "（一）区科协：科普1",
        "120 余人参加。",
        lines[-1],
    ]


async def issued(bot: RunningBot) -> Talk:
    office = await drafted(bot)
    await office.press("发布第1期", "发布后不能再改")
    await office.press("确认发布", "已发布：2024年第1期。")
    return office


async def test_a_correction_gets_its_own_number_and_names_the_old_one(bot: RunningBot) -> None:
    office = await issued(bot)
    draft = await office.press("更正这一期", "原来那期不变")
    assert "本期更正2024年第1期。" in draft.text
    await office.press("发布第2期", "发布后不能再改")
    await office.press("确认发布", "已发布：2024年第2期。")
    old = await office.say("/bulletin 1", "工作简报 · 2024年第1期")
    assert "已由2024年第2期更正。" in old.text
    _, lines = await words_of(bot, Talk(office.person), "下载 Word")
    assert "本期更正" not in "".join(lines)


async def test_bulletins_are_found_by_number_and_by_month(bot: RunningBot) -> None:
    office = await issued(bot)
    await office.say("/bulletin 2024-1", "工作简报 · 2024年第1期")
    shown = await office.say("/bulletin 7月", "7月发布 1 期。")
    assert "2024年第1期 6月创建宣传工作动态" in shown.button_texts
    await office.say("/bulletin 6月", "6月没有发布简报。")
    await office.press("全部", "已发布 1 期。")
    for odd in ("99", "13月", "2023-1", "x", "0000-0月"):
        await office.say(f"/bulletin {odd}", "工作简报")


async def test_issued_twice_or_after_somebody_changed_it_says_so(bot: RunningBot) -> None:
    office = await drafted(bot)
    other = Talk(await bot.coordinator("小王"))
    stale = await office.press("发布第1期", "发布后不能再改")
    await other.say("/bulletin", "工作简报")
    await other.press("草稿 6月创建宣传工作动态", "收录 2 条")
    await other.press("改标题", "新的标题？")
    await other.say("六月动态", "标题改好了。")
    refused = await office.person.press("确认发布")
    assert "草稿刚被改过" in str(refused.text)
    await other.press("发布第1期", "发布后不能再改")
    await other.press("确认发布", "已发布：2024年第1期。")
    again = await office.person.press(data=stale.button("确认发布").data, message_id=stale.id)
    assert "2024年第1期已经发布" in str(again.text)


async def test_a_draft_is_deleted_after_a_second_look(bot: RunningBot) -> None:
    office = await drafted(bot)
    await office.press("删除草稿", "删除草稿“6月创建宣传工作动态”？")
    await office.press("再看看", "收录 2 条")
    await office.press("删除草稿", "删除草稿")
    await office.press("确认删除", "还没有发布过简报。")
    states = await bot.read(lambda view: view.session.scalars(select(Bulletin.state)).all())
    assert states == [BulletinState.dropped]


@pytest.mark.parametrize("role", [Role.supervisor, Role.contact])
async def test_others_neither_see_nor_issue_them(bot: RunningBot, role: Role) -> None:
    await drafted(bot)
    other = await bot.person(role, unit="keji" if role is Role.contact else None)
    await other.say("/bulletin")
    await other.expect("您的身份不能做这一步")
    for data in (OpenBulletin(1), IssueBulletin(1, 1)):
        answer = await other.press(data=pack(data))
        assert "您的身份不能做这一步" in str(answer.text)
