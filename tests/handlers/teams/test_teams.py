"""A team: invited lead, members by link, people without Telegram, plans (ORG-09, VOL-08)."""

import re
from datetime import timedelta

from sqlalchemy import select

from bot.chat.callback import pack
from bot.chat.cards.minors import GrantUnmark
from bot.core.roles import Role
from bot.db.work import View, Work
from bot.features.people.actor import find_actor
from bot.features.people.models import LinkCode, Person
from bot.features.posts.models import Post
from bot.features.teams.plans import NewPlan, make_plan
from bot.sandbox.client import SimMessage, SimPerson
from tests.handlers.posts.scene import Posts, labels
from tests.support.bot import RunningBot


async def press(person: SimPerson, text: str, holds: str) -> SimMessage:
    await person.press(text)
    return await person.expect(holds)


def payload(message: SimMessage) -> str:
    """Return what the link of a message carries."""
    found = re.search(r"start=(\S+)", message.text)
    assert found is not None
    return found[1]


async def lead_of_science(bot: RunningBot) -> SimPerson:
    """Return somebody whom the office invited to lead the team of science."""
    office = await bot.coordinator()
    await office.say("/invite")
    await office.expect("邀请")
    await press(office, "队长", "带哪一支队")
    await office.press("科普志愿者")
    invitation = await office.expect("start=")
    lead = await bot.newcomer("陈队长")
    await lead.say(f"/start {payload(invitation)}")
    await lead.expect("科普志愿者 队长")
    await lead.press("同意并用“陈队长”接受")
    await lead.expect("创城")
    return lead


async def test_a_lead_brings_people_in_by_link_and_signs_them_up(
    bot: RunningBot, posts: Posts
) -> None:
    post_id = await posts.publish(capacity=9)
    lead = await lead_of_science(bot)
    assert await bot.roles_of(lead) == {Role.team_lead}
    team = await press(lead, "我的队伍", "科普志愿者")
    assert "队员 0 人" in team.text
    await lead.press("邀请加入")
    forwarded = await lead.expect("加入科普志愿者，打开按一下")
    member = await bot.newcomer("小王")
    await member.say(f"/start {payload(forwarded)}")
    await member.expect("境外")
    await press(member, "同意并用“小王”报名", "加入科普志愿者？")
    await press(member, "加入科普志愿者", "您在科普志愿者")
    await lead.say(f"/start post_{post_id}")
    await lead.expect("楚街路口")
    listed = await press(lead, "代报名", "已报 0/1")
    assert "小王" in labels(listed)
    await press(lead, "小王", "报上了：小王")
    told = await member.expect("陈队长 替您报了名：楚街路口")
    assert "取消报名" in labels(told)
    await press(lead, "✓ 小王", "已取消：小王")
    await member.expect("您已不在这个岗的名单里")
    await press(lead, "全部报上", "报上了：小王")
    await lead.say("/start")
    await lead.expect("创城")
    shown = await press(lead, "我的队伍", "本队 1 人：小王")
    assert "楚街路口" in shown.text


async def test_a_new_link_ends_the_old_one(bot: RunningBot) -> None:
    lead = await lead_of_science(bot)
    await press(lead, "我的队伍", "科普志愿者")
    await lead.press("邀请加入")
    old = await lead.expect("加入科普志愿者，打开按一下")
    code = await bot.read(lambda view: view.session.scalars(select(LinkCode.code)).one())
    assert payload(old) == f"team_{code}"
    member = await bot.volunteer("小王")
    await member.say(f"/start team_{code}")
    await member.expect("加入科普志愿者？")
    await bot.write(_end_all)
    await member.press("加入科普志愿者")
    assert await bot.read(lambda view: _team_of(view, member.id)) is None
    await member.say(f"/start team_{code}")
    await member.expect("已作废")
    await member.say("/start team_kepu")
    await member.expect("已作废")


def _end_all(work: Work) -> None:
    for code in work.session.scalars(select(LinkCode)):
        code.ended_at = work.now


def _team_of(view: View, telegram_id: int) -> str | None:
    return view.session.scalars(select(Person.team).where(Person.telegram_id == telegram_id)).one()


async def test_somebody_without_telegram_is_registered_and_signed_up(
    bot: RunningBot, posts: Posts
) -> None:
    post_id = await posts.publish(capacity=1)
    office = await bot.coordinator("小周")
    await office.say(f"/start post_{post_id}")
    await office.expect("楚街路口")
    await press(office, "代报名", "还没有可以代报的人")
    await press(office, "登记新的人", "登记谁")
    await office.say("王奶奶")
    await office.expect("王奶奶 满 18 岁了吗")
    await press(office, "已满 18 岁", "电话")
    await office.contact("13900000000")
    await office.expect("这是别人的名片")
    await office.say("139-0000 0000")
    preview = await office.expect("登记：王奶奶")
    assert "电话：13900000000" in preview.text
    assert "本人同意后再登记" in preview.text
    done = await press(office, "本人同意，登记", "报上了：王奶奶")
    assert "✓ 王奶奶" in labels(done)
    await posts.move(post_id, to="幸福市场")
    told = await office.expect("宣传点有变")
    assert told.text.startswith("替 王奶奶 转告：")


async def test_a_minor_is_registered_and_waits_for_the_guardians_tap(
    bot: RunningBot, posts: Posts
) -> None:
    post_id = await posts.publish(capacity=5)
    await bot.write(lambda work: _set_kind(work, post_id))
    guardian = await bot.volunteer("赵妈妈")
    office = await bot.coordinator("小周")
    await office.say(f"/start post_{post_id}")
    await office.expect("楚街路口")
    await press(office, "代报名", "代报名")
    await press(office, "登记新的人", "登记谁")
    await office.say("小明")
    await office.expect("满 18 岁")
    await press(office, "未满 18 岁", "监护人是谁")
    await office.say("没有这人")
    await office.expect("没有“没有这人”")
    await office.say("赵妈妈")
    await office.expect("是哪一位")
    await press(office, "赵妈妈", "电话")
    await press(office, "跳过", "监护人：赵妈妈")
    await press(office, "本人同意，登记", "已请监护人确认")
    await guardian.expect("您是 小明 的监护人吗")
    await press(guardian, "是，我是监护人", "已确认：您是 小明 的监护人")
    told = await office.expect("已确认是监护人")
    assert told.text.startswith("替 小明 转告：")
    await office.say(f"/start post_{post_id}")
    await office.expect("楚街路口")
    await press(office, "代报名", "代报名")
    refused = await press(office, "小明", "没有报上：楚街路口")
    assert "未成年人要和监护人在同一个岗" in refused.text
    await guardian.say(f"/start post_{post_id}")
    await guardian.expect("楚街路口")
    await press(guardian, "报名", "报上了")
    await office.say(f"/start post_{post_id}")
    await office.expect("楚街路口")
    await press(office, "代报名", "代报名")
    await press(office, "小明", "报上了：小明")
    await press(office, "未成年 1 人", "记为未满 18 岁的人")
    await press(office, "小明", "去掉 小明 的“未满 18 岁”？")
    done = await press(office, "去掉", "已去掉 小明 的“未满 18 岁”")
    assert "未成年 1 人" not in labels(done)


def _set_kind(work: Work, post_id: int) -> None:
    work.session.get_one(Post, post_id).kind = "shichang"


async def test_a_minor_with_a_chat_asks_the_guardian_by_link(bot: RunningBot) -> None:
    minor, guardian = await bot.volunteer("小红"), await bot.volunteer("钱爸爸")
    await minor.say("/start")
    await minor.expect("创城")
    await press(minor, "更多", "小红")
    await press(minor, "未满 18 岁", "您未满 18 岁吗")
    await press(minor, "是，我未满 18 岁", "已记下：未满 18 岁")
    await minor.press("请监护人确认")
    link = await minor.expect("请确认您是 小红 的监护人")
    await minor.say(f"/start {payload(link)}")
    await minor.expect("您是 小红 的监护人吗")
    await minor.press("是，我是监护人")
    assert await bot.read(lambda view: _guardian_of(view, minor.id)) is None
    await guardian.say(f"/start {payload(link)}")
    await guardian.expect("小红")
    await press(guardian, "是，我是监护人", "已确认")
    await minor.expect("钱爸爸 已确认是监护人")
    await guardian.say(f"/start {payload(link)}")
    await guardian.expect("已用过或已作废")


async def test_a_minor_by_their_own_word_asks_the_office_to_take_it_back(bot: RunningBot) -> None:
    grown, office = await bot.volunteer("小红"), await bot.coordinator("小周")
    await grown.say("/start")
    await grown.expect("创城")
    await press(grown, "更多", "小红")
    await press(grown, "未满 18 岁", "您未满 18 岁吗")
    shown = await press(grown, "是，我未满 18 岁", "已记下：未满 18 岁")
    person = await bot.person_id(grown)
    refused = await grown.press(data=pack(GrantUnmark(person)), message_id=shown.id)
    assert "您的身份不能做这一步" in (refused.text or ""), "their own word does not take it back"
    await press(grown, "记错了，或已满 18 岁", "已告诉区文明办")
    asked = await office.expect("小红 说自己已满 18 岁")
    await press(office, "去掉", "已去掉 小红 的“未满 18 岁”")
    await grown.expect("已去掉您的“未满 18 岁”")
    stale = await office.press(data=pack(GrantUnmark(person)), message_id=asked.id)
    assert stale.alert, "once is enough"
    await grown.say("/start")
    await grown.expect("创城")
    await press(grown, "更多", "小红")
    await press(grown, "未满 18 岁", "您未满 18 岁吗")


def _guardian_of(view: View, telegram_id: int) -> int | None:
    return view.session.scalars(
        select(Person.guardian_id).where(Person.telegram_id == telegram_id)
    ).one()


async def test_a_plan_against_what_was_done(bot: RunningBot, posts: Posts) -> None:
    lead = await lead_of_science(bot)
    await press(lead, "我的队伍", "科普志愿者")
    await press(lead, "计划", "还没有计划")
    await press(lead, "新建计划", "写一个主题")
    await lead.say("科普进社区")
    await lead.expect("计划办几次")
    await lead.say("0")
    await lead.expect("1 到 500")
    await press(lead, "12", "从哪天到哪天")
    await lead.say("9月30日到6月10日")
    await lead.expect("没看懂起止日期")
    await lead.say("6月3日到9月30日")
    await lead.expect("次数：12")
    await press(lead, "建计划", "已办 0 / 计划 12 次")
    post_id = await posts.publish()
    await bot.write(lambda work: _for_team(work, post_id))
    volunteer = await bot.volunteer()
    await volunteer.say(f"/start post_{post_id}")
    await volunteer.expect("楚街路口")
    await press(volunteer, "报名", "报上了")
    await bot.move_clock("7d")
    await lead.say("/start")
    await lead.expect("创城")
    await press(lead, "我的队伍", "科普进社区：已办 1 / 计划 12 次")
    done = await press(lead, "计划", "今年已开展志愿服务活动 1 次")
    assert "发布宣传点①" not in labels(done), "posts are the office's to publish"
    await press(lead, "结束①", "结束计划“科普进社区”")
    await press(lead, "确认结束", "已结束")


def _for_team(work: Work, post_id: int) -> None:
    work.session.get_one(Post, post_id).team = "kepu"


async def test_a_plan_turns_into_posts_of_the_team(bot: RunningBot, posts: Posts) -> None:
    office = posts.office

    def plan(work: Work) -> int:
        actor = find_actor(work, office.id)
        assert actor is not None
        day = work.now.date()
        new = NewPlan("kepu", "科普进社区", 3, day, day + timedelta(days=90))
        return make_plan(work, actor=actor, plan=new, config=bot.config).id

    plan_id = await bot.write(plan)
    await office.say("/start")
    await office.expect("创城")
    await press(office, "我的队伍", "看哪一支")
    await press(office, "科普志愿者 · 0 人", "科普进社区：已办 0 / 计划 3 次")
    await press(office, "计划", "今年已开展志愿服务活动 0 次")
    await press(office, "发布宣传点①", "发布哪一种")
    await press(office, "市场宣传点", "在哪里")
    await office.say("幸福市场")
    await office.expect("哪一天")
    await office.say("6月8日")
    await office.expect("几点到几点")
    await office.say("9:00-11:00")
    await office.expect("要几个人")
    await office.press("5")
    await office.expect("谁当岗长")
    await press(office, "稍后再定", "集合")
    await press(office, "跳过", "幸福市场")
    await press(office, "发布", "已发布")
    found = await bot.read(lambda view: view.session.execute(select(Post.plan_id, Post.team)).one())
    assert tuple(found) == (plan_id, "kepu")
