"""What the bot may send and what Telegram refuses, word for word."""

from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.sandbox.client import SimClient, SimPerson
from tests.sandbox.plain import Plain


def inline(*texts: str, data: str = "d") -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": text, "callback_data": data}] for text in texts]}


async def test_a_message_reaches_its_person(bot: Bot, anna: SimPerson) -> None:
    sent = await bot.send_message(
        anna.id,
        "<b>Post</b> &lt;1&gt;",
        parse_mode="HTML",
        disable_notification=True,
        protect_content=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        message_thread_id=None,
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]]),
    )
    seen = await anna.expect("Post")
    assert (seen.id, seen.text, seen.html) == (
        sent.message_id,
        "Post <1>",
        "<b>Post</b> &lt;1&gt;",
    )
    assert seen.buttons[0][0].data == "go"
    assert sent.has_protected_content


async def test_message_dates_follow_the_simulated_clock(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    await sim.set_clock("2024-06-10T09:00:00+08:00")
    sent = await bot.send_message(anna.id, "later")
    assert sent.date.strftime("%Y-%m-%d %H:%M") == "2024-06-10 01:00"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Bad Request: message text is empty"),
        ("  \n ", "Bad Request: message text is empty"),
        ("a" * 4097, "Bad Request: message is too long"),
        ("😀" * 2049, "Bad Request: message is too long"),  # two UTF-16 units each
    ],
)
async def test_a_text_that_does_not_fit_is_refused(
    http: Plain, anna: SimPerson, text: str, words: str
) -> None:
    assert (await http("sendMessage", chat_id=anna.id, text=text)).refusal == (400, words)


async def test_the_length_counts_after_the_markup_is_taken_off(
    http: Plain, anna: SimPerson
) -> None:
    text = f"<b>{'a' * 4096}</b>"
    answer = await http("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML")
    assert len(answer.result["text"]) == 4096


async def test_a_text_with_half_a_character_is_refused(http: Plain, anna: SimPerson) -> None:
    answer = await http("sendMessage", chat_id=anna.id, text="half \ud83d")
    assert answer.refusal == (400, "Bad Request: strings must be encoded in UTF-8")


async def test_markdown_is_not_offered(http: Plain, anna: SimPerson) -> None:
    answer = await http("sendMessage", chat_id=anna.id, text="*a*", parse_mode="MarkdownV2")
    assert answer.status == 501
    answer = await http("sendMessage", chat_id=anna.id, text="a", parse_mode="bbcode")
    assert answer.refusal == (400, "Bad Request: unsupported parse_mode")


@pytest.mark.parametrize("chat_id", [404, -404, "@nobody", "somewhere"])
async def test_an_unknown_chat_is_not_found(http: Plain, anna: SimPerson, chat_id: Any) -> None:
    answer = await http("sendMessage", chat_id=chat_id, text="hi")
    assert answer.refusal == (400, "Bad Request: chat not found")


async def test_a_chat_must_be_named(http: Plain) -> None:
    answer = await http("sendMessage", text="hi")
    assert answer.refusal == (400, "Bad Request: chat_id is empty")


async def test_the_bot_cannot_write_first(http: Plain, sim: SimClient) -> None:
    stranger = await sim.person(12, "Stranger")
    answer = await http("sendMessage", chat_id=stranger.id, text="hi")
    assert answer.refusal == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_a_blocked_bot_cannot_write_until_it_is_unblocked(
    http: Plain, anna: SimPerson
) -> None:
    await anna.block()
    answer = await http("sendMessage", chat_id=anna.id, text="hi")
    assert answer.refusal == (403, "Forbidden: bot was blocked by the user")
    await anna.unblock()
    assert (await http("sendMessage", chat_id=anna.id, text="hi")).result["text"] == "hi"


async def test_a_reply_needs_its_message(bot: Bot, http: Plain, anna: SimPerson) -> None:
    asked = await anna.say("when?")
    sent = await bot.send_message(
        anna.id, "now", reply_parameters=ReplyParameters(message_id=asked)
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "when?"
    assert (await anna.expect("now")).reply_to == asked
    lost = {"message_id": 999}
    answer = await http("sendMessage", chat_id=anna.id, text="now", reply_parameters=lost)
    assert answer.refusal == (400, "Bad Request: message to be replied not found")
    kind = {**lost, "allow_sending_without_reply": True}
    answer = await http("sendMessage", chat_id=anna.id, text="now", reply_parameters=kind)
    assert "reply_to_message" not in answer.result


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (inline("Go", data="x" * 65), "BUTTON_DATA_INVALID"),
        (inline("Go", data="报" * 22), "BUTTON_DATA_INVALID"),  # 66 bytes
        (inline("Go", data=""), "BUTTON_DATA_INVALID"),
        (inline(*["Go"] * 101), "reply markup is too long"),
        (
            {"inline_keyboard": [[{"text": "Go"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        ({"inline_keyboard": "Go"}, "field of the keyboard must be an Array of Arrays"),
        ({"keyboard": []}, "keyboard must be non-empty"),
        ([1], "object expected as reply markup"),
    ],
)
async def test_a_keyboard_that_telegram_refuses_is_refused(
    http: Plain, anna: SimPerson, markup: Any, words: str
) -> None:
    answer = await http("sendMessage", chat_id=anna.id, text="hi", reply_markup=markup)
    assert answer.refusal == (400, f"Bad Request: {words}")


@pytest.mark.parametrize(
    ("markup", "part"),
    [
        ({"inline_keyboard": [[{"text": "a", "callback_data": "x"}] * 9]}, "8 buttons in a row"),
        (
            {"inline_keyboard": [[{"text": "a", "callback_data": "x", "url": "https://a.b"}]]},
            "several actions",
        ),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "x", "colour": 1}]]}, "colour"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "x", "style": "pink"}]]}, "pink"),
        ({"keyboard": [["a"]], "resize": True}, "resize"),
    ],
)
async def test_a_keyboard_that_telegram_would_bend_is_refused_too(
    http: Plain, anna: SimPerson, markup: Any, part: str
) -> None:
    status, words = (
        await http("sendMessage", chat_id=anna.id, text="hi", reply_markup=markup)
    ).refusal
    assert status == 400
    assert words.startswith("Bad Request: sandbox:")
    assert part in words


async def test_sixty_four_bytes_of_data_and_a_hundred_buttons_are_fine(
    http: Plain, anna: SimPerson
) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 64}] * 8] * 12}
    answer = await http("sendMessage", chat_id=anna.id, text="hi", reply_markup=markup)
    assert answer.result["reply_markup"] == markup


async def test_a_reply_keyboard_stands_until_it_is_removed(bot: Bot, anna: SimPerson) -> None:
    keyboard = ReplyKeyboardMarkup(
        [["Yes", "No"], [KeyboardButton("My number", request_contact=True)]]
    )
    sent = await bot.send_message(anna.id, "Well?", reply_markup=keyboard)
    assert sent.reply_markup is None  # Telegram shows only inline keyboards to the bot
    assert (await anna.expect("Well?")).reply_keyboard == (("Yes", "No"), ("My number",))
    assert await anna.keyboard() == [["Yes", "No"], ["My number"]]
    await bot.send_message(anna.id, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert (await anna.expect("Thanks")).removes_keyboard
    assert await anna.keyboard() is None


async def test_a_phone_number_can_be_asked_only_in_private(
    http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    group = await sim.group(-77, "Team", [anna])
    markup = {"keyboard": [[{"text": "Number", "request_contact": True}]]}
    answer = await http("sendMessage", chat_id=group, text="hi", reply_markup=markup)
    assert answer.refusal == (
        400,
        "Bad Request: phone number can be requested in private chats only",
    )


async def test_places_and_contacts_arrive(bot: Bot, anna: SimPerson) -> None:
    await bot.send_location(anna.id, 34.79, 114.31)
    await bot.send_venue(anna.id, 34.79, 114.31, "Square", "Main street")
    await bot.send_contact(anna.id, "+8613800000000", "Li")
    place, venue, contact = [m.raw for m in await anna.messages() if m.from_bot]
    assert place["location"]["latitude"] == 34.79
    assert venue["venue"]["title"] == "Square"
    assert contact["contact"]["first_name"] == "Li"


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        (
            "sendLocation",
            {"latitude": 91, "longitude": 0},
            "wrong latitude or longitude specified",
        ),
        ("sendLocation", {"latitude": 9}, "latitude and longitude must be specified"),
        (
            "sendVenue",
            {"latitude": 1, "longitude": 1, "address": "a"},
            "venue title must be non-empty",
        ),
        (
            "sendVenue",
            {"latitude": 1, "longitude": 1, "title": "a"},
            "venue address must be non-empty",
        ),
        ("sendContact", {"first_name": "Li"}, "phone number is empty"),
        ("sendContact", {"phone_number": "1"}, "first name is empty"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ],
)
async def test_a_call_without_its_content_is_refused(
    http: Plain, anna: SimPerson, method: str, params: dict[str, Any], words: str
) -> None:
    answer = await http(method, chat_id=anna.id, **params)
    assert answer.refusal == (400, f"Bad Request: {words}")


async def test_typing_is_shown_until_the_message_comes(
    bot: Bot, sim: SimClient, anna: SimPerson
) -> None:
    await bot.send_chat_action(anna.id, "typing")
    path = f"/sim/people/{anna.id}/messages"
    assert (await sim.get(path))["action"] == "typing"
    await bot.send_message(anna.id, "done")
    assert (await sim.get(path))["action"] is None


async def test_a_message_is_copied_as_the_bots_own_and_forwarded_with_its_writer(
    bot: Bot, anna: SimPerson
) -> None:
    said = await anna.say("look")
    copied = await bot.copy_message(anna.id, anna.id, said)
    assert (await anna.expect("look")).id == copied.message_id
    forwarded = await bot.forward_message(anna.id, anna.id, said)
    assert forwarded.forward_origin is not None
    assert (await anna.expect("look")).raw["forward_origin"]["sender_user"]["id"] == anna.id


async def test_a_protected_message_cannot_be_repeated(http: Plain, anna: SimPerson) -> None:
    sent = await http("sendMessage", chat_id=anna.id, text="secret", protect_content=True)
    source = {
        "chat_id": anna.id,
        "from_chat_id": anna.id,
        "message_id": sent.result["message_id"],
    }
    answer = await http("copyMessage", **source)
    assert answer.refusal == (400, "Bad Request: message can't be copied")
    answer = await http("forwardMessage", **source)
    assert answer.refusal == (400, "Bad Request: message can't be forwarded")
    answer = await http("copyMessage", **{**source, "message_id": 999})
    assert answer.refusal == (400, "Bad Request: message to copy not found")
