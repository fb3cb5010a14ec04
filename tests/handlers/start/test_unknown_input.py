"""Whatever else arrives gets one clear sentence, or nothing where that is right (SYS-05)."""

from typing import Any

from sqlalchemy import select

from bot.core.roles import Role
from bot.features.inbox.models import InboxRow, InboxState
from bot.features.people.models import Person
from bot.sandbox.client import SimPerson
from tests.support.bot import RunningBot
from tests.support.waiting import until

FILE = {"file_id": "F", "file_unique_id": "F"}


async def dead(bot: RunningBot) -> list[int]:
    """Return the updates that could not be handled."""
    return await bot.read(
        lambda view: list(
            view.session.scalars(
                select(InboxRow.id).where(
                    (InboxRow.state == InboxState.dead) | (InboxRow.attempts > 0)
                )
            )
        )
    )


MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({"text": "今天天气不错"}, "这句话我不知道放到哪里"),
    ({"text": "5" * 4096}, "这句话我不知道放到哪里"),
    ({"text": "/nosuch now"}, "没有这个命令"),
    ({"text": "/"}, "没有这个命令"),
    ({"voice": {**FILE, "duration": 3}}, "语音听不懂"),
    ({"video_note": {**FILE, "duration": 3, "length": 9}}, "语音听不懂"),
    ({"photo": [{**FILE, "width": 1, "height": 1}]}, "收到照片"),
    ({"document": FILE}, "收到文件"),
    ({"video": {**FILE, "width": 1, "height": 1, "duration": 1}}, "收到视频"),
    ({"contact": {"phone_number": "1", "first_name": "A", "user_id": 7}}, "收到名片"),
    ({"dice": {"emoji": "🎲", "value": 3}}, "这种消息看不懂"),
    ({"text": "<b>\u202e\ud800</b>"}, "这句话我不知道放到哪里"),
]


async def test_a_message_outside_any_conversation_gets_one_sentence(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    for fields, answer in MESSAGES:
        await volunteer.update(**fields)
        shown = await volunteer.expect(answer)
        assert shown.button_texts == ["首页"]
        assert len(shown.text.splitlines()) == 1
    assert await dead(bot) == []


async def test_somebody_unknown_is_answered_too(bot: RunningBot) -> None:
    new = await bot.newcomer()
    await new.say("你好")
    await new.expect("这句话我不知道放到哪里")
    await new.press("首页")
    await new.expect("创城宣传")


async def test_what_telegram_notes_in_the_chat_is_no_message(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    await volunteer.update(message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
    await volunteer.say("/cancel")
    await volunteer.expect(lambda message: True)
    assert "没有要取消的" in (await volunteer.last()).text


FORGED = (
    "x",
    "no.such:1",
    "home:1",
    "un.o:abc:1",
    "un.o:99999999999:1",
    "cvc:nosuchflow:1:name:x",
    "cvx:rename:999:ok:",
    "cvr:rename",
    "df.x:1",
    "lg.s:fr",
)


async def test_a_forged_button_is_refused_with_an_alert(bot: RunningBot) -> None:
    admin = await bot.person(Role.admin)
    await admin.start()
    home = await admin.expect("创城")
    for data in FORGED:
        answer = await admin.press(data=data, message_id=home.id)
        assert answer.alert, data
        assert answer.text, data
    assert await dead(bot) == []


async def test_an_edit_is_answered_only_while_something_is_filled_in(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    number = await volunteer.say("你好")
    await volunteer.expect("不知道放到哪里")
    await volunteer.edit(number, "您好")
    await begin_rename(volunteer)
    await volunteer.edit(number, "您好吗")
    told = await volunteer.expect("改动没有读入 改称呼")
    assert told.button_texts == ["继续"]
    said = [message.text for message in await volunteer.messages() if message.from_bot]
    assert sum("改动没有读入" in text for text in said) == 1
    await volunteer.press("继续")
    await volunteer.expect("要改成什么")


async def begin_rename(person: SimPerson) -> None:
    await person.start()
    await person.expect("创城")
    await person.press("更多")
    await person.expect("称呼")
    await person.press("改称呼")
    await person.expect("要改成什么")


async def test_cancel_ends_what_is_filled_in_and_can_be_undone(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    await volunteer.say("/cancel")
    await volunteer.expect("没有要取消的")
    await begin_rename(volunteer)
    await volunteer.say("/cancel")
    await volunteer.expect("改称呼 已取消")
    await volunteer.press("撤销取消")
    await volunteer.expect("要改成什么")
    await volunteer.say("小张")
    await volunteer.expect("小张")


async def test_a_command_parks_what_is_filled_in_and_home_offers_it(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    await begin_rename(volunteer)
    await volunteer.say("/help")
    await volunteer.expect("已为您存好")
    await volunteer.say("/cancel")
    kept = await volunteer.expect("存着的在这里")
    assert "继续：改称呼" in kept.button_texts
    await volunteer.start()
    home = await volunteer.expect("没填完：改称呼")
    assert "继续：改称呼" in home.button_texts
    await volunteer.press("继续：改称呼")
    await volunteer.expect("要改成什么")


async def test_an_unknown_command_does_not_park(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    await begin_rename(volunteer)
    await volunteer.say("/nosuch")
    await volunteer.expect("没有这个命令")
    await volunteer.say("小张")
    await volunteer.expect("小张")


async def test_in_a_group_a_command_leads_to_the_private_chat(bot: RunningBot) -> None:
    volunteer = await bot.volunteer()
    await bot.sim.group(-1001, "社区群", [volunteer])
    there = volunteer.in_group(-1001)
    username = bot.app.wire.bot.username
    await there.say("/help@some_other_bot")
    await there.say(f"/help@{username}")
    told = await there.expect("请在私聊里办理")
    assert told.button("打开私聊").url == f"https://t.me/{username}"
    await there.say("/start")
    await there.expect("请在私聊里办理")
    said = [message for message in await there.messages() if message.from_bot]
    assert len(said) == 2


async def test_somebody_who_blocked_the_bot_is_remembered_until_they_are_back(
    bot: RunningBot,
) -> None:
    volunteer = await bot.volunteer()

    async def unreachable() -> bool:
        return await bot.read(
            lambda view: (
                view.session.scalars(
                    select(Person.unreachable_at).where(Person.telegram_id == volunteer.id)
                ).one()
                is not None
            )
        )

    async def reachable() -> bool:
        return not await unreachable()

    await volunteer.block()
    await until(unreachable)
    await volunteer.unblock()
    await until(reachable)
    await volunteer.start()
    await volunteer.expect("志愿者")


async def test_what_no_real_server_sends_ends_nothing(bot: RunningBot) -> None:
    person = await bot.volunteer()
    chat = {"id": "2000", "type": "private", "first_name": "x"}
    user = {"id": person.id, "is_bot": False, "first_name": "x"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": "/help"}
    await bot.sim.raw({"message": message})
    await bot.sim.raw({"message": {**message, "chat": {**chat, "id": 2**70}}})
    await bot.sim.raw({"callback_query": {"id": "1", "from": user, "chat_instance": "1"}})
    await person.say("/help")
    await person.expect("/help")
