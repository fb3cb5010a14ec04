"""Buttons under messages, the reply keyboard, the command menu and invitation links."""

import pytest
from playwright.async_api import expect

from tests.browser.chat_page import ChatPage
from tests.browser.scripted import button, keys

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_pressed_button_is_busy_until_the_bot_answers_with_a_toast(
    chat: ChatPage,
) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.demo.bot.send(1001, "看看对不对", reply_markup=keys([button("提交", "r:submit")]))
    await chat.open(1001)

    await chat.key("提交").click()
    pressed = await chat.demo.bot.next("callback_query")
    await expect(chat.key("提交")).to_have_attribute("aria-busy", "true")
    await chat.demo.bot.call("answerCallbackQuery", callback_query_id=pressed["id"], text="已上报")

    assert pressed["data"] == "r:submit"
    await expect(chat.toast).to_have_text("已上报")
    await expect(chat.key("提交")).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_stays_until_it_is_acknowledged(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.demo.bot.send(1001, "岗位", reply_markup=keys([button("报名")]))
    await chat.open(1001)

    await chat.key("报名").click()
    pressed = await chat.demo.bot.next("callback_query")
    await chat.demo.bot.call(
        "answerCallbackQuery",
        callback_query_id=pressed["id"],
        text="两岗重叠 30 分钟",
        show_alert=True,
    )

    alert = chat.page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("两岗重叠 30 分钟")
    await alert.get_by_role("button", name="好的").click()
    await expect(alert).to_have_count(0)


async def test_the_keyboard_user_stays_at_the_button_when_its_message_is_redrawn(
    chat: ChatPage,
) -> None:
    await chat.demo.started(1001, "王秀英")
    pages = keys([button("上一页", "p:0"), button("下一页", "p:2")])
    sent = await chat.demo.bot.send(1001, "第 1 页", reply_markup=pages)
    await chat.open(1001)

    await chat.key("下一页").focus()
    await chat.page.keyboard.press("Enter")
    pressed = await chat.demo.bot.next("callback_query")
    await chat.demo.bot.call(
        "editMessageText", chat_id=1001, message_id=sent, text="第 2 页", reply_markup=pages
    )
    await chat.demo.bot.call("answerCallbackQuery", callback_query_id=pressed["id"])

    await expect(chat.bubble("第 2 页")).to_be_visible()
    await expect(chat.key("下一页")).to_be_focused()


async def test_a_key_of_the_reply_keyboard_says_its_words(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    rows = [[{"text": "上一步"}, {"text": "跳过"}], [{"text": "取消"}]]
    keyboard = {"keyboard": rows, "input_field_placeholder": "例如 永丰镇", "resize_keyboard": True}
    await chat.demo.bot.send(1001, "在哪里", reply_markup=keyboard)
    await chat.open(1001)

    await expect(chat.input).to_have_attribute("placeholder", "例如 永丰镇")
    await expect(chat.page.locator(".reply-row")).to_have_count(2)
    await chat.key("跳过").click()
    assert (await chat.demo.bot.next("message"))["text"] == "跳过"

    await chat.demo.bot.send(1001, "好的", reply_markup={"remove_keyboard": True})
    await expect(chat.page.locator(".reply-row")).to_have_count(0)
    await expect(chat.input).to_have_attribute("placeholder", "输入消息")


async def test_the_reply_keyboard_folds_and_unfolds(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.demo.bot.send(1001, "选吧", reply_markup={"keyboard": [[{"text": "取消"}]]})
    await chat.open(1001)
    fold = chat.page.get_by_role("button", name="显示或收起回复键盘")

    await expect(chat.key("取消")).to_be_visible()
    await fold.click()
    await expect(chat.key("取消")).to_have_count(0)
    await fold.click()
    await expect(chat.key("取消")).to_be_visible()


async def test_a_key_that_asks_for_the_number_shares_the_own_contact(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    rows = [[{"text": "发送我的号码", "request_contact": True}]]
    await chat.demo.bot.send(1001, "请留号码", reply_markup={"keyboard": rows})
    await chat.open(1001)

    await chat.key("发送我的号码").click()
    await chat.page.get_by_role("dialog").get_by_role("button", name="发送号码").click()

    contact = (await chat.demo.bot.next("message"))["contact"]
    assert contact["user_id"] == 1001
    await expect(chat.bubble("王秀英")).to_contain_text(contact["phone_number"])


async def test_the_command_menu_lists_and_filters_the_bots_commands(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    commands = [("start", "首页"), ("report", "报一项活动"), ("help", "怎么用")]
    await chat.demo.bot.call(
        "setMyCommands",
        commands=[{"command": name, "description": told} for name, told in commands],
    )
    await chat.open(1001)

    await chat.page.get_by_role("button", name="命令菜单").click()
    await expect(chat.page.get_by_role("option")).to_have_count(3)
    await chat.input.fill("/re")
    await expect(chat.page.get_by_role("option")).to_have_text("/report报一项活动")
    await chat.input.press("Enter")

    assert (await chat.demo.bot.next("message"))["text"] == "/report"
    await expect(chat.page.get_by_role("option")).to_have_count(0)


async def test_an_invitation_link_is_opened_as_another_person(chat: ChatPage) -> None:
    await chat.demo.started(1001, "陈静")
    await chat.demo.person(1002, "新人")
    await chat.demo.bot.send(1001, "邀请：https://t.me/sandbox_bot?start=inv_7F3K")
    await chat.open(1001)

    await chat.bubble("邀请").get_by_role("link").click()
    await chat.page.get_by_role("dialog").get_by_role("combobox").select_option("1002")
    await chat.page.get_by_role("dialog").get_by_role("button", name="打开").click()

    message = await chat.demo.bot.next("message")
    assert (message["from"]["id"], message["text"]) == (1002, "/start inv_7F3K")
    await expect(chat.page.locator("#chat-name")).to_have_text("新人")


async def test_a_button_with_an_address_is_a_link(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    link = {"text": "看全文", "url": "https://example.org/notice"}
    await chat.demo.bot.send(1001, "通知", reply_markup=keys([link]))
    await chat.open(1001)

    await expect(chat.key("看全文")).to_have_attribute("href", "https://example.org/notice")
    await expect(chat.key("看全文")).to_have_attribute("target", "_blank")
