"""Buttons: pressed, forged, stale, answered too late."""

import asyncio
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.sandbox.client import PressAnswer, SimClient, SimPerson, SimRefused
from tests.sandbox.plain import Plain

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def card(**buttons: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text, callback_data=data) for text, data in buttons.items()]
    return InlineKeyboardMarkup([row])


async def next_query(bot: Bot) -> Any:
    while True:
        for update in await bot.get_updates(timeout=5):
            await bot.get_updates(offset=update.update_id + 1)
            if update.callback_query is not None:
                return update.callback_query


async def pressed(
    bot: Bot, person: SimPerson, text: str | None = None, **press: Any
) -> tuple[Any, PressAnswer]:
    """Press and answer; returns the query and what the person saw."""
    async with asyncio.TaskGroup() as group:
        press_task = group.create_task(person.press(text, **press))
        query = await next_query(bot)
        await query.answer(f"got {query.data}", show_alert=True)
    return query, press_task.result()


async def test_a_pressed_button_reaches_the_bot_and_its_answer_the_person(
    bot: Bot, anna: SimPerson
) -> None:
    sent = await bot.send_message(anna.id, "card", reply_markup=card(Go="go:1"))
    query, answer = await pressed(bot, anna, "Go")
    assert (query.data, query.message.message_id) == ("go:1", sent.message_id)
    assert query.from_user.id == anna.id
    assert answer == PressAnswer(text="got go:1", alert=True, answered=True)


async def test_the_newest_message_with_the_button_counts(bot: Bot, anna: SimPerson) -> None:
    old = await bot.send_message(anna.id, "old", reply_markup=card(Go="go:old"))
    await bot.send_message(anna.id, "new", reply_markup=card(Go="go:new", Stay="stay"))
    assert (await pressed(bot, anna, "Go"))[0].data == "go:new"
    query, _ = await pressed(bot, anna, "Go", message_id=old.message_id)
    assert query.data == "go:old"


async def test_a_button_is_found_by_a_part_of_its_text(bot: Bot, anna: SimPerson) -> None:
    await bot.send_message(anna.id, "card", reply_markup=card(**{"Go (3 left)": "go:3"}))
    assert (await pressed(bot, anna, "Go"))[0].data == "go:3"


async def test_a_forged_button_reaches_the_bot_all_the_same(bot: Bot, anna: SimPerson) -> None:
    sent = await bot.send_message(anna.id, "no buttons here")
    query, answer = await pressed(bot, anna, data="forged:1")
    assert (query.data, query.message.message_id) == ("forged:1", sent.message_id)
    assert answer.answered


async def test_a_button_of_a_deleted_message_comes_with_a_message_out_of_reach(
    bot: Bot, anna: SimPerson
) -> None:
    sent = await bot.send_message(anna.id, "card", reply_markup=card(Go="go"))
    await bot.delete_message(anna.id, sent.message_id)
    query, _ = await pressed(bot, anna, data="go", message_id=sent.message_id)
    assert not query.message.is_accessible
    assert query.message.message_id == sent.message_id


async def test_a_missing_button_is_told_with_those_that_are_there(
    bot: Bot, anna: SimPerson
) -> None:
    await bot.send_message(anna.id, "card", reply_markup=card(Go="go"))
    with pytest.raises(SimRefused) as refused:
        await anna.press("Come")
    assert refused.value.status == 404
    assert refused.value.answer["buttons"] == ["Go"]


async def test_a_button_that_nobody_answers_says_so(bot: Bot, anna: SimPerson) -> None:
    await bot.send_message(anna.id, "card", reply_markup=card(Go="go"))
    answer = await anna.press("Go", wait_ms=10)
    assert answer == PressAnswer(text=None, alert=False, answered=False)


async def test_an_answer_that_comes_too_late_is_refused(
    bot: Bot, http: Plain, sim: SimClient, anna: SimPerson
) -> None:
    await sim.limits(callback_seconds=0.001)
    await bot.send_message(anna.id, "card", reply_markup=card(Go="go"))
    await anna.press("Go", wait_ms=10)
    query = await next_query(bot)
    answer = await http("answerCallbackQuery", callback_query_id=query.id)
    assert answer.refusal == (400, TOO_OLD)


async def test_an_invented_query_cannot_be_answered(http: Plain) -> None:
    answer = await http("answerCallbackQuery", callback_query_id="17", text="hi")
    assert answer.refusal == (400, TOO_OLD)


async def test_an_answer_has_at_most_200_characters(http: Plain) -> None:
    answer = await http("answerCallbackQuery", callback_query_id="17", text="a" * 201)
    assert answer.refusal == (400, "Bad Request: MESSAGE_TOO_LONG")


async def test_an_answer_opens_only_telegrams_addresses(
    bot: Bot, http: Plain, anna: SimPerson
) -> None:
    await bot.send_message(anna.id, "card", reply_markup=card(Go="go"))
    await anna.press("Go", wait_ms=0)
    query = await next_query(bot)
    answer = await http(
        "answerCallbackQuery", callback_query_id=query.id, url="https://example.org"
    )
    assert answer.refusal == (400, "Bad Request: URL_INVALID")


async def test_a_reply_keyboards_button_writes_its_text(bot: Bot, anna: SimPerson) -> None:
    await bot.send_message(anna.id, "Well?", reply_markup=ReplyKeyboardMarkup([["Yes", "No"]]))
    answer = await anna.press("Yes")
    assert not answer.answered
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.text == "Yes"


async def test_a_button_can_ask_for_the_number_and_the_place(bot: Bot, anna: SimPerson) -> None:
    keyboard = ReplyKeyboardMarkup(
        [
            [KeyboardButton("Number", request_contact=True)],
            [KeyboardButton("Place", request_location=True)],
        ],
        one_time_keyboard=True,
    )
    await bot.send_message(anna.id, "Please", reply_markup=keyboard)
    await anna.press("Number")
    await bot.send_message(anna.id, "Please", reply_markup=keyboard)
    await anna.press("Place")
    contact, place = [update.message for update in (await bot.get_updates())[-2:]]
    assert contact is not None
    assert contact.contact is not None
    assert contact.contact.user_id == anna.id
    assert place is not None
    assert place.location is not None
    assert await anna.keyboard() is None


async def test_a_button_with_an_invitation_opens_the_bot_with_it(bot: Bot, anna: SimPerson) -> None:
    link = "https://t.me/sandbox_bot?start=abc_123"
    other = "https://example.org/"
    markup = InlineKeyboardMarkup(
        [[InlineKeyboardButton("Join", url=link), InlineKeyboardButton("Read", url=other)]]
    )
    await bot.send_message(anna.id, "card", reply_markup=markup)
    assert (await anna.press("Read")).url == other
    assert (await anna.press("Join")).url == link
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.text == "/start abc_123"


@pytest.mark.parametrize("body", [{}, {"text": "Go", "data": "go"}])
async def test_a_press_needs_a_text_or_data(
    sim: SimClient, anna: SimPerson, body: dict[str, str]
) -> None:
    with pytest.raises(SimRefused, match="either a text or data"):
        await sim.post(f"/sim/people/{anna.id}/press", body)
