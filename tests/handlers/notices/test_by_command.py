"""A notice that is written behind its command, or by itself: its words are not asked again."""

import pytest

from bot.sandbox.client import SimPerson
from tests.handlers.notices.writing import addressed, content_given, notices_of
from tests.support.bot import RunningBot

WORDS = "明天下午三点开会，请准时参加"


async def to_contacts(author: SimPerson) -> None:
    """Let `author` send all contacts the notice whose words are given."""
    await author.expect("发给谁")
    await addressed(author)
    await author.press("确认发送")
    await author.expect("发送完毕")


@pytest.mark.parametrize("command", ["/notice", "/broadcast", "/Notice"])
async def test_words_behind_the_command_are_its_text(bot: RunningBot, command: str) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await author.say(f"{command} {WORDS}")
    await to_contacts(author)
    assert [text.split("\n\n")[1] for text in await notices_of(contact)] == [WORDS]


async def test_their_formats_stay_where_they_are(bot: RunningBot) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await author.update(
        text=f"/notice  😀{WORDS}",
        entities=[
            {"type": "bot_command", "offset": 0, "length": len("/notice")},
            {"type": "bold", "offset": len("/notice  **明天"), "length": 4},
        ],
    )
    await to_contacts(author)
    [shown] = [one for one in await contact.messages() if "【通知】" in one.text]
    assert "明天<b>下午三点</b>开会" in shown.html


async def test_words_that_come_beside_a_draft_are_kept_for_a_new_beginning(
    bot: RunningBot,
) -> None:
    author = await bot.coordinator()
    await content_given(author, "旧的通知")
    await author.say(f"/notice {WORDS}")
    asked = await author.expect("有一份没填完的")
    assert "刚写的也留着" in asked.text
    again = asked.button("重新开始").data
    await author.press(data=again, message_id=asked.id)
    await author.expect("发给谁")
    await author.press(data=again, message_id=asked.id)
    await author.expect("发给谁")
    await addressed(author)
    assert WORDS in (await notices_of(author))[-1]


async def test_who_goes_on_with_the_draft_keeps_its_own_words(bot: RunningBot) -> None:
    author = await bot.coordinator()
    await content_given(author, "旧的通知")
    await author.say(f"/notice {WORDS}")
    await author.expect("有一份没填完的")
    await author.press("继续")
    await author.expect("发给谁")
    await author.say("/notice")
    asked = await author.expect("有一份没填完的")
    assert "刚写的也留着" not in asked.text
    await author.press("重新开始")
    await author.expect("请发来通知的文字")


async def test_words_that_are_no_answer_are_refused_in_the_first_question(bot: RunningBot) -> None:
    author = await bot.coordinator()
    await author.say("/series 每周五")
    asked = await author.expect("批量发布")
    assert "发布哪一种宣传点" in asked.text
    assert "没有找到" not in asked.text


async def test_words_that_came_by_themselves_become_a_notice_with_one_press(
    bot: RunningBot,
) -> None:
    contact = await bot.contact("kexie")
    author = await bot.coordinator()
    await author.update(
        text=f" {WORDS}", entities=[{"type": "bold", "offset": len(" 明天"), "length": 4}]
    )
    assert "就用这段话" in (await author.expect("不知道放到哪里")).text
    await author.press("发通知")
    await to_contacts(author)
    [shown] = [one for one in await contact.messages() if "【通知】" in one.text]
    assert "明天<b>下午三点</b>开会" in shown.html


async def test_what_somebody_else_said_is_no_notice_of_ones_own(bot: RunningBot) -> None:
    other, author = await bot.coordinator(), await bot.coordinator()
    await other.say(WORDS)
    secret = (await other.expect("不知道放到哪里")).button("发通知").data
    await author.say("/start")
    await author.expect("没有待处理")
    await author.press(data=secret)
    await author.expect("请发来通知的文字")


async def test_a_volunteer_is_offered_no_notice(bot: RunningBot) -> None:
    person = await bot.volunteer()
    await person.say(WORDS)
    assert "发通知" not in (await person.expect("不知道放到哪里")).button_texts
