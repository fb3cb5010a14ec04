"""Adding what a filed report lacks, and how complete everything is (ARC-03)."""

from tests.handlers.archive.scene import Scene, scene_of
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot
from tests.support.files import jpeg


async def _filed(bot: RunningBot) -> Scene:
    scene = await scene_of(bot)
    await scene.talk.file("科普进社区")
    await scene.office.person.expect("新上报")
    return scene


async def _supplied(scene: Scene) -> None:
    talk = scene.talk
    await talk.say("/report 2024-C2-001", "活动上报 · 区科协")
    await talk.press("补充材料", "把正文发过来")
    await talk.say("6月2日在社区举行。", "哪一天")
    await talk.say("6月2日", "有照片就发来")
    await talk.person.photo(jpeg())
    await talk.person.expect("已收 1 张照片")
    preview = await talk.press("完成", "看看对不对")
    assert "给 No. 2024-C2-001（科普进社区）补充：" in preview.text
    done = await talk.press("补上", "已补上，不用重报")
    assert "时间  6月2日（周日）" in done.text


async def test_text_date_and_photo_are_added_to_what_waits(bot: RunningBot) -> None:
    scene = await _filed(bot)
    await _supplied(scene)
    news = await scene.office.person.expect("补充了材料")
    assert "6月2日在社区举行。" in news.text
    await scene.office.press("采用", "已采用")
    await scene.until_filed("2024-C2-001-01")


async def test_what_is_added_after_the_acceptance_is_filed_at_once(bot: RunningBot) -> None:
    scene = await _filed(bot)
    await scene.accept()
    await scene.talk.person.expect("已采用 No. 2024-C2-001")
    await _supplied(scene)
    await scene.until_filed("2024-C2-001-01")
    assert scene.wrong() == []


async def test_what_is_there_is_not_asked_and_may_be_left_out(bot: RunningBot) -> None:
    scene = await _filed(bot)
    await _supplied(scene)
    await scene.talk.press("补充材料", "有照片就发来")
    preview = await scene.talk.press("没有照片", "看看对不对")
    assert "还没有要补的内容" in preview.text
    await scene.talk.press("补上", "照片 1 张")


async def test_a_returned_report_is_changed_and_not_added_to(bot: RunningBot) -> None:
    scene = await _filed(bot)
    card = await scene.talk.say("/report 2024-C2-001", "活动上报 · 区科协")
    await scene.office.press("退回", "为什么退回")
    await scene.office.press("缺正文或照片", "已退回")
    await scene.talk.person.expect("上报被退回")
    await scene.talk.person.press("补充材料", message_id=card.id)
    await scene.talk.person.skip()
    shown = await scene.talk.say("/report 2024-C2-001", "活动上报 · 区科协")
    assert "补充材料" not in shown.button_texts


async def test_the_office_sees_how_complete_each_task_is(bot: RunningBot) -> None:
    scene = await _filed(bot)
    await scene.talk.file("第二项")
    await scene.office.person.expect("新上报")
    await _supplied(scene)
    await scene.office.person.expect("补充了材料")
    await scene.office.say("/digest", "本周摘要")
    shown = await scene.office.press("看完整度", "资料完整度")
    assert "C2 “科普推广”主题宣传  50%（1/2）" in shown.text
    await scene.office.press("看 C2", "共 2 项")


async def test_the_digest_offers_what_could_be_added_and_can_be_told_not_to(
    bot: RunningBot,
) -> None:
    scene = await _filed(bot)
    talk = scene.talk
    shown = await talk.say("/digest", "有 1 项上报还可以补充")
    assert " · 科普进社区：缺正文、照片、时间" in shown.text
    await talk.press("补充 科普进社区", "把正文发过来")
    await talk.press("取消", "已取消")
    await talk.say("/digest", "有 1 项上报还可以补充")
    off = await talk.press("不再提示", "本周摘要")
    assert "还可以补充" not in off.text
    assert talk.answer is not None
    assert talk.answer.text == "以后不再提示补充材料"
    await talk.press("恢复提示", "有 1 项上报还可以补充")


async def test_another_units_report_cannot_be_added_to(bot: RunningBot) -> None:
    scene = await _filed(bot)
    other = Talk(await bot.contact("keji"))
    answer = await other.person.press(data="cvb:supply:1")
    assert answer.alert
    assert scene.filed() == []
