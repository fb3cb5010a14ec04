"""/tasks: a unit's own tasks first, all of them by section, one with the document's words."""

from bot.core.roles import Role
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot


async def test_a_contact_sees_the_own_tasks_with_their_indicators(bot: RunningBot) -> None:
    contact = Talk(await bot.contact("jiaotong"))
    shown = await contact.say("/tasks", "本单位任务")
    assert shown.text.splitlines() == [
        "本单位任务",
        "",
        "B2 公交和汽车宣传",
        "· 车辆与站台公益广告",
        "本月已报 0 项",
        "",
        "C6 “安全出行”主题宣传",
        "· 社区交通安全宣传",
        "· 摒弃交通陋习专题",
        "· 志愿者路口引导",
        "本月已报 0 项",
    ]


async def test_a_report_on_a_task_begins_at_the_task(bot: RunningBot) -> None:
    contact = Talk(await bot.contact("jiaotong"))
    await contact.say("/tasks", "本单位任务")
    asked = await contact.press("报 C6 活动", "活动叫什么名称")
    assert "第2/9步" in asked.text
    await contact.say("路口引导", "哪一天")
    await contact.press("‹ 上一步", "活动叫什么名称")
    tasks = await contact.press("‹ 上一步", "是哪一项任务")
    assert "C6 “安全出行”主题宣传" in tasks.button_texts


async def test_a_contact_of_two_units_reports_for_the_one_that_holds_the_task(
    bot: RunningBot,
) -> None:
    person = await bot.contact("kexie")
    await bot.grant(person, Role.contact, unit="jiaotong")
    contact = Talk(person)
    await contact.say("/tasks c6", "C6 “安全出行”主题宣传")
    await contact.press("报一项活动", "活动叫什么名称")


async def test_a_task_shows_the_documents_words_and_what_we_have_set(bot: RunningBot) -> None:
    contact = Talk(await bot.contact("chengguan"))
    await contact.say("/tasks", "文明城市创建内容公益广告占比：20%以上")
    card = await contact.press("看 B1 要求", "B1 户外广告宣传")
    lines = card.text.splitlines()
    assert "方案第 19 行" in lines
    assert "责任单位：区城管分局" in lines
    assert "“文明城市创建内容的公益广告达到20%以上”" in lines
    assert "计量：%" in lines  # the document says so
    assert "方案要求：20%以上" in lines
    assert "计量：块（系统设定）" in lines  # the document does not
    assert "本月已报 0 项，共 0 项" in lines


async def test_no_number_is_invented_where_the_document_sets_none(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    for task in ("A1", "B5", "C2"):
        card = await office.say(f"/tasks {task}", f"{task} ")
        assert "要求：" not in card.text


async def test_how_often_is_marked_as_ours_where_the_document_leaves_it_open(
    bot: RunningBot,
) -> None:
    office = Talk(await bot.coordinator())
    card = await office.say("/tasks B5", "B5 志愿者宣传")
    assert "义务宣传点：“定期组织志愿者”，按 30 天一次（系统设定）" in card.text
    weekly = await office.say("/tasks D2", "D2 电视媒体宣传")
    assert "口号：每周" in weekly.text
    assert "方案要求：1–2 条/周" in weekly.text


async def test_the_office_sees_all_tasks_by_section(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    first = await office.say("/tasks", "（一）强化责任，切实开展属地宣传")
    assert "✓ A" in first.button_texts
    third = await office.press("C", "（三）突出重点，深入开展主题宣传")
    assert "C1 “关爱未成年人成长”主题宣传" in third.button_texts
    assert "C7 “文明新风”主题宣传" not in third.button_texts
    more = await office.press("›", "C7 “文明新风”主题宣传")
    assert "责任单位：区文明办" in more.text


async def test_reports_are_counted_for_whoever_looks(bot: RunningBot) -> None:
    await Talk(await bot.contact("kexie")).file()
    contact = Talk(await bot.contact("keji"))
    card = await contact.say("/tasks C2", "C2 “科普推广”主题宣传")
    assert "本月已报 0 项，共 0 项" in card.text  # the other unit's is not theirs
    office = Talk(await bot.coordinator())
    seen = await office.say("/tasks C2", "C2 “科普推广”主题宣传")
    assert "本月已报 1 项，共 1 项" in seen.text
    await office.press("看上报", "共 1 项")


async def test_a_unit_without_a_task_is_told_what_it_can_do(bot: RunningBot) -> None:
    contact = Talk(await bot.contact("chuangjianban"))
    shown = await contact.say("/tasks", "方案里没有写您单位的任务")
    assert "看全部任务" in shown.button_texts


async def test_a_volunteer_has_no_tasks(bot: RunningBot) -> None:
    volunteer = Talk(await bot.volunteer())
    await volunteer.say("/tasks", "您的身份不能做这一步")


async def test_an_unknown_task_is_not_found(bot: RunningBot) -> None:
    office = Talk(await bot.coordinator())
    await office.say("/tasks Z9", "没有找到")


async def test_a_reader_of_english_gets_the_frame_in_english(bot: RunningBot) -> None:
    reader = Talk(await bot.person(Role.coordinator, language_code="en"))
    card = await reader.say("/tasks C2", "Line 32 of the document")
    assert "Counted in 次 (our setting)" in card.text
