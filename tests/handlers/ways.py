"""The good way through every conversation."""

from collections.abc import Mapping
from datetime import timedelta

from bot.chat.cards.deadlines.buttons import arg_of
from bot.chat.cards.posts.lists import enrol_for
from bot.chat.cards.reports.buttons import Withdraw
from bot.db.work import Work
from bot.features.attendance.codes import code_of, keep_secret, step_at
from bot.features.posts.models import Post
from tests.handlers.walked import SEND_FILE, SKIP, Way, choose
from tests.security.house import House
from tests.security.ordered import WORDS_ID


async def _post_is_now(house: House) -> None:
    def write(work: Work) -> None:
        post = work.session.get_one(Post, house.things.own_post)
        post.starts_at = work.now - timedelta(minutes=5)
        post.ends_at = work.now + timedelta(hours=2)

    await house.bot.write(write)


async def _code(house: House) -> str:
    config = house.bot.config

    def write(work: Work) -> str:
        return code_of(keep_secret(work, house.things.own_post), step_at(work, config))

    return await house.bot.write(write)


async def _guardian(house: House) -> tuple[str, str]:
    return choose(f"p{house.things.volunteer}")


async def _copying_is_dropped(house: House) -> None:
    await house.overwrite("draft", house.things.copy_draft, {"state": "cancelled"})


async def _report_is_withdrawn(house: House) -> None:
    await house.press("contact", Withdraw(house.things.own_report, 1))


_REPORT = (
    "活动名",
    "6月2日",
    "广场",
    choose("ok"),
    "60人",
    "横幅3条",
    choose("ok"),
    "正文",
    choose("ok"),
)

WAYS: Mapping[str, Way] = {
    "join": Way("nobody", ("张三",)),
    "rename": Way("volunteer", ("李四",)),
    "newpost": Way(
        "coordinator",
        (choose("shichang"), "中山路口", "6月20日", "9:00-11:00", "5", choose("none"), SKIP),
    ),
    "postedit": Way("coordinator", (), lambda it: str(it.own_post)),
    "postsize": Way("coordinator", ("6",), lambda it: str(it.own_post)),
    "bulltitle": Way("coordinator", ("六月动态",), lambda it: str(it.bulletins.draft)),
    "bullfore": Way("coordinator", ("六月以来",), lambda it: str(it.bulletins.draft)),
    "bullitem": Way("coordinator", ("新的文字",), lambda it: str(it.bulletins.item)),
    "notice": Way("coordinator", ("开会", choose("r.volunteer"), choose("done"))),
    "answer": Way("coordinator", ("可以",), lambda it: str(it.reply)),
    "meeting": Way(
        "coordinator",
        ("动员会", "6月20日", "15:00", "二楼会议室", choose("r.contact"), choose("done")),
    ),
    "meetmove": Way("coordinator", (), lambda it: str(it.meeting)),
    "meetleave": Way("contact", ("出差",), lambda it: str(it.meeting)),
    "meetsub": Way("contact", ("王五 副主任",), lambda it: str(it.meeting)),
    "minutes": Way("coordinator", (SEND_FILE, choose("yes")), lambda it: str(it.meeting)),
    "nt_fix": Way("coordinator", ("更正后的文字",), lambda it: str(it.notice)),
    "nt_name": Way("coordinator", ("月会通知",), lambda it: f"n{it.notice}"),
    "return": Way("coordinator", ("数字不对",), lambda it: f"{it.own_report}.1"),
    "filingback": Way("coordinator", ("缺附件",), lambda it: str(it.own_plan)),
    "documentback": Way("coordinator", ("缺附件",), lambda it: str(it.own_document)),
    "member": Way("coordinator", ("甲乡\n乙街道",), lambda it: str(it.group)),
    "find": Way("supervisor", ("2024-00-1",)),
    "supply": Way("contact", ("6月2日", choose("ok")), lambda it: str(it.own_report)),
    "report": Way("contact", _REPORT),
    "pasted": Way("contact", _REPORT),
    "rework": Way("contact", (), lambda it: str(it.own_report), _report_is_withdrawn),
    "month": Way(
        "contact",
        (choose("F3"), "做了很多"),
        lambda it: arg_of("O2", "2024-06", it.own_unit),
    ),
    "nothing": Way(
        "contact", (choose("weather"),), lambda it: arg_of("O2", "2024-06", it.own_unit)
    ),
    "explain": Way(
        "contact",
        (choose("moving"), choose("d2024-06-20")),
        lambda it: arg_of("O2", "2024-06", it.own_unit),
    ),
    "extend": Way(
        "contact",
        (choose("away"), choose("d2024-06-27")),
        lambda it: arg_of(WORDS_ID, "once", it.own_unit),
    ),
    "extendno": Way("coordinator", ("全区要汇总",), lambda it: str(it.wish)),
    "plan": Way("contact", (SEND_FILE, "6月1日"), lambda it: arg_of("O1", "once", it.own_unit)),
    "document": Way("contact", (SEND_FILE, "6月1日"), lambda it: f"{it.own_unit}.volunteering"),
    "duewords": Way("contact", ("开展了三次。",), lambda it: arg_of(WORDS_ID, "once", it.own_unit)),
    "movedue": Way("coordinator", ("6月20日",), lambda _: "O1~once"),
    "workday": Way("coordinator", ("6月12日",)),
    "routine": Way("contact", ("集体读书学习", choose("weekly"), choose("4"), choose("9"))),
    "routinefix": Way("contact", (), lambda it: str(it.own_routine)),
    "order": Way(
        "coordinator",
        (
            "国庆小结",
            choose("text"),
            choose("all"),
            choose("monthly"),
            choose("31"),
            choose("usual"),
            "两百字以内",
        ),
    ),
    "register": Way("coordinator", (choose("notice"), "通告", "甲局", "6月1日", "3号", SEND_FILE)),
    "checkin": Way("volunteer", (_code,), lambda it: str(it.own_post), _post_is_now),
    "closing": Way(
        "post_lead",
        (choose("ok"), "发放120份 咨询8人", choose("ok")),
        lambda it: str(it.own_post),
        _post_is_now,
    ),
    "postreport": Way("contact", (), lambda it: str(it.stand.own_closed)),
    "copyposts": Way(
        "coordinator",
        (choose("d2024-06-20"), choose("done")),
        lambda it: f"p{it.own_post}",
        _copying_is_dropped,
    ),
    "series": Way(
        "coordinator",
        (
            choose("shichang"),
            "中山路口",
            choose("done"),
            choose("next"),
            choose("all"),
            "9:00-11:00",
            "2-5",
        ),
    ),
    "template": Way("coordinator", ("每周市场岗",), lambda it: f"b{it.batch}"),
    "dutycard": Way("coordinator", ("微笑，不拦人",), lambda _: "shichang"),
    "enrol": Way(
        "post_lead",
        ("王大爷", choose("minor"), "volunteer", _guardian, "13800001111"),
        lambda it: enrol_for(it.own_post).arg,
    ),
    "flip": Way(
        "coordinator", (choose("move"), choose("every"), choose("all"), choose("60"), "雨")
    ),
    "houradd": Way("volunteer", (choose("none"), "6月2日", "2小时", "搬物资")),
    "hourwrong": Way("other_volunteer", ("少了半小时",), lambda it: str(it.hours.other_entry)),
    "hourfix": Way(
        "other_post_lead", ("1小时30分", "来得早"), lambda it: str(it.hours.other_entry)
    ),
    "hourno": Way("coordinator", ("那天没来",), lambda it: str(it.hours.own)),
    "place": Way("coordinator", ("人民公园",)),
    "placeedit": Way("coordinator", (), lambda it: str(it.place)),
    "teamplan": Way("team_lead", ("进社区", choose("12"), "6月5日-6月30日"), lambda _: "kepu"),
}
