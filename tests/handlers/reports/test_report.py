"""A contact reports an activity, through the front door (REP-01)."""

from bot.core.roles import Role
from bot.features.archive.models import StoredFile
from bot.features.reports.models import Report
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot


async def reports(bot: RunningBot) -> int:
    """Return how many reports there are."""
    return await bot.read(lambda view: view.session.query(Report).count())


async def test_an_activity_is_reported_step_by_step(bot: RunningBot) -> None:
    office = await bot.coordinator()
    talk = Talk(await bot.contact("kexie", name="王老师"))
    await talk.say("/report", "活动叫什么名称")
    await talk.say("核桃修剪技术培训会", "哪一天")
    await talk.say("3月28日", "在哪里")
    await talk.say("永丰镇温汤村", "和谁联合")
    await talk.say("区科技局、县农业局", "多少人参加")
    await talk.say("60余人", "报哪些数")
    await talk.press("散发宣传材料", "散发宣传材料是多少份")
    await talk.say("1.2万余份", "“1.2万余份”读作 约12,000份")
    await talk.say("培训", "是哪一项")
    await talk.press("市民教育培训班", "是多少期")
    await talk.say("2", "市民教育培训班 2期")
    await talk.press("完成", "把正文发过来")
    await talk.say("3月28日在永丰镇温汤村举行。", "有照片就发来")
    await talk.person.album(2)
    await talk.person.expect("已收 2 张照片")
    preview = await talk.press("完成", "看看对不对")
    assert preview.text.splitlines()[2:] == [
        "单位  区科协",
        "名称  核桃修剪技术培训会",
        "时间  3月28日（周四）",
        "地点  永丰镇温汤村",
        "联合  区科技局、县农业局",
        "任务  C2 “科普推广”主题宣传",
        "参加  约60人",
        "数据  散发宣传材料 约12,000份 · 市民教育培训班 2期",
        "正文  15 字   照片 2 张",
        "",
        "“60余人”读作 约60人",
        "“1.2万余份”读作 约12,000份",
        "",
        "3月28日在永丰镇温汤村举行。",
    ]
    assert preview.button_texts[0] == "提交"
    receipt = await talk.press("提交", "已上报  No. 2024-C2-001")
    assert "区文明办采用后会告诉您；6月您单位已报 1 项，写信息时会自动带上。" in receipt.text
    assert receipt.button_texts == ["撤回（10分钟内）", "再报一项", "看这一项", "首页"]
    news = await office.expect("新上报")
    assert "活动上报 · 区科协" in news.text
    assert "3月28日在永丰镇温汤村举行。" in news.text
    await bot.sim.expect_call(
        "sendMessage", chat_id=office.id, disable_notification="true", timeout_s=1
    )


async def test_an_album_of_ten_is_kept_whole_with_one_reply(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.to_preview()
    await talk.press("改一项", "改哪一项")
    await talk.press("照片（未填）", "有照片就发来")
    before = len([one for one in await talk.person.messages() if one.from_bot])
    await talk.person.album(10)
    await talk.person.expect("已收 10 张照片")
    after = len([one for one in await talk.person.messages() if one.from_bot])
    assert after == before + 1
    await talk.press("完成", "照片 10 张")
    await talk.press("提交", "已上报")
    kept = await bot.read(lambda view: view.session.query(StoredFile).count())
    assert kept == 10


async def test_photos_come_one_by_one_forwarded_or_as_files(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.to_preview()
    await talk.press("改一项", "改哪一项")
    await talk.press("照片（未填）", "有照片就发来")
    await talk.person.photo()
    await talk.person.expect("已收 1 张照片")
    await talk.person.document("a.png", b"png", mime="image/png")
    await talk.person.expect("已收 2 张照片")
    await talk.press("去掉最后一张", "已收 1 张照片")
    await talk.press("完成", "照片 1 张")


async def test_a_photo_at_another_step_is_kept(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say("/report", "活动叫什么名称")
    await talk.person.photo()
    note = await talk.person.expect("照片已存（共 1 张）")
    assert "活动叫什么名称" in note.text
    await talk.say("科普进社区", "哪一天")
    await talk.press("今天 6月3日（周一）", "在哪里")
    await talk.press("跳过", "和谁联合")
    await talk.press("没有联合单位", "多少人参加")
    await talk.press("跳过", "报哪些数")
    await talk.press("没有数据", "把正文发过来")
    await talk.person.album(3, caption="相册下面的说明就是正文。")
    await talk.person.expect("已收 4 张照片")
    preview = await talk.press("完成", "看看对不对")
    assert "照片 4 张" in preview.text
    assert "相册下面的说明就是正文。" in preview.text


async def test_a_photo_sent_to_the_card_is_added_to_it(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.to_preview()
    await talk.person.photo()
    await talk.person.expect("照片已加上（共 1 张）")
    await talk.person.album(2)
    card = await talk.person.expect("照片已加上（共 3 张）")
    assert "照片 3 张" in card.text
    other = await talk.say("随便说一句", "都填好了")
    assert "照片 3 张" in other.text
    await talk.press("提交", "已上报")
    await talk.press("看这一项", "照片 3 张")


async def test_a_receipt_stays_when_its_buttons_show_something(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.to_preview()
    receipt = await talk.press("提交", "已上报")
    home = await talk.press("首页", "待办")
    assert home.id > receipt.id
    shown = await talk.press("看已报的", "共 1 项")
    assert shown.id == home.id, "a screen that only shows something gives its place to the next"
    seen = {message.id: message.text for message in await talk.person.messages()}
    assert "已上报" in seen[receipt.id]


async def test_a_paragraph_given_as_the_name_fills_the_card(bot: RunningBot) -> None:
    paragraph = "3月28日，区科协在永丰镇温汤村举行核桃修剪技术培训会。" * 6
    talk = Talk(await bot.contact())
    await talk.say("/report", "活动叫什么名称")
    preview = await talk.say(paragraph, "看看对不对")
    assert "名称  核桃修剪技术培训会" in preview.text
    assert f"正文  {len(paragraph)} 字" in preview.text


async def test_a_field_is_changed_on_the_card(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.to_preview("错的名称")
    await talk.press("改一项", "改哪一项")
    await talk.press("名称：错的名称", "活动叫什么名称")
    preview = await talk.say("对的名称", "看看对不对")
    assert "名称  对的名称" in preview.text
    assert "错的名称" not in preview.text


async def test_a_day_is_chosen_from_the_calendar(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say("/report", "活动叫什么名称")
    await talk.say("科普进社区", "哪一天")
    await talk.press("选日期", "选哪一天")
    month = await talk.press("‹", "选哪一天")
    assert "5月" in month.button_texts
    await talk.press("31", "在哪里")
    assert (await talk.press("‹ 上一步", "哪一天")).button_texts[0] == "今天 6月3日（周一）"


async def test_partners_are_toggled_and_named(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.to_preview()
    await talk.press("改一项", "改哪一项")
    shown = await talk.press("联合单位（未填）", "和谁联合")
    assert shown.button_texts[0] == "区科技局"  # the other unit of the same task
    await talk.press("区科技局", "和谁联合")
    await talk.press("›", "和谁联合")
    await talk.press("区教育局", "和谁联合")
    await talk.press("‹", "和谁联合")
    await talk.press("✓ 区科技局", "和谁联合")
    preview = await talk.say("省文明办；宿城区司法局", "看看对不对")
    assert "联合  区教育局、省文明办、区司法局" in preview.text


async def test_a_number_is_removed_again(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.to_preview()
    await talk.press("改一项", "改哪一项")
    await talk.press("数据（未填）", "报哪些数")
    await talk.say("悬挂横幅120 多条", "悬挂横幅 约120条")
    await talk.say("宣传单5000 余份", "发放宣传单 约5,000份")
    shown = await talk.press("删除 悬挂横幅 约120条", "发放宣传单")
    assert "悬挂横幅 约120条" not in shown.text
    preview = await talk.press("完成", "看看对不对")
    assert "数据  发放宣传单 约5,000份" in preview.text


async def test_a_place_of_an_earlier_report_is_one_tap_away(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.to_preview()
    await talk.press("改一项", "改哪一项")
    await talk.press("地点（未填）", "在哪里")
    await talk.say("北关社区", "看看对不对")
    await talk.press("提交", "已上报")
    await talk.press("再报一项", "活动叫什么名称")
    await talk.say("又一次", "哪一天")
    await talk.press("日期不详", "在哪里")
    await talk.press("北关社区", "和谁联合")


async def test_submitting_twice_files_once(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    preview = await talk.to_preview()
    submit = preview.button("提交")
    await talk.person.press(data=submit.data, message_id=preview.id)
    await talk.person.expect("已上报")
    answer = await talk.person.press(data=submit.data, message_id=preview.id)
    assert answer.text is not None
    assert "旧" in answer.text
    assert await reports(bot) == 1


async def test_a_command_in_the_middle_loses_nothing(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.say("/report", "活动叫什么名称")
    await talk.say("科普进社区", "哪一天")
    await talk.say("/tasks", "已为您存好")
    await talk.press("继续", "哪一天")
    await talk.say("/report", "没填完的")
    await talk.press("继续", "哪一天")
    await talk.press("日期不详", "在哪里")


async def test_a_contact_of_two_units_is_asked_for_which(bot: RunningBot) -> None:
    person = await bot.contact("kexie")
    await bot.grant(person, Role.contact, unit="jiaotong")
    talk = Talk(person)
    asked = await talk.say("/report", "为哪个单位报")
    assert asked.button_texts[:2] == ["区科协", "区交通运输局"]
    tasks = await talk.press("区交通运输局", "是哪一项任务")
    assert tasks.button_texts[:3] == [
        "B2 公交和汽车宣传",
        "C6 “安全出行”主题宣传",
        "其他",
    ]
    await talk.press("其他", "活动叫什么名称")


async def test_changing_the_unit_asks_for_a_task_of_it(bot: RunningBot) -> None:
    person = await bot.contact("kexie")
    await bot.grant(person, Role.contact, unit="jiaotong")
    talk = Talk(person)
    await talk.say("/report", "为哪个单位报")
    await talk.press("区科协", "是哪一项任务")
    await talk.press("C2 “科普推广”主题宣传", "活动叫什么名称")
    await talk.press("‹ 上一步", "是哪一项任务")
    await talk.press("‹ 上一步", "为哪个单位报")
    tasks = await talk.press("区交通运输局", "是哪一项任务")
    assert "C2 “科普推广”主题宣传" not in tasks.button_texts


async def test_a_report_can_be_of_no_task(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.to_preview()
    await talk.press("改一项", "改哪一项")
    await talk.press("任务：C2 “科普推广”主题宣传", "是哪一项任务")
    await talk.press("其他", "任务  其他")
    await talk.press("提交", "No. 2024-00-001")


async def test_the_home_screen_counts_the_month(bot: RunningBot) -> None:
    talk = Talk(await bot.contact())
    await talk.file()
    home = await talk.press("首页", "本月已报 1 项活动")
    assert {"报一项活动", "看已报的", "看本单位任务"} <= set(home.button_texts)


async def test_a_reader_of_english_is_asked_in_english(bot: RunningBot) -> None:
    talk = Talk(await bot.person(Role.contact, unit="kexie", language_code="en"))
    await talk.say("/report", "What is the activity called?")
    await talk.say("Science at the market", "Which day?")
    await talk.say("2024-03-28", "Where was it?")
