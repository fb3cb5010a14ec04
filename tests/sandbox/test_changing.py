"""Editing and deleting, and every reason why not."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument
from telegram.error import BadRequest

from bot.sandbox.client import SimClient, SimPerson
from tests.sandbox.plain import Plain

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
BUTTON = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def test_an_edited_message_comes_again_to_its_person(bot: Bot, anna: SimPerson) -> None:
    sent = await bot.send_message(anna.id, "first")
    first = await anna.expect("first")
    edited = await bot.edit_message_text(
        "<i>second</i>", anna.id, sent.message_id, parse_mode="HTML"
    )
    second = await anna.expect("second")
    assert isinstance(edited, type(sent))
    assert edited.edit_date is not None
    assert (second.id, second.edited, second.html) == (first.id, True, "<i>second</i>")
    assert second.cursor > first.cursor


async def test_an_edit_without_buttons_takes_them_away(bot: Bot, anna: SimPerson) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    sent = await bot.send_message(anna.id, "card", reply_markup=markup)
    await bot.edit_message_text("card, closed", anna.id, sent.message_id)
    assert (await anna.last()).buttons == ()


async def test_new_buttons_alone_do_not_mark_a_message_as_edited(bot: Bot, anna: SimPerson) -> None:
    sent = await bot.send_message(anna.id, "card")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    await bot.edit_message_reply_markup(anna.id, sent.message_id, reply_markup=markup)
    seen = await anna.last()
    assert (seen.button_texts, seen.edited) == (["Go"], False)


async def test_an_edit_that_changes_nothing_is_refused(http: Plain, anna: SimPerson) -> None:
    sent = (await http("sendMessage", chat_id=anna.id, text="same", reply_markup=BUTTON)).result
    target = {"chat_id": anna.id, "message_id": sent["message_id"]}
    answer = await http("editMessageText", **target, text="same", reply_markup=BUTTON)
    assert answer.refusal == (400, NOT_MODIFIED)
    answer = await http("editMessageReplyMarkup", **target, reply_markup=BUTTON)
    assert answer.refusal == (400, NOT_MODIFIED)
    assert (await http("editMessageText", **target, text="same")).result["text"] == "same"


async def test_only_own_messages_without_a_reply_keyboard_can_be_edited(
    http: Plain, anna: SimPerson
) -> None:
    said = await anna.say("mine")
    keyboard = {"keyboard": [["Yes"]]}
    sent = await http("sendMessage", chat_id=anna.id, text="well?", reply_markup=keyboard)
    for message_id in (said, sent.result["message_id"]):
        answer = await http("editMessageText", chat_id=anna.id, message_id=message_id, text="x")
        assert answer.refusal == (400, "Bad Request: message can't be edited")


async def test_a_message_that_is_gone_cannot_be_edited(http: Plain, anna: SimPerson) -> None:
    sent = (await http("sendMessage", chat_id=anna.id, text="going")).result
    target = {"chat_id": anna.id, "message_id": sent["message_id"]}
    assert (await http("deleteMessage", **target)).result is True
    answer = await http("editMessageText", **target, text="gone")
    assert answer.refusal == (400, "Bad Request: message to edit not found")
    answer = await http("editMessageText", chat_id=anna.id, text="which?")
    assert answer.refusal == (400, "Bad Request: message identifier is not specified")


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("editMessageText", {"text": ""}, "message text is empty"),
        ("editMessageText", {"text": "a" * 4097}, "message is too long"),
        (
            "editMessageText",
            {"text": "a", "reply_markup": {"keyboard": [["a"]]}},
            "inline keyboard expected",
        ),
        (
            "editMessageText",
            {
                "text": "a",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]},
            },
            "BUTTON_DATA_INVALID",
        ),
        (
            "editMessageText",
            {"text": "<b>a", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ("editMessageCaption", {"caption": "a"}, "there is no caption in the message to edit"),
    ],
)
async def test_a_bad_edit_is_refused(
    http: Plain, anna: SimPerson, method: str, params: dict[str, Any], words: str
) -> None:
    sent = (await http("sendMessage", chat_id=anna.id, text="card")).result
    answer = await http(method, chat_id=anna.id, message_id=sent["message_id"], **params)
    assert answer.refusal == (400, f"Bad Request: {words}")


async def test_a_file_gets_another_caption_and_another_file(bot: Bot, anna: SimPerson) -> None:
    sent = await bot.send_document(anna.id, b"one", filename="one.txt", caption="first")
    await bot.edit_message_caption(anna.id, sent.message_id, caption="second")
    assert (await anna.expect("second")).file is not None
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("third", anna.id, sent.message_id)
    media = InputMediaDocument(b"two", filename="two.txt", caption="third")
    await bot.edit_message_media(media, anna.id, sent.message_id)
    seen = await anna.expect("third")
    assert seen.file is not None
    assert seen.file.name == "two.txt"


async def test_a_deleted_message_disappears(bot: Bot, anna: SimPerson) -> None:
    sent = await bot.send_message(anna.id, "secret")
    said = await anna.say("mine")
    before = await anna.messages()
    await bot.delete_message(anna.id, sent.message_id)
    await bot.delete_message(anna.id, said)
    kept = [message.id for message in await anna.messages()]
    assert {sent.message_id, said} == {message.id for message in before} - set(kept)


async def test_a_message_to_delete_must_be_there(http: Plain, anna: SimPerson) -> None:
    answer = await http("deleteMessage", chat_id=anna.id, message_id=999)
    assert answer.refusal == (400, "Bad Request: message to delete not found")


async def test_after_48_hours_a_message_cannot_be_deleted(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    sent = (await http("sendMessage", chat_id=anna.id, text="old")).result
    target = {"chat_id": anna.id, "message_id": sent["message_id"]}
    await sim.advance("2d")
    answer = await http("deleteMessage", **target)
    assert answer.refusal == (400, "Bad Request: message can't be deleted for everyone")


async def test_in_a_group_only_own_messages_can_be_deleted(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    group = await sim.group(-77, "Team", [anna])
    said = await anna.in_group(group).say("hello all")
    answer = await http("deleteMessage", chat_id=group, message_id=said)
    assert answer.refusal == (400, "Bad Request: message can't be deleted for everyone")


async def test_many_messages_are_deleted_at_once_and_missing_ones_skipped(
    bot: Bot, http: Plain, anna: SimPerson
) -> None:
    ids = [(await bot.send_message(anna.id, f"n{number}")).message_id for number in range(3)]
    assert await bot.delete_messages(anna.id, [*ids, 999])
    assert [message for message in await anna.messages() if message.from_bot] == []
    answer = await http("deleteMessages", chat_id=anna.id, message_ids=list(range(101)))
    assert answer.refusal == (400, "Bad Request: too many message identifiers specified")
    answer = await http("deleteMessages", chat_id=anna.id, message_ids=[])
    assert answer.refusal == (400, "Bad Request: message identifiers are not specified")
