"""A conversation to try the machine with, and one person who has it."""

from bot.chat.access import ANYONE
from bot.chat.call import Call
from bot.chat.conversation import machine
from bot.chat.conversation.model import (
    Action,
    Answers,
    Ask,
    Choose,
    Control,
    Conversation,
    Pick,
    Reply,
    Stay,
    Step,
)
from bot.chat.render import to_html
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import Listed, Plain, T
from bot.core.errors import BusinessError, StaleButton
from bot.features.drafts import service as drafts
from bot.features.drafts.models import Draft
from tests.chat.conftest import Booth, said


class Refused(BusinessError):
    key = "error.refused"


def _read(call: Call, reply: Reply, answers: Answers) -> object:
    del call, answers
    text = reply.choice if reply.message is None else reply.message.text
    if text == "bad":
        raise Refused
    if text == "old":
        raise StaleButton
    if text == "more":
        return Stay(T("home.home"), _seen=True)
    return text


def step(key: str, *, optional: bool = False, only_if: str | None = None) -> Step:
    return Step(
        key,
        Plain(key),
        lambda call, answers: Ask(Plain(f"{key}?"), [[Pick(Plain("one"), "1")]]),
        _read,
        lambda call, answers: Plain(answers[key]) if key in answers else None,
        optional=optional,
        when=None if only_if is None else lambda call, answers: answers.get("kind") == only_if,
    )


def _submit(call: Call, answers: Answers) -> Screen:
    if answers.get("name") == "refuse":
        raise Refused
    return Screen(Plain(str(sorted(answers.items()))))


FLOW = Conversation(
    name="join",
    needs=ANYONE,
    steps=[
        step("kind"),
        step("extra", only_if="b"),
        step("name"),
        step("note", optional=True),
    ],
    preview=lambda call, answers: Listed([Plain(f"{k}={v}") for k, v in sorted(answers.items())]),
    submit=_submit,
    begin=lambda call, arg: {} if arg is None else {"name": arg},
)


class Talk:
    """One person in one conversation."""

    def __init__(self, booth: Booth, flow: Conversation = FLOW) -> None:
        self.booth = booth
        self.flow = flow

    def begin(self, arg: str | None = None, words: str | None = None) -> Screen:
        message = None if words is None else said(words)
        return self.booth.do(lambda call: machine.start(self.flow, call, arg, message))

    def restart(self, arg: str | None = None) -> Screen:
        return self.booth.do(lambda call: machine.restart(self.flow, call, arg))

    def start_anew(self, arg: str | None = None) -> Screen:
        return self.booth.do(lambda call: machine.start_anew(self.flow, call, arg))

    def resume(self) -> Screen:
        return self.booth.do(lambda call: machine.resume(self.flow, call))

    def say(self, text: str) -> Screen:
        def run(call: Call) -> Screen:
            return machine.take(self.flow, call, active(call), Reply(message=call.message))

        return self.booth.do(run, said(text))

    def choose(self, value: str, at: str | None = None, draft_id: int | None = None) -> Answer:
        shown = self.draft()
        data = Choose("join", draft_id or shown.id, at or shown.step, value)
        return self.booth.do(lambda call: machine.choose(self.flow, call, data))

    def control(self, action: Action, at: str | None = None) -> Answer:
        shown = self.draft()
        data = Control("join", shown.id, action, shown.step if at is None else at)
        return self.booth.do(lambda call: machine.control(self.flow, call, data))

    def draft(self) -> Draft:
        found = self.booth.do(
            lambda call: drafts.find_draft(
                call.work,
                chat_id=call.place.chat_id,
                person_id=call.actor.person_id,
                flow=self.flow.name,
            )
        )
        assert found is not None
        return found

    def html(self, answer: Answer) -> str:
        assert isinstance(answer, Screen)
        return self.booth.do(lambda call: to_html(answer.text, call.voice("zh_CN")))


def active(call: Call) -> Draft:
    found = drafts.find_active(
        call.work, chat_id=call.place.chat_id, person_id=call.actor.person_id
    )
    assert found is not None
    return found


def presses(screen: Answer) -> list[object]:
    assert isinstance(screen, Screen)
    return [button.press for row in screen.rows for button in row if isinstance(button, Button)]


def actions(screen: Answer) -> list[Action]:
    return [press.action for press in presses(screen) if isinstance(press, Control)]
