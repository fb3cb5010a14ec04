"""A row as one request of the Bot API."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.features.outbox.claim import Claimed
from bot.features.outbox.models import Kind, Lane
from bot.features.outbox.outcome import SendAnew
from bot.features.outbox.payload import PIN, Attachment, Payload
from bot.features.outbox.split import parts
from bot.features.outbox.target import Target
from bot.transport.calls import Call, call_for

PHOTO = Attachment("photo", file_id="P")
BUTTON = [{"text": "x", "data": "home"}]
TEXT_FILE = Attachment("document", name="我的数据.json", text="{}")
TEXT = Target(71, has_file=False)
CAPTION = Target(71, has_file=True)


def row(payload: Payload, target: Target | None = None, kind: Kind = Kind.edit) -> Claimed:
    return Claimed(
        id=1,
        chat_id=5,
        kind=Kind.send if target is None else kind,
        lane=Lane.interactive,
        payload=payload,
        once=False,
        attempts=0,
        target=target,
    )


def call(payload: Payload, target: Target | None = None, kind: Kind = Kind.edit) -> Call:
    made = call_for(row(payload, target, kind))
    assert isinstance(made, Call)
    return made


def given(made: Call) -> dict[str, Any]:
    """Return the parameters that are sent."""
    return {name: value for name, value in made.params.items() if value is not None}


def test_words_go_as_html_without_a_preview_of_links() -> None:
    made = call(Payload(html="<b>words</b>"))
    assert made.method == "sendMessage"
    assert given(made) == {
        "chat_id": 5,
        "text": "<b>words</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def test_a_silent_protected_message_says_so() -> None:
    made = given(call(Payload(html="x", silent=True, protected=True)))
    assert (made["disable_notification"], made["protect_content"]) == (True, True)


def test_buttons_carry_data_or_open_an_address() -> None:
    buttons = [
        [{"text": "报名", "data": "a"}, {"text": "地图", "url": "https://example.org"}],
        [{"text": "取消", "data": "b", "style": "danger"}],
    ]
    markup = given(call(Payload(html="x", buttons=buttons)))["reply_markup"]
    assert markup == {
        "inline_keyboard": [
            [
                {"text": "报名", "callback_data": "a"},
                {"text": "地图", "url": "https://example.org"},
            ],
            [{"text": "取消", "callback_data": "b", "style": "danger"}],
        ]
    }


@pytest.mark.parametrize(
    ("keyboard", "markup"),
    [
        ([], {"remove_keyboard": True}),
        (
            [[{"text": "首页"}], [{"text": "号码", "ask": "contact"}]],
            {
                "keyboard": [[{"text": "首页"}], [{"text": "号码", "request_contact": True}]],
                "resize_keyboard": True,
            },
        ),
        (
            [[{"text": "位置", "ask": "location"}]],
            {"keyboard": [[{"text": "位置", "request_location": True}]], "resize_keyboard": True},
        ),
    ],
)
def test_a_reply_keyboard_is_set_or_taken_away(
    keyboard: Sequence[Sequence[Mapping[str, str]]], markup: dict[str, Any]
) -> None:
    assert given(call(Payload(html="x", reply_keyboard=keyboard)))["reply_markup"] == markup


def test_a_photo_has_its_words_as_caption() -> None:
    made = call(Payload(html="words", files=[PHOTO]))
    assert made.method == "sendPhoto"
    assert (made.params["photo"], made.params["caption"]) == ("P", "words")
    assert not made.uploads


def test_a_text_travels_as_a_file() -> None:
    made = call(Payload(html="", files=[TEXT_FILE]))
    assert made.method == "sendDocument"
    assert "document" not in made.params
    assert "caption" not in made.params
    upload = made.uploads["document"]
    assert (upload.name, upload.content) == ("我的数据.json", b"{}")


def test_an_album_has_its_words_under_the_first_file() -> None:
    made = call(Payload(html="words", files=[PHOTO, PHOTO]))
    assert made.method == "sendMediaGroup"
    first, second = made.params["media"]
    assert first == {"type": "photo", "media": "P", "caption": "words", "parse_mode": "HTML"}
    assert second == {"type": "photo", "media": "P"}
    assert "reply_markup" not in made.params


def test_an_album_of_texts_attaches_each() -> None:
    made = call(Payload(html="", files=[TEXT_FILE, TEXT_FILE]))
    assert [item["media"] for item in made.params["media"]] == ["attach://file0", "attach://file1"]
    assert set(made.uploads) == {"file0", "file1"}


def test_a_change_of_words_edits_the_text() -> None:
    made = call(Payload(html="new"), TEXT)
    assert made.method == "editMessageText"
    assert (made.params["message_id"], made.params["text"]) == (71, "new")


def test_a_change_under_a_file_edits_its_caption() -> None:
    made = call(Payload(html="new"), CAPTION)
    assert made.method == "editMessageCaption"
    assert made.params["caption"] == "new"


def test_a_change_without_words_edits_the_buttons() -> None:
    made = call(Payload(html="", buttons=[[{"text": "x", "data": "y"}]]), TEXT)
    assert made.method == "editMessageReplyMarkup"


def test_an_edited_message_keeps_no_reply_keyboard() -> None:
    assert given(call(Payload(html="x", reply_keyboard=[]), TEXT)).get("reply_markup") is None


def test_a_file_takes_the_place_of_a_file() -> None:
    made = call(Payload(html="new", files=[PHOTO]), CAPTION)
    assert made.method == "editMessageMedia"
    assert made.params["media"]["media"] == "P"


@pytest.mark.parametrize(
    ("payload", "target"),
    [
        (Payload(html="new", files=[PHOTO]), TEXT),
        (Payload(html="new", files=[PHOTO, PHOTO]), CAPTION),
        (Payload(html="字" * 1025), CAPTION),
    ],
)
def test_what_cannot_be_edited_is_sent_anew(payload: Payload, target: Target) -> None:
    assert call_for(row(payload, target)) == SendAnew()


def test_a_deletion_names_its_message() -> None:
    made = call(Payload(html=""), TEXT, Kind.delete)
    assert (made.method, given(made)) == ("deleteMessage", {"chat_id": 5, "message_id": 71})


def test_a_pin_goes_as_a_place_on_the_map_and_its_words_after_it() -> None:
    pin = Attachment(PIN, name="楚街路口", address="宿城区", latitude=33.95, longitude=118.29)
    on_the_map, words = parts(Payload(html="<b>words</b>", files=[pin], buttons=[BUTTON]))
    made = call(on_the_map)
    assert made.method == "sendVenue"
    assert given(made) == {
        "chat_id": 5,
        "title": "楚街路口",
        "address": "宿城区",
        "latitude": 33.95,
        "longitude": 118.29,
    }
    assert call(words).method == "sendMessage"
    assert Payload.of(on_the_map.plain()).files == [pin]
