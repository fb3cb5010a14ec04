"""People and groups: who they are, what they send, what they see."""

import asyncio
from typing import Any

import pytest
from telegram import Bot, Message, Update
from telegram.error import ChatMigrated, Forbidden

from bot.sandbox.client import SimClient, SimPerson, SimRefused
from tests.sandbox.plain import Plain


async def newest(bot: Bot) -> Update:
    return (await bot.get_updates())[-1]


async def newest_message(bot: Bot) -> Message:
    message = (await newest(bot)).effective_message
    assert message is not None
    return message


async def test_a_text_reaches_the_bot_with_its_command_marked(bot: Bot, sim: SimClient) -> None:
    person = await sim.person(12, "Li", last_name="Hua", username="lihua", language_code="zh-hans")
    message_id = await person.start("abc_123")
    message = await newest_message(bot)
    assert message.message_id == message_id
    assert message.text == "/start abc_123"
    assert message.entities[0].type == "bot_command"
    assert message.from_user is not None
    assert (message.from_user.full_name, message.from_user.language_code) == (
        "Li Hua",
        "zh-hans",
    )
    assert message.chat.username == "lihua"


async def test_a_person_can_change_the_name(bot: Bot, sim: SimClient, anna: SimPerson) -> None:
    await sim.person(anna.id, "Anna Maria", note="contact")
    await anna.say("hi")
    message = await newest_message(bot)
    assert message.from_user is not None
    assert message.from_user.first_name == "Anna Maria"
    (shown,) = (await sim.get("/sim/people"))["people"]
    assert (shown["note"], shown["username"]) == ("contact", "anna")


async def test_the_list_of_people_tells_what_is_unread(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    await bot.send_message(anna.id, "one")
    await bot.send_message(anna.id, "two")
    (shown,) = (await sim.get("/sim/people"))["people"]
    assert (shown["unread"], shown["started"], shown["blocked"]) == (2, True, False)
    await anna.messages()
    (shown,) = (await sim.get("/sim/people"))["people"]
    assert shown["unread"] == 0


async def test_a_reply_carries_the_message_it_answers(bot: Bot, anna: SimPerson) -> None:
    sent = await bot.send_message(anna.id, "how many?")
    await anna.say("five", reply_to=sent.message_id)
    message = await newest_message(bot)
    assert message.reply_to_message is not None
    assert message.reply_to_message.text == "how many?"
    with pytest.raises(SimRefused, match="no message 999"):
        await anna.say("five", reply_to=999)


async def test_an_edited_text_reaches_the_bot_as_such(bot: Bot, anna: SimPerson) -> None:
    said = await anna.say("fiev")
    await anna.edit(said, "five")
    update = await newest(bot)
    assert update.edited_message is not None
    assert update.edited_message.text == "five"
    assert update.edited_message.edit_date is not None


async def test_only_own_messages_can_be_edited(bot: Bot, anna: SimPerson) -> None:
    sent = await bot.send_message(anna.id, "mine")
    with pytest.raises(SimRefused, match="only own messages"):
        await anna.edit(sent.message_id, "yours")
    with pytest.raises(SimRefused, match="no such message"):
        await anna.edit(999, "nothing")


async def test_places_and_contacts_reach_the_bot(bot: Bot, anna: SimPerson) -> None:
    await anna.location(34.79, 114.31)
    assert (await newest_message(bot)).location is not None
    await anna.contact("+8613800000000", "Wang")
    contact = (await newest_message(bot)).contact
    assert contact is not None
    assert (contact.first_name, contact.user_id) == ("Wang", None)
    await anna.contact("+8613900000000", user_id=anna.id)
    contact = (await newest_message(bot)).contact
    assert contact is not None
    assert contact.user_id == anna.id


async def test_any_kind_of_message_can_be_sent(bot: Bot, anna: SimPerson) -> None:
    sticker = {
        "file_id": "s1",
        "file_unique_id": "u1",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "🙂",
    }
    await anna.update(sticker=sticker)
    assert (await newest_message(bot)).sticker is not None
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    await anna.update(text="said elsewhere", forward_origin=origin)
    assert (await newest_message(bot)).forward_origin is not None


async def test_a_message_with_odd_fields_can_still_be_looked_at(
    http: Plain, anna: SimPerson
) -> None:
    await anna.update(text="odd", entities=[{"type": "bold"}], date="yesterday")
    assert (await http("getUpdates")).result[-1]["message"]["date"] == "yesterday"
    assert (await anna.messages())[-1].html == "odd"
    with pytest.raises(SimRefused, match="from must be an object"):
        await anna.update(**{"from": 5})


async def test_half_a_character_reaches_the_bot_as_it_is(http: Plain, anna: SimPerson) -> None:
    await anna.say("half \ud83d of it")
    update = (await http("getUpdates")).result[-1]
    assert update["message"]["text"] == "half \ud83d of it"
    assert (await anna.messages())[-1].text == "half \ud83d of it"


async def test_blocking_and_coming_back_are_told_to_the_bot(bot: Bot, anna: SimPerson) -> None:
    await anna.block()
    change = (await newest(bot)).my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == (
        "member",
        "kicked",
    )
    with pytest.raises(SimRefused, match="blocked the bot"):
        await anna.say("hello?")
    await anna.unblock()
    change = (await newest(bot)).my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "member"
    with pytest.raises(SimRefused, match="not blocked"):
        await anna.unblock()


async def test_start_unblocks_the_bot_as_the_restart_button_does(bot: Bot, anna: SimPerson) -> None:
    await anna.block()
    await anna.start()
    change, start = (await bot.get_updates())[-2:]
    assert change.my_chat_member is not None
    assert start.message is not None
    assert (await bot.send_message(anna.id, "welcome back")).text == "welcome back"


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/sim/people", {"id": -1}, "positive number"),
        ("/sim/people", {}, "id is missing"),
        ("/sim/people", {"id": "x"}, "whole number"),
        ("/sim/people/99/text", {"text": "hi"}, "no person 99"),
        ("/sim/people/11/text", {"text": ""}, "empty text"),
        ("/sim/people/11/text", {"text": 5}, "must be a text"),
        ("/sim/people/11/text", {"text": "hi", "chat": -404}, "no chat -404"),
        ("/sim/people/11/location", {"latitude": "north"}, "must be a number"),
        ("/sim/people/11/photo", {"count": 11}, "at most 10"),
        ("/sim/people/11/document", {"name": "a"}, "size is missing"),
        ("/sim/groups", {"id": 5, "title": "x", "members": []}, "negative"),
        ("/sim/groups", {"id": -5, "title": "x", "members": [99]}, "no person 99"),
        ("/sim/groups/-5/migrate", {}, "no group -5"),
    ],
)
async def test_what_no_person_could_do_is_refused_with_a_reason(
    sim: SimClient, anna: SimPerson, path: str, body: dict[str, Any], words: str
) -> None:
    with pytest.raises(SimRefused, match=words):
        await sim.post(path, body)


async def test_a_new_group_tells_the_bot_that_it_is_in(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    await sim.group(-77, "Team", [anna])
    change = (await newest(bot)).my_chat_member
    assert change is not None
    assert (change.chat.title, change.new_chat_member.status) == ("Team", "member")
    shown = await sim.get("/sim/people")
    assert shown["people"][0]["groups"] == [-77]
    assert shown["groups"][0]["members"] == [anna.id]


async def test_in_a_group_the_bot_hears_only_commands_and_replies(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    group = await sim.group(-77, "Team", [anna])
    here = anna.in_group(group)
    asked = await bot.send_message(group, "who?")
    await here.say("just talking")
    await here.say("/help@other_bot")
    await here.say("/help")
    await here.say("/help@sandbox_bot now")
    await here.say("me", reply_to=asked.message_id)
    heard = [update.message.text for update in await bot.get_updates() if update.message]
    assert heard == ["/start", "/help", "/help@sandbox_bot now", "me"]


async def test_without_privacy_the_bot_hears_everything(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    group = await sim.group(-77, "Team", [anna], privacy=False)
    await anna.in_group(group).say("just talking")
    assert (await newest_message(bot)).text == "just talking"


async def test_a_group_is_seen_by_its_members_only(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    outsider = await sim.person(12)
    group = await sim.group(-77, "Team", [anna])
    await bot.send_message(group, "for the team")
    assert (await anna.in_group(group).expect("team")).chat == group
    with pytest.raises(SimRefused, match="not in chat"):
        await outsider.in_group(group).messages()


async def test_all_chats_can_be_watched_at_once(bot: Bot, sim: SimClient, anna: SimPerson) -> None:
    group = await sim.group(-77, "Team", [anna])
    await bot.send_message(group, "for the team")
    await bot.send_message(anna.id, "for you")
    shown = await sim.get(f"/sim/people/{anna.id}/messages", chat="all")
    assert [view["chat"] for view in shown["messages"]] == [anna.id, group, anna.id]


async def test_a_bot_that_was_removed_from_a_group_cannot_write_there(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    group = await sim.group(-77, "Team", [anna])
    await anna.in_group(group).block()
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group, "hello?")


async def test_a_group_that_became_a_supergroup_tells_its_new_id(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    group = await sim.group(-77, "Team", [anna])
    new = await sim.migrate(group)
    left, arrived = [update.message for update in (await bot.get_updates())[-2:]]
    assert left is not None
    assert arrived is not None
    assert (left.migrate_to_chat_id, arrived.migrate_from_chat_id) == (new, group)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group, "hello?")
    assert moved.value.new_chat_id == new
    sent = await bot.send_message(new, "hello")
    assert sent.message_id == 2  # a supergroup counts its own messages
    assert (await anna.in_group(new).expect("hello")).chat == new
    with pytest.raises(SimRefused, match="only once"):
        await sim.migrate(group)


async def test_messages_can_be_waited_for(bot: Bot, sim: SimClient, anna: SimPerson) -> None:
    cursor = (await sim.get(f"/sim/people/{anna.id}/messages"))["cursor"]
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(
            sim.get(f"/sim/people/{anna.id}/messages", after=cursor, wait_ms=10_000)
        )
        await bot.send_message(anna.id, "here")
    assert [view["text"] for view in waiting.result()["messages"]] == ["here"]
    assert waiting.result()["cursor"] > cursor


async def test_events_tell_which_chats_changed(bot: Bot, sim: SimClient, anna: SimPerson) -> None:
    cursor = (await sim.get("/sim/events", after=0))["cursor"]
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(sim.get("/sim/events", after=cursor))
        await bot.send_message(anna.id, "here")
    assert waiting.result()["chats"] == [anna.id]
    assert waiting.result()["cursor"] > cursor


async def test_events_of_a_sandbox_that_ran_here_before_are_not_waited_for(sim: SimClient) -> None:
    now = (await sim.get("/sim/events", after=0, wait_ms=0))["cursor"]
    async with asyncio.timeout(20):
        answer = await sim.get("/sim/events", after=now + 1000, wait_ms=50_000)
    assert answer["cursor"] == now
