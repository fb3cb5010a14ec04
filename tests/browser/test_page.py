"""The page around the chat: people, clock, what happened, phone, scrolling."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from bot.sandbox import Sandbox
from tests.browser.chat_page import ChatPage
from tests.browser.scripted import Demo, button, keys

pytestmark = pytest.mark.asyncio(loop_scope="session")

PUT_LAYOUT_SHIFTS_ASIDE = """
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) window.shifted = (window.shifted ?? 0) + shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


async def test_what_others_have_not_read_is_counted_beside_their_name(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.demo.started(1002, "李建国")
    await chat.open(1001)
    await expect(chat.row("李建国").locator(".badge")).to_have_count(0)

    await chat.demo.bot.send(1002, "第一条")
    await chat.demo.bot.send(1002, "第二条")
    await expect(chat.row("李建国").locator(".badge")).to_have_text("2")
    await chat.row("李建国").click()

    await expect(chat.bubble("第二条")).to_be_visible()
    await expect(chat.row("李建国").locator(".badge")).to_have_count(0)


async def test_many_people_can_be_searched(chat: ChatPage) -> None:
    names = ["王秀英", "李建国", "陈静", "赵刚", "刘洋", "孙丽", "周敏", "吴磊", "郑华", "冯军"]
    for number, name in enumerate(names):
        await chat.demo.person(1001 + number, name)
    await chat.open()
    await expect(chat.people).to_have_count(10)

    await chat.page.get_by_role("searchbox", name="搜索姓名、单位").fill("周")

    await expect(chat.people).to_have_count(1)
    await expect(chat.people).to_contain_text("周敏")


async def test_a_person_can_be_added(chat: ChatPage) -> None:
    await chat.demo.person(1001, "王秀英")
    await chat.open()

    await chat.page.get_by_role("button", name="添加人物").click()
    await chat.page.get_by_label("姓名", exact=True).fill("新来的")
    await chat.page.get_by_role("dialog").get_by_role("button", name="添加").click()

    await expect(chat.row("新来的")).to_be_visible()
    await expect(chat.page.locator("#chat-name")).to_have_text("新来的")


async def test_a_group_is_read_and_written_as_one_of_its_members(chat: ChatPage) -> None:
    await chat.demo.person(1001, "刘洋")
    await chat.demo.person(1002, "周敏")
    await chat.demo.ask("groups", id=-200, title="志愿服务队", members=[1001, 1002])
    await chat.open()

    await chat.row("志愿服务队").click()
    await chat.page.get_by_label("发言人").select_option("1002")
    await chat.say("/posts")
    message = await chat.demo.bot.next("message")
    await chat.demo.bot.send(-200, "周六缺 3 人")

    assert (message["chat"]["id"], message["from"]["id"]) == (-200, 1002)
    await expect(chat.bubble("周六缺 3 人")).to_contain_text("机器人")


async def test_the_clock_shows_beijing_time_and_moves_on(chat: ChatPage) -> None:
    await chat.open()
    clock = chat.page.locator("#clock-time")

    await expect(clock).to_have_text("6月3日（周一） 09:00")
    await chat.page.get_by_role("button", name="时间前进一小时").click()
    await expect(clock).to_have_text("6月3日（周一） 10:00")
    await chat.page.get_by_role("button", name="时间前进一天").click()
    await expect(clock).to_have_text("6月4日（周二） 10:00")
    await chat.page.get_by_role("button", name="时间前进七天").click()
    await expect(clock).to_have_text("6月11日（周二） 10:00")

    await chat.page.locator("#clock-now").click()
    await chat.page.get_by_label("日期和时间（北京时间）").fill("2024-06-30T18:30")
    await chat.page.get_by_role("button", name="改到这时").click()
    await expect(clock).to_have_text("6月30日（周日） 18:30")
    assert chat.demo.sandbox.world.clock.now().isoformat()[:16] == "2024-06-30T10:30"


async def test_the_drawer_tells_what_bot_and_server_said(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.demo.bot.send(1001, "您好，王老师")
    await chat.open(1001)

    await chat.page.get_by_role("button", name="发生了什么").click()
    entries = chat.page.locator(".call")
    sent = entries.filter(has_text="sendMessage")
    await expect(sent).to_contain_text("给 王秀英：您好，王老师")
    await expect(entries.filter(has_text="getUpdates")).to_contain_text("王秀英：/start")
    await sent.locator("summary").click()
    await expect(sent.locator("pre").first).to_contain_text('"chat_id": "1001"')

    await chat.demo.ask("people/1001/block")
    with pytest.raises(AssertionError, match="blocked by the user"):
        await chat.demo.bot.send(1001, "还在吗")
    await expect(entries.first).to_contain_text("Forbidden: bot was blocked by the user")


async def test_reading_further_up_is_not_disturbed_by_what_arrives(chat: ChatPage) -> None:
    await chat.demo.ask("limits", enabled=False)
    await chat.demo.started(1001, "王秀英")
    for number in range(40):
        await chat.demo.bot.send(1001, f"第 {number} 条")
    await chat.open(1001)
    await expect(chat.bubble("第 39 条")).to_be_in_viewport()
    pill = chat.page.locator("#pill")
    await expect(pill).to_be_hidden()

    await chat.page.locator("#scroller").evaluate("box => { box.scrollTop = 300; }")
    await chat.demo.bot.send(1001, "新的一条")

    await expect(pill).to_contain_text("1 条新消息")
    assert await chat.page.locator("#scroller").evaluate("box => box.scrollTop") == 300
    await pill.click()
    await expect(chat.bubble("新的一条")).to_be_in_viewport()
    await expect(pill).to_be_hidden()


async def test_who_stands_at_the_end_stays_there(chat: ChatPage) -> None:
    await chat.demo.ask("limits", enabled=False)
    await chat.demo.started(1001, "王秀英")
    for number in range(30):
        await chat.demo.bot.send(1001, f"第 {number} 条")
    await chat.open(1001)
    await expect(chat.bubble("第 29 条")).to_be_in_viewport()

    keyboard = {"keyboard": [[{"text": "上一步"}], [{"text": "取消"}]]}
    await chat.demo.bot.send(1001, "在哪里", reply_markup=keyboard)

    await expect(chat.key("取消")).to_be_visible()
    await expect(chat.bubble("在哪里")).to_be_in_viewport(ratio=1)
    assert await chat.distance_from_end_px() < 2


async def test_on_a_phone_the_list_is_a_screen_of_its_own(phone: ChatPage) -> None:
    await phone.demo.started(1001, "王秀英")
    rows = keys(
        [button("区住建局宣传科报"), button("区经信局宣传科报"), button("城管局宣传科报送")]
    )
    await phone.demo.bot.send(
        1001, "谁来报？" * 60 + "https://example.org/" + "a" * 200, reply_markup=rows
    )
    await phone.open()

    await expect(phone.people).to_be_visible()
    await expect(phone.input).to_be_hidden()
    await phone.row("王秀英").tap()
    await expect(phone.people).to_be_hidden()
    await expect(phone.key("城管局宣传科报送")).to_be_in_viewport(ratio=1)
    width = await phone.page.evaluate(
        "[document.documentElement.scrollWidth, scroller.scrollWidth]"
    )
    assert max(width) <= 390
    await phone.page.get_by_role("link", name="返回人物列表").tap()
    await expect(phone.people).to_be_visible()


async def test_nothing_jumps_while_the_page_loads(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.demo.bot.send(1001, "您好", reply_markup=keys([button("报一项活动")]))
    await chat.page.add_init_script(PUT_LAYOUT_SHIFTS_ASIDE)

    await chat.open(1001)
    await expect(chat.key("报一项活动")).to_be_visible()

    assert await chat.page.evaluate("window.shifted ?? 0") < 0.01


async def test_every_control_has_a_name_for_a_screen_reader(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.demo.bot.send(1001, "您好", reply_markup=keys([button("报一项活动")]))
    await chat.open(1001)
    await expect(chat.key("报一项活动")).to_be_visible()

    nameless = await chat.page.locator("button:visible, a:visible, textarea:visible").evaluate_all(
        "all => all.filter((el) => !(el.ariaLabel || el.textContent.trim())).map((el) => el.outerHTML)"
    )

    assert nameless == []


async def test_the_page_finds_its_way_to_a_server_that_was_started_anew(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    await chat.open(1001)
    await expect(chat.bubbles).to_have_count(1)
    port = int(chat.demo.sandbox.url.rpartition(":")[2])

    await chat.demo.sandbox.stop()
    await expect(chat.page.locator("#offline")).to_be_visible()
    other = Sandbox()
    await other.start(port)
    try:
        await Demo.of(other, chat.demo.session).person(1002, "李建国")
        await expect(chat.page.locator("#offline")).to_be_hidden()
        await expect(chat.row("李建国")).to_be_visible()
        await expect(chat.bubble("/start")).to_be_hidden()
    finally:
        await chat.page.close()
        await other.stop()
    chat.trouble.clear()


async def test_a_page_that_waits_at_a_server_that_is_gone_asks_the_next_one(
    chat: ChatPage,
) -> None:
    async def unanswered(_route: Route) -> None:
        """Leave the page waiting, as the next server does whose cursor the page has seen."""

    await chat.demo.started(1001, "王秀英")
    await chat.demo.started(1002, "李建国")
    await chat.page.route("**/sim/events?*wait_ms=25000*", unanswered)
    await chat.open(1001)
    await expect(chat.bubbles).to_have_count(1)
    port = int(chat.demo.sandbox.url.rpartition(":")[2])

    await chat.demo.sandbox.stop()
    await chat.row("李建国").click()
    await expect(chat.page.locator("#offline")).to_be_visible()
    async with asyncio.timeout(30):
        other = Sandbox()
        await other.start(port)
        try:
            await expect(chat.page.locator("#offline")).to_be_hidden()
        finally:
            await chat.page.close()
            await other.stop()
    chat.trouble.clear()


async def test_it_shows_that_the_bot_is_writing(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英", note="联络员")
    await chat.open(1001)
    await expect(chat.page.locator("#chat-role")).to_have_text("联络员")

    await chat.demo.somebody_listens()
    await chat.demo.bot.call("sendChatAction", chat_id=1001, action="typing")
    await expect(chat.page.locator("#chat-role")).to_have_text("机器人正在输入…")
    await chat.demo.bot.send(1001, "好了")

    await expect(chat.page.locator("#chat-role")).to_have_text("联络员")


async def test_five_windows_can_be_open_at_once(chat: ChatPage) -> None:
    await chat.demo.started(1001, "王秀英")
    windows = [chat] + [
        ChatPage(await chat.page.context.new_page(), chat.demo, chat.trouble) for _ in range(4)
    ]
    for window in windows:
        await window.open(1001)

    await windows[-1].say("都看得到")

    for window in windows:
        await expect(window.bubble("都看得到")).to_be_visible()
