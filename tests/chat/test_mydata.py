"""The copy of a person's data is whole, readable, and nobody else's."""

import json
from collections.abc import Callable, Iterator

import pytest

from bot.chat import mydata
from bot.chat.call import Call
from bot.chat.cards.personal import data_file
from bot.chat.mydata import DataPart, everything, my_data
from bot.chat.screen import Screen
from bot.chat.text import Plain, T
from bot.core.roles import Role
from bot.features.audit.service import record
from bot.features.drafts.service import begin
from bot.features.inbox.service import Received, receive
from bot.features.outbox.models import Lane
from tests.chat.conftest import Booth


@pytest.fixture
def registry() -> Iterator[None]:
    """Take back what a test registers."""
    before = list(mydata._contributions)
    yield
    mydata._contributions[:] = before


def leave_traces(call: Call) -> None:
    person_id, telegram_id = call.actor.person_id, call.actor.telegram_id
    begin(
        call.work,
        chat_id=telegram_id,
        person_id=person_id,
        flow="report",
        version=1,
        step="name",
        answers={"name": "没写完的活动"},
    )
    record(call.work, "post.create", "post:7", actor_id=person_id)
    call.send(person_id, Screen(Plain("<b> a & b")), lane=Lane.bulk, key=f"x:{person_id}")
    sender = {"id": telegram_id, "first_name": "张三", "username": "zhang3"}
    updates = [
        {"message": {"from": sender, "text": "第一行\n第二行\ud800"}},
        {"callback_query": {"from": sender, "data": "home"}},
        {"message": {"from": sender, "chat": {"id": telegram_id}, "sticker": {}}},
    ]
    receive(
        call.work,
        bot_id=1,
        updates=[
            Received(person_id * 10 + number, telegram_id, json.dumps(update))
            for number, update in enumerate(updates)
        ],
    )


def test_everything_that_is_kept_is_in_it(booth_of: Callable[..., Booth]) -> None:
    booth, other = booth_of(Role.contact, unit="kexie"), booth_of(Role.volunteer)
    other.do(
        lambda call: begin(
            call.work,
            chat_id=other.actor.telegram_id,
            person_id=other.actor.person_id,
            flow="report",
            version=1,
            step="name",
            answers={"name": "别人的"},
        )
    )
    booth.do(leave_traces)
    text = booth.do(everything)
    for kept in (
        str(booth.actor.telegram_id),
        "称呼：某人",
        "区科协 联络员，自 2024-06-03 09:00",
        "没写完的活动",
        "2024-06-03 09:00  post.create post:7",
        "2024-06-03 09:00  <b> a & b",
        "第一行\n    第二行",
        "2024-06-03 09:00  home",
        "2024-06-03 09:00  sticker",
        '"username": "zhang3"',
    ):
        assert kept in text, kept
    assert "别人的" not in text
    assert str(other.actor.telegram_id) not in text
    text.encode()


def test_a_chapter_without_anything_says_so(booth: Booth) -> None:
    assert "[没填完的]\n（没有）" in booth.do(everything)


def test_it_is_written_in_the_readers_language(booth_of: Callable[..., Booth]) -> None:
    text = booth_of(Role.contact, unit="kexie", language="en").do(everything)
    assert "Contact of 区科协, since 2024-06-03 09:00" in text


def test_a_feature_adds_its_chapter_in_its_place(booth: Booth, registry: None) -> None:
    @my_data(order=5)
    def chapter(call: Call) -> DataPart:
        return DataPart(T("home.home"), [Plain(call.actor.name)])

    text = booth.do(everything)
    assert text.index("[本人]") < text.index("[首页]\n某人") < text.index("[身份]")


def test_it_goes_as_a_protected_file(booth: Booth) -> None:
    screen = booth.do(data_file)
    assert screen.protected
    [file] = screen.files
    assert (file.kind, file.name) == ("document", "mydata-2024-06-03.txt")
