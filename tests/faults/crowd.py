"""Some twenty people in several roles who all talk to the bot at once, each by a script.

Every script leaves effects that show in the database and in the chat if one of its updates is
lost or applied twice: numbered answers, buttons that toggle, and entries of the audit log.
"""

from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.people.actor import find_actor
from bot.features.posts.drafting import NewPost
from bot.features.posts.managing import publish
from bot.sandbox.client import SimMessage
from tests.faults.hand import Hand
from tests.faults.reporting import RECEIPT, Report
from tests.faults.scene import Known, meet, put_people, write_before_start
from tests.support.process import BotProcess

UNITS = ("kexie", "keji", "sifa", "gongshang", "shangwu", "jiaoyu", "wenguangxin", "zhujian")
POSTS = 5
TOGGLES = 6
GROUP = -500

OFFICE = [Known(10 + n, f"文明办{n}", (Role.coordinator,)) for n in range(2)]
CONTACTS = [Known(20 + n, f"联络员{n}", (Role.contact,), (unit,)) for n, unit in enumerate(UNITS)]
VOLUNTEERS = [Known(40 + n, f"志愿者{n}", (Role.volunteer,)) for n in range(4)]
CHATTERS = [
    Known(60, "管理员", (Role.admin,)),
    Known(61, "创建办", (Role.supervisor,)),
    Known(62, "分管领导", (Role.unit_head,)),
    Known(63, "Helen", (Role.volunteer,), language="en"),
]
NEWCOMERS = [80, 81, 82]

Script = Callable[[Hand], Coroutine[None, None, None]]


@dataclass
class Crowd:
    """Everybody with what their scripts should leave behind.

    `reports` are the reports that should be filed, `signups` the posts of each volunteer, `audit`
    how often each action should be in the audit log.
    """

    scripts: list[Callable[[], Coroutine[None, None, None]]] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    signups: dict[int, set[int]] = field(default_factory=dict)
    audit: Counter[str] = field(default_factory=Counter)

    def add(self, hand: Hand, script: "Script") -> None:
        """Let `hand` follow `script` when the trial begins."""
        self.scripts.append(lambda: script(hand))


def put_crowd(process: BotProcess) -> None:
    """Let the bot know everybody but the newcomers, and publish the posts."""
    put_people(process, [*OFFICE, *CONTACTS, *VOLUNTEERS, *CHATTERS])
    write_before_start(process, _publish_posts)


def _publish_posts(work: Work) -> None:
    office = find_actor(work, OFFICE[0].id)
    assert office is not None
    for number in range(1, POSTS + 1):
        day = work.now + timedelta(days=number)
        publish(
            work,
            actor=office,
            post=NewPost("shichang", post_name(number), day, day + timedelta(hours=2), capacity=50),
        )


def post_name(number: int) -> str:
    """Return the place of a post."""
    return f"{number}号岗亭"


async def gather_crowd(process: BotProcess, *, patience_s: float) -> Crowd:
    """Return everybody, ready to begin."""
    crowd = Crowd()

    async def add(known: Known, script: Script) -> Hand:
        hand = Hand(await meet(process, known), patience_s)
        crowd.add(hand, script)
        return hand

    for number, known in enumerate(CONTACTS):
        reports = [Report(100 + number), Report(200 + number)]
        crowd.reports += reports
        crowd.audit["report.submit"] += len(reports)
        await add(known, _reporter(reports))
    for known in VOLUNTEERS:
        crowd.signups[known.id] = {1, 2, 3, 5}
        crowd.audit["post.confirmed"] += POSTS + 1
        crowd.audit["post.left"] += 2
        await add(known, _volunteer)
    for known in OFFICE:
        crowd.audit["notice.confirmed"] += 1
        await add(known, _sender_of_notice)
    chatters = [await add(known, _chatter) for known in CHATTERS]
    for number in NEWCOMERS:
        hand = Hand(await process.sim.person(number, f"新人{number}"), patience_s)
        crowd.add(hand, _newcomer)
        crowd.audit["person.consent"] += 1
        crowd.audit["role.give"] += 1
    group = await process.sim.group(GROUP, "志愿者群", [hand.person for hand in chatters])
    for hand in chatters[:2]:
        crowd.add(Hand(hand.person.in_group(group), patience_s), _in_group)
    return crowd


def _reporter(reports: Sequence[Report]) -> Script:
    async def script(hand: Hand) -> None:
        for report in reports:
            await hand.say("/report", "活动叫什么名称")
            for answer in report.answers():
                await answer.act(hand)
                await hand.await_(answer.wanted)
            assert hand.card is not None
            assert RECEIPT in hand.card.text

    return script


async def _volunteer(hand: Hand) -> None:
    await hand.say("/posts", "岗亭")
    for number in range(1, POSTS + 1):
        await hand.forge(f"po.s:{number}", _tells("报上了", number))
    for number in (2, 4):
        await hand.forge(f"po.x:{number}", _tells("已取消报名", number))
    await hand.forge("po.s:2", _tells("报上了", 2))
    await hand.say("/mine", post_name(1))
    for _ in range(3):
        await hand.say("今天几点开始", "不知道放到哪里")


def _tells(words: str, post: int) -> Callable[[SimMessage], bool]:
    return lambda message: words in message.text and post_name(post) in message.text


async def _sender_of_notice(hand: Hand) -> None:
    await hand.say("/notice", "请发来通知")
    await hand.say(notice_text(hand.person.id), "发给谁")
    await hand.press("m.unit", "发给哪些单位")
    for count in range(1, TOGGLES + 1):
        assert hand.card is not None
        plain = [
            button.data
            for row in hand.card.buttons
            for button in row
            if ":v." in str(button.data) and not button.text.startswith("✓")
        ]
        await hand.press(str(plain[0]), _ticked(count))
    await hand.press("done", "看看对不对")
    await hand.press("ok:", "已确认")


def notice_text(person_id: int) -> str:
    """Return the words of a person's notice."""
    return f"通知{person_id}号：明天开会"


def _ticked(count: int) -> Callable[[SimMessage], bool]:
    return lambda message: sum(text.startswith("✓") for text in message.button_texts) == count


async def _chatter(hand: Hand) -> None:
    english = hand.person.first_name == "Helen"
    for _ in range(7):
        await hand.say("/help", "/help")
        await hand.say("随便说一句", "do not know" if english else "不知道放到哪里")
        await hand.person.update(sticker=_STICKER)
        await hand.await_("Stickers" if english else "表情看不懂")
        await hand.person.photo()
        await hand.await_("A photo" if english else "收到照片")
        await hand.say("/posts", post_name(1))


async def _newcomer(hand: Hand) -> None:
    await hand.say("/start", "创城宣传")
    await hand.press("jn", "报名当志愿者")
    await hand.press("jn.ok:-", "志愿者")
    for language, answer in (("en", "English"), ("zh_CN", "以后用中文")) * 2:
        await hand.forge(f"lg.s:{language}", answer)
    await hand.say("/mydata", lambda message: message.file is not None)


async def _in_group(hand: Hand) -> None:
    for _ in range(6):
        await hand.say("/help@sandbox_bot", "请在私聊里办理")


_STICKER = {
    "file_id": "sticker",
    "file_unique_id": "s",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}
