"""The queue of the 文明办 through the front door: next, previous, and a page at once (REP-15)."""

from bot.db.work import Work
from bot.features.outbox.models import Kind as OutboxKind
from bot.features.outbox.models import OutboxRow
from bot.features.reports.models import Report, ReportStatus
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot


async def waiting(bot: RunningBot, *titles: str) -> tuple[Talk, Talk, list[str]]:
    """Return a coordinator before the home screen, a contact, and what the contact reported."""
    office = Talk(await bot.coordinator("小李"))
    contact = Talk(await bot.contact())
    numbers = [await contact.file(title) for title in titles]
    await office.person.expect(titles[-1])
    await office.say("/start", f"待处理 {len(titles)}：活动上报 {len(titles)}")
    return office, contact, numbers


async def states(bot: RunningBot) -> list[ReportStatus]:
    return await bot.read(
        lambda view: [one.status for one in view.session.query(Report).order_by(Report.id)]
    )


async def sent_to(bot: RunningBot, talk: Talk) -> int:
    """Return how many messages were written to somebody, whether they are out or not."""
    chat_id = talk.person.id
    return await bot.read(
        lambda view: (
            view.session.query(OutboxRow)
            .where(OutboxRow.chat_id == chat_id, OutboxRow.kind == OutboxKind.send)
            .count()
        )
    )


async def test_the_queue_is_worked_off_one_by_one(bot: RunningBot) -> None:
    office, _, _ = await waiting(bot, "第一项", "第二项", "第三项")
    await office.press("待处理 3", "待处理 3 项")
    card = await office.press("区科协 第一项", "待处理 · 第 1/3 项")
    assert "‹ 上一项" not in card.button_texts
    await office.press("下一项 ›", "待处理 · 第 2/3 项")
    last = await office.press("下一项 ›", "名称  第三项")
    assert "下一项 ›" not in last.button_texts
    await office.press("‹ 上一项", "名称  第二项")
    following = await office.press("采用", "名称  第三项")
    assert office.answer is not None
    assert office.answer.text == "已采用"
    assert "待处理 · 第 2/2 项" in following.text
    await office.press("采用", "名称  第一项")
    await office.press("采用", "没有待处理的，都看完了")
    assert await states(bot) == [ReportStatus.accepted] * 3


async def test_a_report_is_returned_from_the_queue_for_a_usual_reason(bot: RunningBot) -> None:
    office, contact, _ = await waiting(bot, "第一项", "第二项")
    await office.press("待处理 2", "待处理 2 项")
    await office.press("区科协 第一项", "第 1/2 项")
    await office.press("退回", "为什么退回")
    await office.press("时间地点不清", "已退回")
    await contact.person.expect("上报被退回")
    await office.press("看下一项待审", "待处理 · 第 1/1 项")


async def test_plans_stand_in_the_same_queue(bot: RunningBot) -> None:
    office, contact, _ = await waiting(bot, "第一项")
    await contact.say("/start", "待办")
    await contact.press("看全部待办 2")
    await contact.press("看创建宣传方案", "创建宣传方案")
    await contact.press("报送方案", "请把创建宣传方案发过来")
    await contact.person.document("方案.docx", content=b"plan")
    await contact.person.expect("哪天在")
    await contact.press("跳过", "看看对不对")
    await contact.press("提交", "已收到")
    await office.person.expect("收到创建宣传方案")
    await office.say("/start", "待处理 2：活动上报 1 · 创建宣传方案 1")
    page = await office.press("待处理 2", "待处理 2 项")
    assert page.button_texts[:2] == ["区科协 第一项", "区科协 创建宣传方案"]
    asked = await office.press("本页全部采用 1", "采用这 1 项上报？")
    assert "不在内，请点开逐项看：\n区科协 创建宣传方案" in asked.text
    await office.press("先不采用", "待处理 2 项")
    await office.press("区科协 创建宣传方案", "待处理 · 第 2/2 项")
    await office.press("采用", "待处理 · 第 1/1 项")
    await contact.person.expect("区科协的创建宣传方案已采用")


async def test_a_page_is_accepted_after_one_question_and_told_in_one_message(
    bot: RunningBot,
) -> None:
    office, contact, numbers = await waiting(bot, "第一项", "第二项", "第三项")
    await office.press("待处理 3", "待处理 3 项")
    asked = await office.press("本页全部采用 3", "采用这 3 项上报？")
    assert all(f"No. {number}" in asked.text for number in numbers)
    assert await states(bot) == [ReportStatus.submitted] * 3
    before = await sent_to(bot, contact)
    done = await office.press("采用 3 项", "已采用 3 项")
    assert all(f"No. {number}" in done.text for number in numbers)
    heard = await contact.person.expect("已采用 3 项活动上报")
    assert all(number in heard.text for number in numbers)
    assert await sent_to(bot, contact) == before + 1


async def test_pressed_twice_it_is_accepted_and_told_once(bot: RunningBot) -> None:
    office, contact, _ = await waiting(bot, "第一项", "第二项")
    await office.press("待处理 2", "待处理 2 项")
    asked = await office.press("本页全部采用 2", "采用这 2 项上报？")
    sure = asked.button("采用 2 项").data
    done = await office.press("采用 2 项", "已采用 2 项")
    await contact.person.expect("已采用 2 项活动上报")
    before = await sent_to(bot, contact)
    answer = await office.person.press(data=sure, message_id=asked.id)
    assert answer.answered
    # The same screen again is no edit, so nothing else is shown.
    assert (await office.person.last()).text == done.text
    await office.say("/start", "没有待处理的上报")
    assert await sent_to(bot, contact) == before


async def test_what_changed_meanwhile_is_left_out_and_named(bot: RunningBot) -> None:
    office, _, numbers = await waiting(bot, "改了的", "退回的", "撤回的", "没动的")
    await office.press("待处理 4", "待处理 4 项")
    await office.press("本页全部采用 4", "采用这 4 项上报？")

    def meanwhile(work: Work) -> None:
        changed, returned, withdrawn, _ = work.session.query(Report).order_by(Report.id)
        changed.version = 2
        returned.status = ReportStatus.returned
        withdrawn.status = ReportStatus.withdrawn

    await bot.write(meanwhile)
    done = await office.press("采用 4 项", "已采用 1 项")
    assert f"No. {numbers[3]}  区科协 没动的" in done.text
    assert f"No. {numbers[0]}  内容刚改过，请再看一遍" in done.text
    assert f"No. {numbers[1]}  已退回" in done.text
    assert f"No. {numbers[2]}  单位已撤回" in done.text
    assert (await states(bot))[:3] == [
        ReportStatus.submitted,
        ReportStatus.returned,
        ReportStatus.withdrawn,
    ]


async def test_what_is_in_doubt_is_named_and_not_accepted_with_the_page(bot: RunningBot) -> None:
    contact = Talk(await bot.contact())
    office = Talk(await bot.coordinator())
    for title in ("科普进社区", "科普进社区活动", "书画展"):
        await contact.to_preview(title)
        await contact.press("改一项", "改哪一项")
        await contact.press("时间：日期不详", "哪一天")
        await contact.press("昨天 6月2日（周日）", "看看对不对")
        await contact.press("提交", "已上报")
    await office.say("/start", "待处理 3")
    page = await office.press("待处理 3", "待处理 3 项")
    assert page.button_texts[:3] == [
        "存疑 · 区科协 科普进社区",
        "存疑 · 区科协 科普进社区活动",
        "区科协 书画展",
    ]
    asked = await office.press("本页全部采用 1", "采用这 1 项上报？")
    apart = asked.text.split("不在内")[1]
    assert "No. 2024-C2-001  区科协 存疑 ⚠ 和 2024-C2-002“科普进社区活动”像是同一项活动" in apart
    await office.press("采用 1 项", "已采用 1 项")
    assert (await states(bot)).count(ReportStatus.submitted) == 2


async def test_what_was_decided_by_another_is_passed_over_with_a_word(bot: RunningBot) -> None:
    office, _, _ = await waiting(bot, "第一项", "第二项")
    other = Talk(await bot.coordinator("小周"))
    await office.press("待处理 2", "待处理 2 项")
    await other.say("/start", "待处理 2")
    await other.press("待处理 2", "待处理 2 项")
    await other.press("区科协 第一项", "第 1/2 项")
    await other.press("采用", "第 1/1 项")
    await office.press("区科协 第一项", "名称  第二项")
    assert office.answer is not None
    assert "刚才那项已处理" in str(office.answer.text)


async def test_a_forged_list_of_reports_is_refused(bot: RunningBot) -> None:
    office, _, _ = await waiting(bot, "第一项")
    for forged in ("", "z~", "1.1.1.1.1.1.1.1.1", "zzzzzzzz", "1~zzzzzzzz", "A"):
        answer = await office.person.press(data=f"rv.t:{forged}")
        assert "按钮" in str(answer.text), forged
    assert await states(bot) == [ReportStatus.submitted]
