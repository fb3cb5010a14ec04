"""A joint activity through the front door: reported once, confirmed with one press (ORG-08)."""

import pytest
from sqlalchemy import update

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.models import Grant, Person
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.reports.conversing import Talk
from tests.support.bot import RunningBot, unit_id_of

CONTACT = (Role.contact,)

PARAGRAPH = (
    "6月1日，区科协、区教育局联合在北关小学举行青少年科学幻想绘画比赛，收到科幻绘画优秀作品214幅。"
)


async def previewed(contact: Talk, text: str = PARAGRAPH) -> SimMessage:
    """Paste a text and return the card to check, whatever it still asks before."""
    card = await contact.say(text)
    while "看看对不对" not in card.text:
        first = next(one for one in card.button_texts if one in {"跳过", "其他"})
        card = await contact.press(first)
    return card


async def pasted(contact: Talk) -> None:
    """Paste the paragraph and file it."""
    await previewed(contact)
    receipt = await contact.press("提交", "已上报")
    assert "已请区教育局确认联合" in receipt.text


@pytest.fixture
async def reporter(bot: RunningBot) -> Talk:
    return Talk(await bot.contact("kexie", "王老师"))


@pytest.fixture
async def partner(bot: RunningBot) -> Talk:
    return Talk(await bot.contact("jiaoyu", "张老师"))


async def test_a_partner_confirms_with_one_press_and_has_it_in_its_month(
    bot: RunningBot, reporter: Talk, partner: Talk
) -> None:
    office = Talk(await bot.coordinator())
    await pasted(reporter)
    asked = await partner.person.expect("联合活动")
    assert "区科协上报  No. 2024-" in asked.text
    assert "名称  青少年科学幻想绘画比赛" in asked.text
    assert "时间  6月1日" in asked.text
    assert "地点  北关小学" in asked.text
    assert asked.button_texts[:3] == ["确认参与", "不是我们", "看完整上报"]
    waits = await office.person.expect("新上报")
    assert "区教育局（待确认）" in waits.text
    month = await partner.say("/month", "另有 1 项联合活动待确认")
    assert "确认联合活动" in month.button_texts
    await partner.person.press("确认参与", message_id=asked.id)
    done = await partner.person.expect("张老师已确认参与")
    assert done.id == asked.id
    assert "已计入区教育局6月信息" in done.text
    month = await partner.say("/month", "青少年科学幻想绘画比赛")
    assert "（联合，区科协上报）" in month.text
    assert "214幅" in month.text
    assert "待确认" not in month.text
    home = await partner.say("/start", "本月已报 1 项活动")
    assert "待您单位确认" not in home.text
    listed = await partner.press("看已报的", "共 1 项")
    assert listed.button_texts[0] == "联合 · 青少年科学幻想绘画比赛（区科协报）"
    await reporter.say("/start", "本月已报 1 项活动")
    mine = await reporter.press("看已报的", "共 1 项")
    assert any("联合已确认1/1" in text for text in mine.button_texts)
    card = await reporter.press(mine.button_texts[0], "名称")
    assert "区教育局（已确认）" in card.text


async def test_a_no_is_told_to_the_reporter_and_can_be_taken_back(
    reporter: Talk, partner: Talk
) -> None:
    await pasted(reporter)
    await partner.person.expect("联合活动")
    await partner.press("不是我们", "张老师已答复“不是我们”")
    told = await reporter.person.expect("区教育局答复：没有参加")
    assert "不计入区教育局" in told.text
    card = await reporter.press("看这一项", "名称")
    assert "区教育局（答复未参与）" in card.text
    await partner.press("改为确认参与", "张老师已确认参与")


async def test_a_second_contact_sees_the_answer_that_stands(
    bot: RunningBot, reporter: Talk, partner: Talk
) -> None:
    colleague = Talk(await bot.contact("jiaoyu", "李老师"))
    await pasted(reporter)
    await partner.person.expect("联合活动")
    asked = await colleague.person.expect("联合活动")
    await partner.press("确认参与", "张老师已确认参与")
    refused = await colleague.person.press("不是我们")
    assert refused.alert
    assert "您单位已经有答复，没有改动" in str(refused.text)
    shown = await colleague.person.expect("张老师已确认参与")
    assert shown.id == asked.id
    again = await colleague.person.press(data=asked.button("确认参与").data, message_id=asked.id)
    assert "已经确认过了" in str(again.text)


async def test_who_is_no_contact_any_more_is_told_so(
    bot: RunningBot, reporter: Talk, partner: Talk
) -> None:
    await pasted(reporter)
    await partner.person.expect("联合活动")

    def revoke(work: Work) -> None:
        person = work.session.query(Person).filter_by(telegram_id=partner.person.id).one()
        work.session.execute(
            update(Grant).where(Grant.person_id == person.id).values(revoked_at=work.now)
        )

    await bot.write(revoke)
    await bot.grant(partner.person, unit=None, name="张老师")
    answer = await partner.person.press("确认参与")
    assert "您的身份不能做这一步" in str(answer.text)
    await _bind(bot, partner.person, "keji")
    answer = await partner.person.press("确认参与")
    assert "您现在不是这个单位的联络员" in str(answer.text)


async def _bind(bot: RunningBot, person: SimPerson, slug: str) -> None:
    from_roles = await bot.roles_of(person)
    assert not from_roles
    await bot.grant(person, *CONTACT, unit=slug, name="张老师")


async def test_after_a_withdrawal_the_press_says_that_it_is_being_changed(
    reporter: Talk, partner: Talk
) -> None:
    await pasted(reporter)
    asked = await partner.person.expect("联合活动")
    listed = await partner.say("/start", "联合活动待您单位确认 1 项")
    assert "确认联合活动" in listed.button_texts
    listed = await partner.press("确认联合活动", "联合活动")
    await reporter.press("撤回（10分钟内）", "已撤回")
    for button in (listed.buttons[0][0].data, asked.button("确认参与").data):
        answer = await partner.person.press(data=button)
        assert "区科协正在修改" in str(answer.text)
    home = await partner.say("/start", "本月已报 0 项")
    assert "联合活动" not in home.text


async def test_forged_buttons_change_nothing(
    bot: RunningBot, reporter: Talk, partner: Talk
) -> None:
    await pasted(reporter)
    await partner.person.expect("联合活动")
    units = await bot.read(
        lambda view: {slug: unit_id_of(view, slug) for slug in ("jiaoyu", "keji")}
    )
    own, other = units["jiaoyu"], units["keji"]
    for data, said in (
        (f"jt.a:1:{other}:1:0", "您现在不是这个单位的联络员"),
        (f"jt.a:999:{own}:1:0", "没有找到"),
        (f"jt.s:1:{own}:1", "没有找到"),
        (f"jt.o:1:{other}", "您现在不是这个单位的联络员"),
        (f"jt.a:1:{own}:2:0", "按钮"),
        (f"jt.a:99999999999:{own}:1:0", "按钮"),
        ("jt.a:1", "按钮"),
    ):
        answer = await partner.person.press(data=data)
        assert said in str(answer.text), (data, answer.text)
    home = await partner.say("/start", "联合活动待您单位确认 1 项")
    assert "确认联合活动" in home.button_texts


async def test_the_confirming_contact_is_warned_when_the_same_is_pasted(
    reporter: Talk, partner: Talk
) -> None:
    await pasted(reporter)
    await partner.person.expect("联合活动")
    await partner.press("确认参与", "张老师已确认参与")
    card = await previewed(partner)
    assert "区科协已报过" in card.text
    assert "本单位已确认参与，已经计入，不用再报" in card.text


async def test_who_reported_it_as_well_makes_one_of_the_two_and_two_again(
    reporter: Talk, partner: Talk
) -> None:
    await previewed(partner, "6月1日，在北关小学举行画展，收到科幻绘画优秀作品200幅。")
    await partner.press("提交", "已上报")
    await pasted(reporter)
    asked = await partner.person.expect("您单位也报过：收到科幻绘画优秀作品")
    assert asked.button_texts[:3] == ["这是同一项活动", "确认参与", "不是我们"]
    one = await partner.press("这是同一项活动", "是同一项，只计一次")
    assert "张老师已确认参与" in one.text
    month = await partner.say("/month", "已按您报的 1 项活动写好")
    assert "200幅" in month.text
    await partner.say("/start", "本月已报 1 项活动")
    await partner.person.press("分开计", message_id=asked.id)
    await partner.person.expect("分开计")
    month = await partner.say("/month", "已按您报的 2 项活动写好")
    assert "414幅" in month.text


async def test_each_contact_reads_it_in_their_language(bot: RunningBot, reporter: Talk) -> None:
    english = await bot.person(Role.contact, unit="jiaoyu", name="Wei", language_code="en")
    await pasted(reporter)
    asked = await english.expect("Joint activity")
    assert "Reported by 区科协" in asked.text
    assert asked.button_texts[:3] == ["We took part", "Not us", "See the whole report"]
