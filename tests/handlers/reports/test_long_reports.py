"""The source document's own two long reports, pasted whole: every activity is filed (REP-19)."""

import pytest

from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot
from tests.support.config import ROOT

SOURCE = (ROOT / "tests" / "data" / "source.txt").read_text("utf-8").splitlines()
PART_UNITS = 4096


def lines(first: int, last: int) -> str:
    """Return the lines of the source document from `first` to `last`, counted from 1."""
    return "\n".join(SOURCE[first - 1 : last])


def as_sent(text: str) -> list[str]:
    """Return the messages into which a client cuts a longer paste."""
    return [text[at : at + PART_UNITS] for at in range(0, len(text), PART_UNITS)]


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [(53, 60, "“科技之春”宣传月"), (61, 72, "油地共建")],
    ids=["a county's association", "a street office"],
)
async def test_a_long_report_becomes_its_activities(
    bot: RunningBot, first: int, last: int, named: str
) -> None:
    text = lines(first, last)
    assert len(text) > 500
    talk = Talk(await bot.contact())
    for part in as_sent(text):
        await talk.say(part, "活动上报")
    card = await talk.person.last()
    if "只差哪一天" in card.text:
        card = await talk.press("日期不详", "第 1/")
    button = next(one for one in card.button_texts if one.startswith("全部提交"))
    count = int(button.split()[1])
    assert count >= 5
    receipt = await talk.press(button, f"已上报 {count} 项")
    assert len(receipt.text.splitlines()) == min(count, 20) + 2 + (count > 20)
    assert named in receipt.text
    office = await bot.coordinator()
    await office.start()
    await office.expect(f"待处理 {count}：活动上报 {count}")


async def test_thirty_thousand_characters_in_pieces_are_one_report(bot: RunningBot) -> None:
    one = "6月1日，区科协在北关社区举办科普讲座，发放资料{n}份，解答群众咨询。"
    text = "\n".join(one.format(n=10 + n) for n in range(800))
    parts = as_sent(text)
    assert len(text) > 28_000
    assert len(parts) > 6
    talk = Talk(await bot.contact())
    for part in parts:
        await talk.say(part, "看看对不对")
    card = await talk.person.last()
    assert "第 1/800 项" in card.text
    assert f"一共 {len(text):,} 字" in card.text


async def test_a_short_text_that_is_a_list_is_several_activities(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    card = await talk.say(
        "一、开展科普进社区活动。6月1日，在北关社区举办科普讲座，发放宣传单300份。\n"
        "二、举办培训。6月2日，在永丰村举办培训班1期，培训果农60人次。",
        "看看对不对",
    )
    assert "第 1/2 项" in card.text
    assert "时间  6月1日（周六）" in card.text
    assert "培训人次" not in card.text
    await talk.press("全部提交 2 项", "已上报 2 项")


async def test_a_short_paragraph_with_two_days_stays_one_activity(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    card = await talk.say(
        "6月1日至6月2日，在北关社区举办科普讲座，发放宣传单300份。\n现场解答群众咨询。",
        "看看对不对",
    )
    assert "全部提交" not in " ".join(card.button_texts)
