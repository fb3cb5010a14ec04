"""What the bot sets about itself and asks about chats."""

from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)

from bot.sandbox.client import SimClient, SimPerson
from tests.sandbox.plain import Plain


async def test_commands_are_kept_by_scope_and_language(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    start, admin = BotCommand("start", "begin"), BotCommand("admin", "rule")
    chinese = BotCommand("start", "开始")
    chat = BotCommandScopeChat(anna.id)
    await bot.set_my_commands([chinese])
    await bot.set_my_commands([start], language_code="en")
    await bot.set_my_commands([admin], scope=chat)
    assert await bot.get_my_commands() == (chinese,)
    assert await bot.get_my_commands(language_code="en") == (start,)
    assert await bot.get_my_commands(scope=chat) == (admin,)
    assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats()) == ()
    await bot.delete_my_commands(scope=chat)
    assert await bot.get_my_commands(scope=chat) == ()


async def test_a_person_sees_the_most_specific_list(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    english = await sim.person(12, "Bob", language_code="en-GB")
    await bot.set_my_commands([BotCommand("a", "default")])
    await bot.set_my_commands([BotCommand("b", "english")], language_code="en")
    await bot.set_my_commands([BotCommand("c", "chat")], scope=BotCommandScopeChat(anna.id))
    for person, expected in ((anna, "c"), (english, "b")):
        shown = await sim.get("/sim/commands", person=person.id)
        assert [command["command"] for command in shown["commands"]] == [expected]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"commands": [{"command": "Big", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "a", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "zh-hans"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 404}}, "chat not found"),
        (
            {"commands": [], "scope": {"type": "planet"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
    ],
)
async def test_bad_commands_are_refused(http: Plain, params: dict[str, Any], words: str) -> None:
    answer = await http("setMyCommands", **params)
    assert answer.refusal == (400, f"Bad Request: {words}")


async def test_names_and_descriptions_have_languages(bot: Bot) -> None:
    await bot.set_my_name("Campaign")
    await bot.set_my_name("活动", language_code="zh")
    assert (await bot.get_my_name()).name == "Campaign"
    assert (await bot.get_my_name("zh")).name == "活动"
    assert (await bot.get_me()).first_name == "Campaign"
    await bot.set_my_description("long")
    await bot.set_my_short_description("short")
    assert (await bot.get_my_description("en")).description == "long"
    assert (await bot.get_my_short_description()).short_description == "short"
    await bot.set_my_description("")
    assert (await bot.get_my_description()).description == ""


async def test_a_description_can_be_too_long(http: Plain) -> None:
    answer = await http("setMyDescription", description="a" * 513)
    assert answer.refusal == (400, "Bad Request: BOT_ABOUT_INVALID")


async def test_the_menu_button_of_a_chat_comes_before_the_default(
    bot: Bot, http: Plain, anna: SimPerson
) -> None:
    await bot.set_chat_menu_button(anna.id, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(anna.id)).type == "commands"
    answer = await http("setChatMenuButton", menu_button={"type": "pony"})
    assert answer.refusal == (400, "Bad Request: can't parse menu button: wrong type")


async def test_a_chat_and_its_members_can_be_asked_for(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    other = await sim.person(12, "Bob")
    await sim.post("/sim/groups", {"id": -77, "title": "Team", "members": [11, 12]})
    assert (await bot.get_chat(anna.id)).first_name == "Anna"
    assert (await bot.get_chat("@anna")).id == anna.id
    assert (await bot.get_chat(-77)).title == "Team"
    assert (await bot.get_chat_member(-77, anna.id)).status == "creator"
    assert (await bot.get_chat_member(-77, other.id)).status == "member"
    assert (await bot.get_chat_member(-77, bot.id)).status == "member"
    assert [member.user.id for member in await bot.get_chat_administrators(-77)] == [anna.id]
    assert await bot.get_chat_member_count(-77) == 3


async def test_strangers_and_private_chats_have_no_membership(http: Plain, anna: SimPerson) -> None:
    answer = await http("getChatMember", chat_id=anna.id, user_id=404)
    assert answer.refusal == (400, "Bad Request: user not found")
    answer = await http("getChatAdministrators", chat_id=anna.id)
    assert answer.refusal == (
        400,
        "Bad Request: there are no administrators in the private chat",
    )


async def test_a_pinned_message_is_announced_and_found_in_the_chat(
    bot: Bot, http: Plain, anna: SimPerson
) -> None:
    sent = await bot.send_message(anna.id, "important")
    await bot.pin_chat_message(anna.id, sent.message_id, disable_notification=True)
    pinned = (await bot.get_chat(anna.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    assert (await anna.last()).raw["pinned_message"]["text"] == "important"
    await bot.unpin_chat_message(anna.id)
    assert (await bot.get_chat(anna.id)).pinned_message is None
    answer = await http("pinChatMessage", chat_id=anna.id, message_id=999)
    assert answer.refusal == (400, "Bad Request: message to pin not found")
    answer = await http("unpinChatMessage", chat_id=anna.id, message_id=999)
    assert answer.refusal == (400, "Bad Request: message to unpin not found")


async def test_the_bot_can_leave_a_group(
    bot: Bot, http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    await sim.group(-77, "Team", [anna])
    assert await bot.leave_chat(-77)
    answer = await http("sendMessage", chat_id=-77, text="still here?")
    assert answer.refusal == (403, "Forbidden: bot was kicked from the group chat")
