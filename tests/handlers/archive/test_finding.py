"""/find: one box for numbers, tasks, units, times and words (ARC-01)."""

from bot.core.roles import Role
from tests.handlers.archive.scene import document, photo, scene_of
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot
from tests.support.files import jpeg


async def test_everything_can_be_said_in_one_line(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    for title in ("核桃修剪技术培训会", "科普进社区"):
        await scene.talk.file(title)
        await scene.office.person.expect("新上报")
    await Talk(await bot.contact("keji")).file("科技培训")
    office = scene.office
    await office.person.expect("新上报")
    found = await office.say("/find C2 6月 培训", "查找 · C2 6月 培训")
    assert "找到 2 项，新的在前，点开看。" in found.text
    assert found.button_texts[:2] == [
        "区科技局 科技培训 · 待审",
        "区科协 核桃修剪技术培训会 · 待审",
    ]
    await office.say("/find 科协 培训", "找到 1 项")
    await office.say("/find 5月 培训", "没有找到")
    await office.say("/find 2024-C2-002", "找到 1 项")


async def test_a_result_opens_with_its_files_and_leads_back(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await scene.report(photo(b"a"), photo(b"b"), document("签到表.jpg", jpeg(), "image/jpeg"))
    await scene.accept()
    await scene.until_filed(*(f"2024-C2-001-0{number}" for number in (1, 2, 3)))
    office = scene.office
    await office.say("/find 签到表", "找到 1 项")
    await office.say("/find 2024-c2-001-02", "没有找到")
    await office.say("/find 2024-C2-001-02", "找到 1 项")
    await office.person.press("区科协 科普进社区 · 已采用")
    card = await office.person.expect("档案号  2024-C2-001-01 至 2024-C2-001-03")
    files = [await office.person.expect(lambda one: one.file is not None) for _ in range(3)]
    assert [one.file.kind for one in files if one.file] == ["photo", "photo", "document"]
    assert len({one.album for one in files[:2]}) == 1
    await office.person.press("返回结果", message_id=card.id)
    await office.person.expect("找到 1 项")


async def test_without_words_it_asks_for_them(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await scene.talk.file("科普进社区")
    talk = scene.talk
    await talk.say("/find", "要找什么")
    await talk.person.photo()
    await talk.person.expect("请写要找的字")
    await talk.say("字" * 101, "太长了（101 字），请写在 100 字以内")
    await talk.say("科普", "找到 1 项")
    found = await talk.press("看结果", "查找 · 科普")
    assert found.button_texts[0] == "科普进社区 · 待审"


async def test_a_contact_finds_what_is_of_the_own_unit(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await scene.talk.file("科普进社区")
    other = Talk(await bot.contact("keji"))
    await other.say("/find 科普进社区", "没有找到")
    await other.say("/find 2024-C2-001", "没有找到")
    head = Talk(await bot.person(Role.unit_head, unit="kexie"))
    await head.say("/find 科普进社区", "找到 1 项")


async def test_a_plan_is_found_by_its_file_and_number(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    talk = scene.talk
    await talk.person.document("宣传方案定稿.pdf", b"%PDF-1\n%%EOF")
    await talk.person.expect("要作为创建宣传方案报送吗")
    await talk.press("作为创建宣传方案报送", "哪天在")
    await talk.press("跳过", "看看对不对")
    await talk.press("提交", "已收到创建宣传方案")
    await scene.until_filed("2024-O1-kexie-01")
    for words in ("定稿", "2024-O1-kexie-01", "宣传方案 科协"):
        found = await scene.office.say(f"/find {words}", "找到 1 项")
        assert found.button_texts[0].startswith("区科协 ")
    await scene.office.press(found.button_texts[0], "宣传方案定稿.pdf")


async def test_pages_turn_and_an_old_list_says_that_it_is_old(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    for number in range(9):
        await scene.talk.file(f"活动{number}号")
    old = await scene.talk.say("/find 活动", "找到 9 项")
    second = await scene.talk.press("›", "找到 9 项")
    assert second.button_texts[0] == "活动0号 · 待审"
    await scene.talk.say("/find 活动1号", "找到 1 项")
    answer = await scene.talk.person.press(data=old.button("›").data, message_id=old.id)
    assert "旧" in str(answer.text)


async def test_wild_cards_and_marks_are_words(bot: RunningBot) -> None:
    scene = await scene_of(bot)
    await scene.talk.file("满意率达100%_好")
    await scene.talk.file("满意率达1000好")
    await scene.talk.say("/find 100%_好", "找到 1 项")
    await scene.talk.say("/find %", "找到 1 项")
    await scene.talk.say("/find \\", "没有找到")
    await scene.talk.say("/find ' OR 1=1 --", "没有找到")
    await scene.talk.say("/find <b>", "没有找到")
