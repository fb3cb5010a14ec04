"""What orders an update."""

import pytest

from bot.transport.chatkey import chat_key

CHAT = {"id": 5}


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "message": {"chat": CHAT, "from": {"id": 9}}},
        {"update_id": 1, "edited_message": {"chat": CHAT}},
        {"update_id": 1, "channel_post": {"chat": CHAT}},
        {"update_id": 1, "my_chat_member": {"chat": CHAT, "from": {"id": 9}}},
        {"update_id": 1, "callback_query": {"from": {"id": 9}, "message": {"chat": CHAT}}},
        # An inline message's button names nobody but the one who pressed it.
        {"update_id": 1, "callback_query": {"from": CHAT, "inline_message_id": "x"}},
        {"update_id": 1, "poll_answer": {"user": CHAT}},
        # A message that somebody deleted is still in its chat.
        {"update_id": 1, "callback_query": {"message": {"chat": CHAT, "date": 0}}},
    ],
)
def test_the_chat_or_else_the_sender_orders(update: dict[str, object]) -> None:
    assert chat_key(update) == 5


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        "text",
        {},
        {"update_id": 1},
        {"update_id": 1, "poll": {"id": "7"}},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": {"chat": "5"}},
        {"update_id": 1, "message": {"chat": {"id": "5"}}},
        {"update_id": 1, "message": {"chat": {"id": True}}},
        {"update_id": 1, "message": {"chat": {"id": 1.5}}},
        {"update_id": 1, "message": {"chat": {"id": 2**80}}},
    ],
)
def test_what_names_nobody_is_ordered_under_zero(update: object) -> None:
    assert chat_key(update) == 0


def test_a_group_is_ordered_by_the_group() -> None:
    update = {"update_id": 1, "message": {"chat": {"id": -1001}, "from": {"id": 9}}}
    assert chat_key(update) == -1001
