"""From Telegram's updates to ours: whatever is in them, nothing raises."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.chat.arrival import Arrival, Sender
from bot.chat.call import Incoming, Sent
from bot.chat.edge.incoming import incoming, sender_of

USER = {"id": 5, "is_bot": False, "first_name": "张三"}
CHAT = {"id": 5, "type": "private"}


def read(kind: str = "message", **fields: Any) -> Incoming:
    raw = {"message_id": 9, "date": 1717376400, "chat": CHAT, "from": USER, **fields}
    update = Update.de_json({"update_id": 1, kind: raw}, None)
    assert update is not None
    found = incoming(update, Arrival(inbox_id=1, attempt=1, reply_context="notice:1"))
    assert found is not None
    return found


FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 7}


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ({"text": "hello"}, Sent.text),
        ({"photo": [{**FILE, "width": 1, "height": 1}]}, Sent.photo),
        ({"document": FILE}, Sent.document),
        ({"video": {**FILE, "width": 1, "height": 1, "duration": 1}}, Sent.video),
        ({"voice": {**FILE, "duration": 1}}, Sent.voice),
        ({"audio": {**FILE, "duration": 1}}, Sent.audio),
        ({"video_note": {**FILE, "length": 1, "duration": 1}}, Sent.voice),
        (
            {
                "sticker": {
                    **FILE,
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            },
            Sent.sticker,
        ),
        ({"location": {"latitude": 33.9, "longitude": 118.3}}, Sent.location),
        ({"contact": {"phone_number": "1", "first_name": "A"}}, Sent.contact),
        ({"dice": {"emoji": "🎲", "value": 3}}, Sent.other),
        ({}, Sent.other),
    ],
)
def test_every_kind_of_message_is_told_apart(fields: dict[str, Any], sent: Sent) -> None:
    assert read(**fields).sent is sent


def test_the_largest_photo_counts() -> None:
    sizes = [
        {"file_id": size, "file_unique_id": size, "width": 1, "height": 1} for size in ("s", "l")
    ]
    found = read(photo=sizes, caption="x", media_group_id="G").file
    assert found is not None
    assert found.file_id == "l"


def test_text_and_names_are_cleaned() -> None:
    assert read(text="\u202ea\x00b\ud800\r\nc ").text == "ab\ufffd\nc"
    document = {**FILE, "file_name": "\u202e方案.docx", "mime_type": "application/msword"}
    found = read(document=document).file
    assert found is not None
    assert (found.name, found.mime, found.size_bytes) == ("方案.docx", "application/msword", 7)


@pytest.mark.parametrize(("user_id", "own"), [(5, True), (6, False), (None, False)])
def test_only_ones_own_contact_card_proves_anything(user_id: int | None, own: bool) -> None:
    card = {"phone_number": "13800000000", "first_name": "王", "last_name": "芳"}
    found = read(contact=card if user_id is None else {**card, "user_id": user_id}).contact
    assert found is not None
    assert (found.own, found.phone, found.name) == (own, "13800000000", "王 芳")


def test_a_location_an_edit_and_a_reply_keep_what_they_are() -> None:
    place = read(location={"latitude": 33.9, "longitude": 118.3})
    assert (place.latitude, place.longitude) == (33.9, 118.3)
    assert read("edited_message", text="x").edited
    assert not read(text="x").edited
    assert read(text="x").reply_context == "notice:1"


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        ({"update_id": 1}, Sender(None, None, None)),
        ({"message": {"from": USER, "chat": CHAT}}, Sender(5, 5, None)),
        (
            {"message": {"from": USER, "chat": {"id": -7}, "reply_to_message": {"message_id": 3}}},
            Sender(5, -7, 3),
        ),
        (
            {"callback_query": {"from": USER, "data": "x", "message": {"chat": CHAT}}},
            Sender(5, 5, None),
        ),
        ({"callback_query": {"from": USER, "data": "x"}}, Sender(5, None, None)),
        ({"my_chat_member": {"from": USER, "chat": CHAT}}, Sender(5, 5, None)),
        (
            {"message": {"from": {"id": "5"}, "chat": [], "reply_to_message": 3}},
            Sender(None, None, None),
        ),
    ],
)
def test_the_sender_is_read_from_the_raw_update(raw: dict[str, Any], sender: Sender) -> None:
    assert sender_of(raw) == sender


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["from", "chat", "message", "id", "data", "reply_to_message", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["update_id", "message", "x"]), JSON, max_size=3))
def test_reading_the_sender_never_raises(raw: dict[str, Any]) -> None:
    found = sender_of(json.loads(json.dumps(raw)))
    assert found.telegram_id is None or isinstance(found.telegram_id, int)


def behind(
    text: str, *spans: tuple[str, int, int]
) -> tuple[str, list[tuple[str, int, int]]] | None:
    """Return what stands behind the command of `text`, with its formats."""
    entities = [{"type": kind, "offset": at, "length": length} for kind, at, length in spans]
    words = read(text=text, entities=entities).behind_command
    if words is None:
        return None
    return words.text, [(one.kind, one.offset, one.length) for one in words.marks]


def test_a_command_alone_says_nothing_more() -> None:
    assert behind("/notice ", ("bot_command", 0, 7)) is None


def test_words_behind_a_command_keep_their_formats() -> None:
    found = behind("/notice \n 😀明天", ("bot_command", 0, 7), ("bold", 12, 1), ("italic", 10, 2))
    assert found == ("😀明天", [("bold", 2, 1), ("italic", 0, 2)])


def test_a_format_that_begins_at_the_command_begins_at_the_words() -> None:
    assert behind("/notice 明天", ("bold", 0, 10)) == ("明天", [("bold", 0, 2)])
