"""What people send at the wrong moment: one clear sentence, and nothing is lost."""

from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot

KEPT = "科普进社区"


async def at_date(bot: RunningBot) -> Talk:
    talk = Talk(await bot.contact())
    await talk.say("/report", "活动叫什么名称")
    await talk.say(KEPT, "哪一天")
    return talk


async def at_people(bot: RunningBot) -> Talk:
    talk = await at_date(bot)
    await talk.press("日期不详", "在哪里")
    await talk.press("跳过", "和谁联合")
    await talk.press("没有联合单位", "多少人参加")
    return talk


async def at_values(bot: RunningBot) -> Talk:
    talk = await at_people(bot)
    await talk.press("跳过", "报哪些数")
    return talk


async def at_text(bot: RunningBot) -> Talk:
    talk = await at_values(bot)
    await talk.press("没有数据", "把正文发过来")
    return talk


async def test_a_date_that_is_none_is_asked_again(bot: RunningBot) -> None:
    talk = await at_date(bot)
    for text, sentence in (
        ("2025年1月1日", "“2025年1月1日”还没有到"),
        ("2019-05-01", "“2019-05-01”太早了，只收 2023 年以来的活动"),
        ("六月三十二号", "没有“六月三十二号”这一天"),
        ("不告诉你", "没看懂“不告诉你”"),
        ("x" * 5000, "没看懂“xxxxxxxx"),
        ("<b>3月</b>", "没看懂“<b>3月</b>”"),
        ("\u202e天今", "没看懂“天今”"),  # a right-to-left mark
        ("\ud800", "没看懂“\ufffd”"),  # a lone surrogate
    ):
        asked = await talk.say(text, sentence)
        assert "哪一天" in asked.text
        assert len(asked.text) < 300
    await talk.say("6月2日", "在哪里")


async def test_people_that_are_no_number_are_asked_again(bot: RunningBot) -> None:
    talk = await at_people(bot)
    for text, sentence in (
        ("很多人", "没看懂“很多人”是多少"),
        ("60.5", "“60.5”不是整数"),
        ("5万元", "“5万元”的单位不对"),
        ("9" * 30, "这个数太大了"),
        ("1" * 5000, "没看懂“1111"),
    ):
        asked = await talk.say(text, sentence)
        assert "多少人参加" in asked.text
    await talk.say("10余万人次", "报哪些数")


async def test_a_photo_where_a_number_is_asked_is_kept_and_the_number_asked_again(
    bot: RunningBot,
) -> None:
    talk = await at_people(bot)
    await talk.person.photo()
    asked = await talk.person.expect("照片已存（共 1 张）")
    assert "多少人参加" in asked.text


async def send_sticker(person: SimPerson) -> None:
    await person.update(
        sticker={
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    )


async def send_voice(person: SimPerson) -> None:
    await person.update(voice={"file_id": "v", "file_unique_id": "v", "duration": 1})


async def send_location(person: SimPerson) -> None:
    await person.location(33.9, 118.3)


async def send_contact(person: SimPerson) -> None:
    await person.contact("13800000000", "某人")


async def test_what_is_no_text_gets_one_sentence(bot: RunningBot) -> None:
    talk = await at_people(bot)
    for send in (send_sticker, send_voice, send_location, send_contact):
        await send(talk.person)
        asked = await talk.person.expect("这一步请写文字")
        assert "多少人参加" in asked.text


async def test_a_long_text_is_kept_as_far_as_one_message_goes(bot: RunningBot) -> None:
    talk = await at_text(bot)
    asked = await talk.say("长" * 5000, "这段有 5,000 字，已存前 4,096 字")
    assert "就用这段" in asked.button_texts
    await talk.press("就用这段", "有照片就发来")
    preview = await talk.press("没有照片", "看看对不对")
    assert "正文  4,096 字" in preview.text
    await talk.press("提交", "已上报")
    await talk.press("看这一项", "No. 2024-C2-001")
    whole = await talk.press("看全文", "长长长")
    assert whole.text == "长" * 4096


async def test_the_rest_of_a_split_paste_is_not_taken_in_silence(bot: RunningBot) -> None:
    """A client cuts a paste of 5,000 characters into two messages."""
    talk = await at_text(bot)
    await talk.say("长" * 4096, "有照片就发来")
    await talk.say("尾" * 904, "正文已存满 4,096 字，后面这 904 字没有存")


async def test_five_thousand_characters_as_the_name_become_the_text(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say("/report", "活动叫什么名称")
    await talk.say("长" * 5000, "哪一天")
    card = await talk.press("日期不详", "看看对不对")
    assert "正文  4,096 字" in card.text
    assert "正文超过一条消息的长度，卡片上只留前 4,096 字。" in card.text
    await talk.press("改一项", "改哪一项")
    await talk.press(name_button(await talk.person.last()), "叫什么名称")
    await talk.say("长" * 5000, "太长了（5,000 字），请写在 100 字以内")
    await talk.say(KEPT, f"名称  {KEPT}")


def name_button(shown: SimMessage) -> str:
    """Return the button that changes the activity's name."""
    return next(text for text in shown.button_texts if text.startswith("名称："))


async def test_a_name_with_markup_marks_and_surrogates_is_shown_harmlessly(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    preview = await talk.to_preview("<b>粗</b>\u202e & \ud800科普\x00")
    assert "名称  <b>粗</b> & \ufffd科普" in preview.text


async def test_what_is_no_photo_gets_one_sentence(bot: RunningBot) -> None:
    talk = await at_text(bot)
    await talk.press("跳过", "有照片就发来")
    await talk.say("没有", "这一步收照片")
    await send_sticker(talk.person)
    await talk.person.expect("这一步收照片")
    await talk.press("没有照片", "看看对不对")


async def test_an_eleventh_photo_is_refused_and_ten_are_kept(bot: RunningBot) -> None:
    talk = await at_text(bot)
    await talk.press("跳过", "有照片就发来")
    await talk.person.album(10)
    await talk.person.expect("已收 10 张照片")
    await talk.person.photo()
    await talk.person.expect("最多 10 张照片和文件，前 10 个都在")
    await talk.press("完成", "照片 10 张")


async def test_a_metric_nobody_knows_is_asked_again(bot: RunningBot) -> None:
    talk = await at_values(bot)
    await talk.say("直升机3架", "没有找到和“直升机”有关的数据项")
    await talk.say("悬挂横幅很多", "悬挂横幅是多少条")
    await talk.say("1-2条", "没看懂“1-2条”是多少")
    await talk.press("‹ 换一项数据", "报哪些数")
    await talk.say("悬挂横幅1-2条", "没看懂“1-2条”是多少")
    await talk.say("2条", "悬挂横幅 2条")


async def test_buttons_of_a_step_that_is_over_change_nothing(bot: RunningBot) -> None:
    talk = await at_date(bot)
    old = await talk.person.last()
    await talk.press("昨天 6月2日（周日）", "在哪里")
    answer = await talk.person.press(data=old.button("日期不详").data, message_id=old.id)
    assert answer.text == "这一步已经填过了，请看最新的一条。"


async def test_a_forged_day_is_refused(bot: RunningBot) -> None:
    talk = await at_date(bot)
    asked = await talk.person.last()
    data = str(asked.button("日期不详").data).rsplit(":", 1)[0]
    for value in ("d2030-01-01", "d2024-99-99", "m1900-01-01", "zz", "", "d", "t:t"):
        await talk.person.press(data=f"{data}:{value}", message_id=asked.id)
    await talk.say("6月2日", "在哪里")


async def test_a_draft_goes_on_where_it_was_parked(bot: RunningBot) -> None:
    talk = await at_people(bot)
    await talk.press("稍后继续", "已存好")
    await talk.press("继续", "多少人参加")
    await talk.press("取消", "已取消")
    await talk.press("撤销取消", "多少人参加")
