"""What the office asks for in the chat is owed, shown, filed, reviewed, changed and ended."""

import pytest

from bot.sandbox.client import SimMessage, SimPerson
from tests.support.bot import RunningBot

PREVIEW = "看看对不对"


@pytest.fixture
async def contact(bot: RunningBot) -> SimPerson:
    return await bot.contact("kexie", "王老师")


@pytest.fixture
async def office(bot: RunningBot, contact: SimPerson) -> SimPerson:
    return await bot.coordinator()


async def ask(
    office: SimPerson, name: str, form: str, *, who: str, often: str, due: str
) -> SimMessage:
    """Go through the conversation up to its preview."""
    await office.say("/missing")
    await office.expect("谁还没报")
    await office.press("布置事项")
    await office.expect("布置的事项")
    await office.press("布置一项")
    await office.expect("写个短名称")
    await office.say(name)
    await office.expect("交什么形式的")
    await office.press(form)
    await office.expect("哪些单位要交")
    if who != "全部责任单位":
        await office.press("›")
        await office.expect("哪些单位要交")
    await office.press(who)
    if who != "全部责任单位":
        await office.expect("哪些单位要交")
        await office.press("选好了（1）")
    await office.expect("多久一次")
    await office.press(often)
    await office.expect("哪天截止")
    if due[0].isdigit() and "日" in due:
        await office.say(due)
    else:
        await office.press(due)
    await office.expect("怎么提醒")
    await office.press("按常规")
    await office.expect("还有什么要说明的")
    await office.press("跳过")
    return await office.expect(PREVIEW)


async def test_words_are_asked_for_filed_and_accepted(
    bot: RunningBot, office: SimPerson, contact: SimPerson
) -> None:
    preview = await ask(
        office, "国庆宣传小结", "一段文字", who="全部责任单位", often="每月", due="31日"
    )
    assert "接下来：6月30日（周日）、7月31日（周三）、8月31日（周六）" in preview.text
    assert "个单位本月：收到" in preview.text
    assert "31日（没有这天的月份为最后一天）" in preview.text
    await office.press("提交")
    done = await office.expect("已布置，已告知相关单位")
    assert "目前 18 个单位" in done.text
    news = await contact.expect("新布置：国庆宣传小结")
    assert "截止 6月30日（周日）" in news.text
    await contact.press("看全部待办")
    await contact.expect("6月 国庆宣传小结")
    await contact.press("看6月 国庆宣传小结")
    await contact.expect("还有 27 天")
    await contact.press("写一段")
    await contact.expect("写在这里")
    await contact.say("共开展宣传三次。")
    await contact.expect(PREVIEW)
    await contact.press("提交")
    await contact.expect("已收到6月 国庆宣传小结")
    await office.expect("收到6月 国庆宣传小结")
    await office.press("看一看")
    card = await office.expect("共开展宣传三次")
    assert "采用" in card.button_texts
    await office.press("采用")
    await contact.expect("已采用")


async def test_a_single_unit_confirms_with_one_tap(
    bot: RunningBot, office: SimPerson, contact: SimPerson
) -> None:
    other = await bot.contact("keji", "李老师")
    await ask(office, "报名回执", "只要确认已完成", who="区科协", often="一次", due="6月20日")
    await office.press("提交")
    await office.expect("目前 1 个单位")
    await contact.expect("新布置：报名回执")
    await contact.press("看全部待办")
    await contact.expect("报名回执")
    await contact.press("看报名回执")
    await contact.expect("6月20日（周四）")
    await contact.press("已完成")
    await contact.expect("已收到报名回执")
    await other.say("/start")
    assert "报名回执" not in (await other.expect("待办")).text


async def test_what_is_ended_is_told_once_and_owed_no_more(
    bot: RunningBot, office: SimPerson, contact: SimPerson
) -> None:
    await ask(office, "周报", "文件", who="区科协", often="每周", due="周五")
    await office.press("提交")
    await office.expect("已布置")
    await contact.expect("新布置：周报")
    await office.press("结束")
    await office.expect("1 个单位会收到一次通知")
    await office.press("确认结束")
    await office.expect("已结束，已告知相关单位")
    await contact.expect("“周报”已结束，不用再报")
    await contact.say("/start")
    assert "周报" not in (await contact.expect("待办")).text


async def test_how_often_and_of_whom_is_changed_and_told(
    bot: RunningBot, office: SimPerson, contact: SimPerson
) -> None:
    other = await bot.contact("keji", "李老师")
    await ask(office, "回执", "只要确认已完成", who="区科协", often="一次", due="6月20日")
    await office.press("提交")
    await office.expect("已布置")
    await contact.expect("新布置：回执")
    await office.press("改一改")
    await office.expect(PREVIEW)
    await office.press("改一项")
    fields = await office.expect("改哪一项")
    await office.press(next(one for one in fields.button_texts if "一次" in one))
    await office.expect("多久一次")
    await office.press("每月")
    await office.expect("哪天截止")
    await office.press("31日")
    await office.expect(PREVIEW)
    await office.press("改一项")
    fields = await office.expect("改哪一项")
    await office.press(next(one for one in fields.button_texts if "区科协" in one))
    await office.expect("哪些单位要交")
    await office.press("全部责任单位")
    preview = await office.expect(PREVIEW)
    assert "新增 17 个单位，会收到布置通知；0 个单位不用再报" in preview.text
    await office.press("提交")
    await office.expect("已改好")
    await other.expect("新布置：回执")
    news = await contact.expect("布置有变：回执")
    assert "现在只要确认已完成，每月" in news.text
    assert "截止 6月30日（周日）" in news.text
