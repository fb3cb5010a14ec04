"""How a conversation moves: every answer is kept and nothing is asked twice."""

from dataclasses import replace

import pytest

from bot.chat.conversation.model import (
    PREVIEW,
    Action,
    Control,
)
from bot.chat.screen import Screen, Toast
from bot.chat.text import Plain
from bot.core.errors import StaleButton
from tests.chat.conftest import Booth
from tests.chat.talking import FLOW, Talk, actions, presses


@pytest.fixture
def talk(booth: Booth) -> Talk:
    """Return a conversation that has not begun."""
    return Talk(booth)


def test_steps_are_asked_in_order_and_the_preview_comes_last(talk: Talk) -> None:
    assert "第1/3步" in talk.html(talk.begin())
    assert "第2/3步" in talk.html(talk.say("a"))
    assert "第3/3步" in talk.html(talk.say("Anna"))
    preview = talk.say("-")
    assert "kind=a" in talk.html(preview)
    assert actions(preview)[0] is Action.submit
    receipt = talk.control(Action.submit)
    assert receipt == Screen(Plain("[('kind', 'a'), ('name', 'Anna'), ('note', '-')]"))
    with pytest.raises(AssertionError):
        talk.draft()


def test_a_step_is_asked_only_where_it_is_wanted(talk: Talk) -> None:
    talk.begin()
    assert "extra?" in talk.html(talk.say("b"))
    assert talk.draft().step == "extra"


def test_a_refused_answer_is_asked_again_with_its_sentence(talk: Talk) -> None:
    talk.begin()
    again = talk.html(talk.say("bad"))
    assert "kind?" in again
    assert "现在不能做" in again
    assert talk.draft().answers == {}


def test_a_step_may_stay_and_keep_what_it_noted(talk: Talk) -> None:
    talk.begin()
    assert "首页" in talk.html(talk.say("more"))
    assert (talk.draft().step, talk.draft().answers) == ("kind", {"_seen": True})


def test_a_direct_conversation_is_submitted_with_its_last_answer(booth: Booth) -> None:
    talk = Talk(booth, replace(FLOW, direct=True))
    talk.begin()
    talk.say("a")
    talk.say("Anna")
    assert talk.say("-") == Screen(Plain("[('kind', 'a'), ('name', 'Anna'), ('note', '-')]"))
    with pytest.raises(AssertionError):
        talk.draft()


def test_a_direct_conversation_that_is_refused_keeps_everything(booth: Booth) -> None:
    talk = Talk(booth, replace(FLOW, direct=True))
    talk.begin()
    talk.say("a")
    talk.say("refuse")
    refused = talk.html(talk.say("-"))
    assert "现在不能做" in refused
    assert "name=refuse" in refused
    assert talk.draft().step == PREVIEW


def test_a_button_answers_its_step(talk: Talk) -> None:
    talk.begin()
    assert "name?" in talk.html(talk.choose("1"))
    assert talk.draft().answers == {"kind": "1"}


def test_a_button_of_an_earlier_step_changes_nothing(talk: Talk) -> None:
    talk.begin()
    talk.say("a")
    assert isinstance(talk.choose("1", at="kind"), Toast)
    assert isinstance(talk.control(Action.skip, at="kind"), Toast)
    assert talk.draft().answers == {"kind": "a"}


def test_going_back_asks_again_and_forward_asks_nothing_twice(talk: Talk) -> None:
    talk.begin()
    talk.say("a")
    talk.say("Anna")
    assert "name?" in talk.html(talk.control(Action.back))
    assert "kind?" in talk.html(talk.control(Action.back))
    assert "note?" in talk.html(talk.say("c"))
    assert talk.draft().answers == {"kind": "c", "name": "Anna"}


def test_going_back_from_the_first_step_stays_there(talk: Talk) -> None:
    first = talk.begin()
    assert Action.back not in actions(first)
    assert "kind?" in talk.html(talk.control(Action.back))


def test_going_back_from_the_preview_leads_to_the_last_step(talk: Talk) -> None:
    talk.begin()
    for text in ("a", "Anna", "-"):
        talk.say(text)
    assert "note?" in talk.html(talk.control(Action.back))


def test_only_what_is_optional_can_be_skipped(talk: Talk) -> None:
    first = talk.begin()
    assert Action.skip not in actions(first)
    with pytest.raises(StaleButton):
        talk.control(Action.skip)
    talk.say("a")
    assert Action.skip in actions(talk.say("Anna"))
    assert "kind=a" in talk.html(talk.control(Action.skip))
    assert "note" not in talk.draft().answers


def test_one_field_is_changed_and_the_same_preview_comes_back(talk: Talk) -> None:
    talk.begin()
    for text in ("a", "Anna", "-"):
        talk.say(text)
    fields = talk.control(Action.fields)
    assert [press.step for press in presses(fields) if isinstance(press, Control)][:3] == [
        "kind",
        "name",
        "note",
    ]
    editing = talk.control(Action.field, at="name")
    assert "改：name" in talk.html(editing)
    assert "name=Berta" in talk.html(talk.say("Berta"))
    assert talk.draft().step == PREVIEW


def test_a_changed_field_asks_for_what_it_makes_necessary(talk: Talk) -> None:
    talk.begin()
    for text in ("a", "Anna", "-"):
        talk.say(text)
    talk.control(Action.field, at="kind")
    assert "extra?" in talk.html(talk.say("b"))
    assert "extra=x" in talk.html(talk.say("x"))


def test_a_change_can_be_given_up(talk: Talk) -> None:
    talk.begin()
    for text in ("a", "Anna", "-"):
        talk.say(text)
    talk.control(Action.field, at="name")
    assert "name=Anna" in talk.html(talk.control(Action.preview))
    talk.control(Action.field, at="name")
    assert "name=Anna" in talk.html(talk.control(Action.back))


def test_a_field_that_is_not_asked_cannot_be_changed(talk: Talk) -> None:
    talk.begin()
    talk.say("a")
    for field in ("extra", "nothing"):
        with pytest.raises(StaleButton):
            talk.control(Action.field, at=field)


def test_a_message_at_the_preview_says_what_to_press(talk: Talk) -> None:
    talk.begin()
    for text in ("a", "Anna", "-"):
        talk.say(text)
    assert "请按“提交”" in talk.html(talk.say("yes"))


def test_a_refused_submission_keeps_everything(talk: Talk) -> None:
    talk.begin()
    for text in ("a", "refuse", "-"):
        talk.say(text)
    assert "现在不能做" in talk.html(talk.control(Action.submit))
    assert talk.draft().answers["name"] == "refuse"
    talk.control(Action.field, at="name")
    talk.say("Anna")
    assert talk.html(talk.control(Action.submit)).startswith("[(")
