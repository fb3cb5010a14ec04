"""Looking reports up: a contact's own by month, everybody's for the office."""

from bot.core.roles import Role
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot


async def test_a_contact_sees_the_own_units_reports_by_month(bot: RunningBot) -> None:
    contact = Talk(await bot.contact("kexie"))
    await contact.file("六月的活动")
    other = Talk(await bot.contact("jiaotong"))
    await other.say("/report", "是哪一项任务")
    await bot.sim.set_clock("2024-07-02T09:00:00+08:00")
    await contact.file("七月的活动")
    await contact.say("/start", "本月已报 1 项")
    july = await contact.press("看已报的", "上报 · 7月")
    assert "七月的活动 · 待审" in july.button_texts
    assert not any("六月的活动" in text for text in july.button_texts)
    june = await contact.press("‹ 看6月", "上报 · 6月")
    assert "六月的活动 · 待审" in june.button_texts
    card = await contact.press("六月的活动 · 待审", "No. 2024-C2-001")
    assert "返回列表" in card.button_texts
    await other.say("/cancel")
    await other.say("/start", "本月已报 0 项")
    empty = await other.press("看已报的", "这里还没有上报")
    assert "报一项活动" in empty.button_texts


async def test_a_long_list_is_paged(bot: RunningBot) -> None:
    contact = Talk(await bot.contact())
    for number in range(10):
        await contact.file(f"第{number}项")
    await contact.say("/start", "本月已报 10 项")
    first = await contact.press("看已报的", "共 10 项")
    assert first.button_texts[0] == "第9项 · 待审"
    second = await contact.press("›", "共 10 项")
    assert second.button_texts[:2] == ["第1项 · 待审", "第0项 · 待审"]


async def test_the_office_narrows_the_list(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    await Talk(await bot.contact("kexie")).file("科普进社区")
    await office.person.expect("新上报")
    everything = await office.say("/report", "上报 · 6月")
    assert "区科协 科普进社区 · 待审" in everything.button_texts
    await office.press("已采用", "这里还没有上报")
    await office.press("✓ 已采用", "共 1 项")
    units = await office.press("按单位看", "各单位上报 · 6月")
    assert "区住建局 0 项（待审 0）" in units.button_texts
    await office.press("›", "各单位上报")
    of_unit = await office.press("区科协 1 项（待审 1）", "上报 · 区科协 · 6月")
    assert "区科协 科普进社区 · 待审" in of_unit.button_texts
    await office.press("看全部单位", "上报 · 6月")


async def test_the_office_finds_a_report_by_its_number(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    await Talk(await bot.contact()).file("科普进社区")
    await office.person.expect("新上报")
    await office.say("/report c2-1", "科普进社区")
    await office.say("/report C2-99", "没有找到编号“C2-99”")
    await office.say("/report", "上报 · 6月")
    await office.press("查找", "要找什么")
    await office.say("2024-C2-001", "找到 1 项")
    await office.press("看结果", "找到 1 项")
    card = await office.press("区科协 科普进社区 · 待审", "科普进社区")
    assert card.button_texts[:2] == ["采用", "退回"]
    assert "返回结果" in card.button_texts


async def test_a_contact_finds_only_own_numbers(bot: RunningBot) -> None:
    await Talk(await bot.contact("kexie")).file()
    other = Talk(await bot.contact("jiaotong"))
    await other.say("/report 2024-C2-001", "没有找到编号")


async def test_a_supervisor_reads_and_decides_nothing(bot: RunningBot) -> None:
    await Talk(await bot.contact()).file("科普进社区")
    supervisor = Talk(await bot.person(Role.supervisor))
    await supervisor.say("/report", "共 1 项")
    card = await supervisor.press("区科协 科普进社区 · 待审", "No. 2024-C2-001")
    assert "采用" not in card.button_texts


async def test_a_unit_head_sees_the_unit_and_reports_nothing(bot: RunningBot) -> None:
    await Talk(await bot.contact("kexie")).file("科普进社区")
    head = Talk(await bot.person(Role.unit_head, unit="kexie"))
    shown = await head.say("/report", "共 1 项")
    assert "报一项活动" not in shown.button_texts
    answer = await head.person.press(data="cvb:report:-")
    assert "您的身份不能做这一步" in str(answer.text)


async def test_the_photos_come_as_an_album(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    contact = Talk(await bot.contact())
    await contact.to_preview()
    await contact.press("改一项", "改哪一项")
    await contact.press("照片（未填）", "有照片就发来")
    sent = await contact.person.album(3)
    await contact.person.expect("已收 3 张照片")
    await contact.press("完成", "看看对不对")
    await contact.press("提交", "已上报")
    await office.person.expect("新上报")
    await office.person.press("看照片 3")
    album = [await office.person.expect(lambda message: message.file is not None) for _ in sent]
    assert len({message.album for message in album}) == 1
    assert album[0].text.startswith("No. 2024-C2-001")
