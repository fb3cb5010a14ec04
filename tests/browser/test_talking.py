"""Writing to the bot and reading what it answers."""

import pytest
from playwright.async_api import expect

from tests.browser.chat_page import ChatPage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_chosen_person_writes_and_reads_the_bots_answer(chat: ChatPage) -> None:
    await chat.demo.person(1001, "王秀英")
    await chat.demo.person(1002, "李建国")
    await chat.open()
    await chat.row("王秀英").click()

    await chat.say("今天有什么事")
    message = await chat.demo.bot.next("message")
    await chat.demo.bot.send(1001, "今天 <b>两件事</b>")

    assert (message["from"]["id"], message["text"]) == (1001, "今天有什么事")
    await expect(chat.bubbles).to_have_count(2)
    await expect(chat.bubbles.nth(0)).to_contain_text("今天有什么事")
    await expect(chat.bubbles.nth(1).locator("strong")).to_have_text("两件事")
    await expect(chat.input).to_have_value("")


async def test_an_empty_chat_offers_to_start(chat: ChatPage) -> None:
    await chat.demo.person(1001, "王秀英")
    await chat.open(1001)

    await chat.page.get_by_role("button", name="开始").click()

    assert (await chat.demo.bot.next("message"))["text"] == "/start"
    await expect(chat.page.get_by_role("button", name="开始")).to_have_count(0)


async def test_shift_and_enter_make_a_new_line(chat: ChatPage) -> None:
    await chat.demo.person(1001, "王秀英")
    await chat.open(1001)

    await chat.input.press_sequentially("第一行")
    await chat.input.press("Shift+Enter")
    await chat.input.press_sequentially("第二行")
    assert await chat.demo.bot.nothing_came()
    await chat.input.press("Enter")

    assert (await chat.demo.bot.next("message"))["text"] == "第一行\n第二行"


@pytest.mark.parametrize("mark", [{"isComposing": True}, {"keyCode": 229}])
async def test_enter_while_composing_picks_a_word_and_sends_nothing(
    chat: ChatPage, mark: dict[str, object]
) -> None:
    await chat.demo.person(1001, "王秀英")
    await chat.open(1001)
    await chat.input.focus()
    keyboard = await chat.page.context.new_cdp_session(chat.page)

    await keyboard.send(
        "Input.imeSetComposition", {"text": "nihao", "selectionStart": 5, "selectionEnd": 5}
    )
    await chat.input.dispatch_event("keydown", {"key": "Enter", "bubbles": True, **mark})
    assert await chat.demo.bot.nothing_came()
    await keyboard.send("Input.insertText", {"text": "您好"})
    await expect(chat.input).to_have_value("您好")
    await chat.input.press("Enter")

    assert (await chat.demo.bot.next("message"))["text"] == "您好"


async def test_html_in_names_and_messages_is_shown_as_text(chat: ChatPage) -> None:
    attack = "<img src=x onerror=alert(1)><b>粗</b>"
    await chat.demo.started(1001, attack)
    await chat.open(1001)

    await chat.say(f"/report {attack}")
    await chat.demo.bot.send(1001, "&lt;script&gt;alert(2)&lt;/script&gt; &lt;b&gt;不粗&lt;/b&gt;")

    await expect(chat.people).to_contain_text(attack)
    await expect(chat.bubble("/report")).to_contain_text(attack)
    await expect(chat.bubble("不粗")).to_contain_text("<script>alert(2)</script> <b>不粗</b>")
    assert await chat.page.locator("#panes :is(img, script, b)").count() == 0


async def test_telegrams_formats_are_shown(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.open(1001)

    await chat.demo.bot.send(
        1001,
        "<i>斜</i> <u>下划线</u> <s>删</s> <code>7F3K</code> <tg-spoiler>藏</tg-spoiler> "
        '<a href="https://example.org/a?b=1&amp;c=2">链接</a> /help',
    )

    bubble = chat.bubble("下划线")
    for tag, text in [("em", "斜"), ("u", "下划线"), ("s", "删"), ("code", "7F3K")]:
        await expect(bubble.locator(tag)).to_have_text(text)
    await expect(bubble.locator(".spoiler")).to_have_text("藏")
    await expect(bubble.get_by_role("link", name="链接")).to_have_attribute(
        "href", "https://example.org/a?b=1&c=2"
    )
    await bubble.get_by_role("button", name="/help").click()
    assert (await chat.demo.bot.next("message"))["text"] == "/help"


async def test_an_edited_message_changes_in_its_place(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    first = await chat.demo.bot.send(1001, "第 1 页")
    await chat.demo.bot.send(1001, "后一条")
    await chat.open(1001)

    await chat.demo.bot.call("editMessageText", chat_id=1001, message_id=first, text="第 2 页")

    await expect(chat.bubbles.nth(1)).to_contain_text("第 2 页")
    await expect(chat.bubbles.nth(1)).to_contain_text("已编辑")
    await expect(chat.bubbles).to_have_count(3)
    await expect(chat.bubble("第 1 页")).to_have_count(0)


async def test_a_deleted_message_vanishes(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    gone = await chat.demo.bot.send(1001, "写错了")
    await chat.open(1001)
    await expect(chat.bubble("写错了")).to_be_visible()

    await chat.demo.bot.call("deleteMessage", chat_id=1001, message_id=gone)

    await expect(chat.bubble("写错了")).to_have_count(0)


async def test_one_replies_to_a_message_and_edits_an_own_one(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    asked = await chat.demo.bot.send(1001, "是哪天")
    await chat.open(1001)

    await chat.choose("回复", of="是哪天")
    await chat.say("6月30日")
    answer = await chat.demo.bot.next("message")
    await expect(chat.bubble("6月30日").locator(".quote")).to_contain_text("是哪天")
    await chat.choose("编辑", of="6月30日")
    await expect(chat.input).to_have_value("6月30日")
    await chat.say("6月29日")
    edited = await chat.demo.bot.next("edited_message")

    assert answer["reply_to_message"]["message_id"] == asked
    assert (edited["message_id"], edited["text"]) == (answer["message_id"], "6月29日")
    await expect(chat.bubble("6月29日")).to_contain_text("已编辑")


async def test_who_blocks_the_bot_can_take_it_back(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.open(1001)

    await chat.page.get_by_role("button", name="更多").click()
    await chat.page.get_by_role("menuitem", name="停用机器人").click()
    await chat.page.get_by_role("dialog").get_by_role("button", name="停用机器人").click()
    blocked = await chat.demo.bot.next("my_chat_member")
    await expect(chat.input).to_be_hidden()
    await expect(chat.row("王秀英")).to_contain_text("已停用机器人")
    await chat.page.get_by_role("button", name="重新启用").click()
    revived = await chat.demo.bot.next("my_chat_member")

    assert blocked["new_chat_member"]["status"] == "kicked"
    assert revived["new_chat_member"]["status"] == "member"
    await expect(chat.input).to_be_visible()


async def test_a_text_that_was_refused_comes_back_into_the_input(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.open(1001)
    await chat.page.route("**/text", lambda route: route.abort())

    await chat.say("不能丢的话")

    await expect(chat.toast).to_contain_text("没有发出去")
    await expect(chat.input).to_have_value("不能丢的话")
    await chat.page.close()
    chat.trouble.clear()
