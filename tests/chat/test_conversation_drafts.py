"""Drafts of conversations: parked, resumed, cancelled, of another version, of another person."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.chat.access import OFFICE_ONLY
from bot.chat.callback import pack
from bot.chat.conversation import machine
from bot.chat.conversation.model import (
    PREVIEW,
    Action,
    Begin,
    Control,
    Restart,
    Resume,
)
from bot.chat.screen import Answer, Toast
from bot.core.errors import NotAllowed, StaleButton
from bot.features.drafts.models import DraftState
from tests.chat.conftest import Booth
from tests.chat.talking import FLOW, Talk, presses, step


@pytest.fixture
def talk(booth: Booth) -> Talk:
    """Return a conversation that has not begun."""
    return Talk(booth)


def test_a_second_press_of_submit_makes_nothing_twice(talk: Talk) -> None:
    talk.begin()
    for text in ("a", "Anna", "-"):
        talk.say(text)
    data = Control("join", talk.draft().id, Action.submit, PREVIEW)
    talk.control(Action.submit)
    with pytest.raises(StaleButton):
        talk.booth.do(lambda call: machine.control(FLOW, call, data))


def test_buttons_of_a_finished_draft_never_touch_the_next_one(talk: Talk) -> None:
    talk.begin()
    old = talk.draft().id
    for text in ("a", "Anna", "-"):
        talk.say(text)
    talk.control(Action.submit)
    talk.begin()
    assert talk.draft().id != old
    with pytest.raises(StaleButton):
        talk.choose("1", draft_id=old)
    assert talk.draft().answers == {}


def test_an_unfinished_draft_is_offered_before_a_new_one_begins(talk: Talk) -> None:
    talk.begin()
    talk.say("a")
    question = talk.begin("Anna")
    assert presses(question)[:2] == [
        Resume("join"),
        Restart("join", "Anna"),
    ]
    assert "name?" in talk.html(talk.resume())
    assert "kind?" in talk.html(talk.restart())
    assert talk.draft().answers == {}


@pytest.mark.parametrize("words", ["a:b", "-", "字" * 400])
def test_words_behind_a_command_wait_with_the_draft_not_in_a_button(talk: Talk, words: str) -> None:
    talk.begin()
    question = talk.begin(words=words)
    for press in presses(question):
        pack(press)
    assert "刚写的也留着" in talk.html(question)
    for _ in range(2):
        assert "name?" in talk.html(talk.start_anew()), "pressed twice, it does the same"
        given = {key: one for key, one in talk.draft().answers.items() if key != "_words"}
        assert given == {"kind": words}


def test_words_that_were_kept_are_dropped_by_the_next_beginning(talk: Talk) -> None:
    talk.begin()
    talk.begin(words="a")
    talk.resume()
    assert "刚写的也留着" not in talk.html(talk.begin())
    assert "kind?" in talk.html(talk.start_anew())
    assert talk.draft().answers == {}


def test_who_writes_where_only_buttons_answer_is_not_told_of_an_old_button(talk: Talk) -> None:
    talk.begin()
    assert "请按下面的按钮选" in talk.html(talk.say("old"))
    pressed = talk.choose("old")
    assert "这个按钮是旧的" in talk.html(pressed)
    assert talk.draft().answers == {}


def test_words_that_the_first_question_refuses_are_asked_again(talk: Talk) -> None:
    assert "kind?" in talk.html(talk.begin(words="bad"))
    assert "kind" not in talk.draft().answers


def test_what_was_given_at_the_beginning_is_not_asked(talk: Talk) -> None:
    assert "kind?" in talk.html(talk.begin("Anna"))
    assert "note?" in talk.html(talk.say("a"))


def test_later_keeps_everything_and_takes_no_answer(talk: Talk) -> None:
    talk.begin()
    talk.say("a")
    talk.control(Action.later)
    assert talk.draft().state is DraftState.parked
    assert "name?" in talk.html(talk.resume())
    assert talk.draft().state is DraftState.active


def test_a_button_of_a_parked_draft_takes_it_up_again(talk: Talk) -> None:
    talk.begin()
    talk.control(Action.later)
    talk.choose("1", at="kind")
    assert (talk.draft().state, talk.draft().answers) == (DraftState.active, {"kind": "1"})


def test_cancelling_can_be_undone_and_old_buttons_are_dead(talk: Talk) -> None:
    talk.begin()
    talk.say("a")
    cancelled = talk.control(Action.cancel)
    assert Resume("join") in presses(cancelled)
    with pytest.raises(StaleButton):
        talk.choose("1", at="name")
    talk.resume()
    assert talk.draft().answers == {"kind": "a"}


def test_after_cancelling_a_new_one_begins_without_a_question(talk: Talk) -> None:
    talk.begin()
    talk.say("a")
    talk.control(Action.cancel)
    assert "kind?" in talk.html(talk.begin())


def test_another_conversation_parks_the_one_before(talk: Talk) -> None:
    talk.begin()
    other = Talk(talk.booth, replace(FLOW, name="rename"))
    other.begin()
    assert talk.draft().state is DraftState.parked
    assert other.draft().state is DraftState.active
    talk.resume()
    assert other.draft().state is DraftState.parked


def test_a_foreign_draft_is_a_stale_button(talk: Talk, booth_of: Callable[..., Booth]) -> None:
    talk.begin()
    number = talk.draft().id
    stranger = Talk(booth_of())
    stranger.begin()
    with pytest.raises(StaleButton):
        stranger.choose("1", draft_id=number, at="kind")
    assert talk.draft().answers == {}


def test_roles_are_checked_at_every_press(talk: Talk) -> None:
    talk.begin()
    locked = Talk(talk.booth, replace(FLOW, needs=OFFICE_ONLY))
    for act in (locked.begin, locked.restart, locked.resume):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotAllowed):
        locked.choose("1")
    with pytest.raises(NotAllowed):
        locked.control(Action.cancel)
    assert talk.draft().state is DraftState.active


def test_a_draft_of_an_older_version_is_fitted_before_it_goes_on(talk: Talk) -> None:
    talk.begin()
    talk.say("a")
    newer = Talk(
        talk.booth, replace(FLOW, version=2, steps=[step("kind"), step("place"), step("note")])
    )
    assert "place?" in newer.html(newer.say("Anna"))
    assert newer.draft().answers == {"kind": "a"}
    assert isinstance(newer.control(Action.skip, at="name"), Toast)
    assert "note?" in newer.html(newer.say("square"))


def test_resuming_a_draft_of_an_older_version_asks_what_is_missing(talk: Talk) -> None:
    talk.begin()
    for text in ("a", "Anna"):
        talk.say(text)
    newer = Talk(talk.booth, replace(FLOW, version=2, steps=[step("kind"), step("place")]))
    assert "place?" in newer.html(newer.resume())


def test_submitting_without_an_answer_that_became_necessary_asks_for_it(talk: Talk) -> None:
    talk.begin()
    for text in ("a", "Anna", "-"):
        talk.say(text)
    stricter = Talk(talk.booth, replace(FLOW, steps=[*FLOW.steps, step("place")]))
    answer = stricter.html(stricter.control(Action.submit))
    assert "place?" in answer
    assert "还差这一项" in answer


def test_every_button_of_every_screen_can_be_sent(talk: Talk) -> None:
    screens: list[Answer] = [talk.begin()]
    screens += [talk.say(text) for text in ("b", "x", "Anna", "-")]
    screens += [talk.control(Action.fields), talk.control(Action.field, at="name")]
    screens += [talk.begin(), talk.control(Action.later), talk.control(Action.cancel)]
    for screen in screens:
        for press in presses(screen):
            assert pack(press)


def test_what_begins_a_conversation_can_be_carried() -> None:
    assert pack(Begin("join")) == "cvb:join:-"
