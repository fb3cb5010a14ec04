"""A paragraph sent in one's own words becomes a card to check (REP-01, REP-18, REP-19)."""

from bot.sandbox.client import SimMessage
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot

PARAGRAPH = (
    "3月28日，区科协联合区科技局在永丰镇温汤村举行核桃修剪技术培训会，60余名果农参加，"
    "发放资料200余份，解答群众咨询50多人次。"
)
OTHER = "5月30日，区科协在北关社区开展科普进社区活动，展出展版20块。"


def lines(message: SimMessage) -> list[str]:
    return message.text.splitlines()


async def test_a_paragraph_is_filed_with_one_press(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    card = await talk.say(PARAGRAPH, "看看对不对")
    assert lines(card)[2:9] == [
        "单位  区科协",
        "名称  核桃修剪技术培训会",
        "时间  3月28日（周四）",
        "地点  永丰镇温汤村",
        "联合  区科技局",
        "任务  C2 “科普推广”主题宣传",
        "参加  约60人",
    ]
    assert "散发宣传材料 约200份 · 接受群众咨询 约50人" in card.text
    assert "“200余份”读作 约200份" in card.text
    await talk.press("提交", "已上报  No. 2024-C2-001")


async def test_a_paragraph_behind_the_command_is_a_card_as_well(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    card = await talk.say(f"/report {PARAGRAPH}", "看看对不对")
    assert "名称  核桃修剪技术培训会" in card.text
    await talk.press("提交", "已上报  No. 2024-C2-001")
    await talk.say("/report C2-001", "No. 2024-C2-001")
    await talk.say("/report 你好", "没有找到编号“你好”")


async def test_a_greeting_is_no_activity(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    for words in ("你好", "谢谢您，辛苦了", "😀😀😀"):
        answer = await talk.say(words, "这句话我不知道放到哪里")
        assert answer.button_texts == ["报一项活动", "首页"]
    await talk.say("/start", "区科协")
    home = (await talk.person.messages())[-1]
    assert not any("继续" in button for button in home.button_texts), "nothing was begun"


async def test_only_the_day_is_asked_where_it_is_not_said(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    asked = await talk.say(PARAGRAPH.removeprefix("3月28日，"), "只差哪一天")
    assert "核桃修剪技术培训会" in asked.text
    card = await talk.press("昨天 6月2日（周日）", "看看对不对")
    assert "时间  6月2日（周日）" in card.text
    await talk.press("提交", "已上报")


async def test_a_paragraph_inside_the_conversation_fills_the_card(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say("/report", "活动叫什么名称")
    card = await talk.say(PARAGRAPH, "看看对不对")
    assert "名称  核桃修剪技术培训会" in card.text
    assert "地点  永丰镇温汤村" in card.text
    await talk.press("提交", "已上报")


async def test_words_that_look_like_no_activity_are_one_with_one_press(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say("我们单位的同志都去打扫卫生了", "这句话我不知道放到哪里")
    asked = await talk.press("报一项活动", "哪一天")
    await talk.press("今天 6月3日（周一）", "看看对不对")
    assert "我们单位的同志都去打扫卫生了" in (await talk.person.messages())[-1].text
    assert "活动叫什么名称" not in asked.text


async def test_a_greeting_is_not_taken_for_the_name_of_an_activity(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say("您好，在吗", "这句话我不知道放到哪里")
    asked = await talk.press("报一项活动", "活动叫什么名称")
    assert "活动上报" in asked.text
    assert "您好" not in asked.text
    card = await talk.say("科普进社区", "哪一天")
    assert "您好" not in card.text


async def test_an_album_with_words_under_it_is_a_report_with_photos(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.person.album(3, caption=PARAGRAPH)
    card = await talk.person.expect("照片 3 张")
    assert "名称  核桃修剪技术培训会" in card.text
    await talk.press("提交", "已上报")
    await talk.press("看这一项", "照片 3 张")


async def test_a_field_is_changed_on_the_card(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say(PARAGRAPH, "看看对不对")
    await talk.press("改一项", "改哪一项")
    await talk.press("地点：永丰镇温汤村", "在哪里")
    card = await talk.say("永丰镇街道", "看看对不对")
    assert "地点  永丰镇街道" in card.text
    assert "名称  核桃修剪技术培训会" in card.text


async def test_a_second_text_is_added_or_stands_behind_as_one_likes(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say(PARAGRAPH, "看看对不对")
    await talk.say("现场还为农户送去了修剪工具。", "又收到一段话")
    card = await talk.press("加到正文", "已加到正文")
    assert "现场还为农户送去了修剪工具。" in card.text
    await talk.say(OTHER, "又收到一段话")
    card = await talk.press("另报一项", "第 1/2 项")
    assert "核桃修剪技术培训会" in card.text
    await talk.press("提交", "已上报  No. 2024-C2-001")
    second = await talk.person.expect("第 2/2 项")
    assert "科普进社区" in second.text
    await talk.press("提交", "已上报  No. 2024-C2-002")


async def test_a_text_that_comes_while_the_day_is_asked_is_no_day(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say(PARAGRAPH.removeprefix("3月28日，"), "只差哪一天")
    asked = await talk.say(OTHER + "活动受到居民欢迎。", "又收到一段话")
    assert "哪一天" in asked.text
    card = await talk.press("日期不详", "看看对不对")
    assert {"加到正文", "另报一项"} <= set(card.button_texts)


async def test_a_parked_card_is_not_lost_when_another_text_comes(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say(PARAGRAPH, "看看对不对")
    await talk.press("稍后继续", "存好")
    card = await talk.say(OTHER, "排在这一项后面")
    assert "核桃修剪技术培训会" in card.text
    await talk.press("这项不报", "第 2/2 项")
    await talk.press("提交", "已上报")


async def test_what_is_odd_is_said_and_does_not_block(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say(PARAGRAPH, "看看对不对")
    await talk.press("提交", "已上报")
    again = await talk.say(PARAGRAPH.replace("200余份", "2024份"), "看看对不对")
    assert "和 2024-C2-001“核桃修剪技术培训会”像是同一项活动" in again.text
    assert "散发宣传材料 2,024份，和年份一样" in again.text
    assert "比以前最多的 200份 多出十倍以上" in again.text
    await talk.press("提交", "已上报  No. 2024-C2-002")


async def test_everything_is_filed_at_once_and_only_once(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say(PARAGRAPH, "看看对不对")
    await talk.say(OTHER, "又收到一段话")
    card = await talk.press("另报一项", "第 1/2 项")
    await talk.press("全部提交 2 项", "已上报 2 项")
    data = next(one.data for row in card.buttons for one in row if "全部提交" in one.text)
    answer = await talk.person.press(data=data, message_id=card.id)
    assert answer.text
    await talk.say("/report", "活动叫什么名称")
    await talk.say("/start", "本月已报 2 项活动")
