"""How a conversation is declared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.chat.access import Needs
from bot.chat.call import Call, Incoming
from bot.chat.callback import callback
from bot.chat.screen import Button, LinkButton, Row, Screen, Style
from bot.chat.text import T, Text

Answers = dict[str, Any]
"""What was given so far, by step, as JSON values; a step's own notes begin with "_"."""

PREVIEW = ""
"""The step of a draft that has everything and waits for its submission."""


@callback("cvb", shows=True)
@dataclass(frozen=True)
class Begin:
    """Begins the conversation `flow`; `arg` is what it is about."""

    flow: str
    arg: str | None = None


@callback("cvr")
@dataclass(frozen=True)
class Resume:
    """Takes up the unfinished draft of `flow`, or brings back the cancelled one."""

    flow: str


@callback("cvn")
@dataclass(frozen=True)
class Restart:
    """Begins `flow` anew and drops its unfinished draft."""

    flow: str
    arg: str | None = None


@callback("cvc")
@dataclass(frozen=True)
class Choose:
    """Answers `step` of a draft with one of the offered values."""

    flow: str
    draft_id: int
    step: str
    value: str


class Action(StrEnum):
    """What the buttons below every step do."""

    back = "b"
    skip = "s"
    later = "l"
    cancel = "c"
    fields = "f"
    field = "e"
    preview = "p"
    submit = "ok"


@callback("cvx")
@dataclass(frozen=True)
class Control:
    """Moves in a draft; `step` is the step shown, or the field to change."""

    flow: str
    draft_id: int
    action: Action
    step: str


@dataclass(frozen=True)
class Pick:
    """A button that answers the step with `value` (letters, digits, `-`, `_`, `.`)."""

    text: Text
    value: str
    style: Style = Style.plain


@dataclass(frozen=True)
class Ask:
    """What a step asks: the question and the answers it offers as buttons.

    `inner` is a page further inside the step that has its own way back to the step's first page, so
    that there are not two ways back that lead to different places.
    """

    text: Text
    rows: Sequence[Sequence[Pick | Button | LinkButton]] = ()
    inner: bool = False


@dataclass(frozen=True)
class Reply:
    """What came back: a message, or the value of a button."""

    message: Incoming | None = None
    choice: str | None = None


@dataclass(frozen=True, init=False)
class Stay:
    """An answer that leaves its step open: `updates` are kept and the step asks again.

    `note` is said above the question.
    """

    updates: Mapping[str, Any]
    note: Text | None

    def __init__(self, note: Text | None = None, /, **updates: Any) -> None:
        """Take what is to be kept."""
        object.__setattr__(self, "updates", updates)
        object.__setattr__(self, "note", note)


@dataclass(frozen=True, init=False)
class Also:
    """An answer that gave later steps' answers with it: `value` is the step's own.

    What was given with it is not asked.
    """

    value: Any
    others: Mapping[str, Any]

    def __init__(self, value: Any, /, **others: Any) -> None:
        """Take the step's value, and by the keys of their steps what else was given."""
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "others", others)


@dataclass(frozen=True)
class Step:
    """One question.

    `ask` makes it; `read` turns the reply into a JSON value, or returns `Stay` or `Also`, or raises
    a BusinessError, whose sentence is shown above the same question. `show` is the value on the
    preview and in the list of fields (None: nothing given). `when` leaves the step out.
    """

    key: str
    label: Text
    ask: Callable[[Call, Answers], Ask]
    read: Callable[[Call, Reply, Answers], Any]
    show: Callable[[Call, Answers], Text | None]
    optional: bool = False
    when: Callable[[Call, Answers], bool] | None = None


def no_answers(call: Call, arg: str | None) -> Answers:
    """Begin with nothing given."""
    del call, arg
    return {}


def no_offer(call: Call, answers: Answers, draft_id: int) -> Sequence[Row]:
    """Put nothing more under the card."""
    del call, answers, draft_id
    return ()


def nothing_beside(call: Call, answers: Answers) -> Sequence[Screen]:
    """Send nothing beside the card."""
    del call, answers
    return ()


@dataclass(frozen=True)
class Conversation:
    """An ordered list of steps, a preview, and what submitting does.

    `name` is at most 10 characters. `begin` gives the first answers from the `arg` of its
    `Begin` button. `submit` makes the thing and returns the receipt; a
    BusinessError leaves the draft at its preview. `add` is asked before the step (PREVIEW: the
    card) what it makes of a reply; None leaves it to the step. `offer` puts further buttons under
    the card; `beside` gives messages that follow it, such as what will be sent as it will look.
    `direct` submits with the last answer, for what can be changed or taken back
    afterwards; the preview then only shows what was refused. Raise `version` when the steps change.
    `title` is the catalogue's text `flow.<name>`. `aliases` begin it as `command` does; no menu
    lists them.
    """

    name: str
    needs: Needs
    steps: Sequence[Step]
    preview: Callable[[Call, Answers], Text]
    submit: Callable[[Call, Answers], Screen]
    begin: Callable[[Call, str | None], Answers] = no_answers
    add: Callable[[Call, Reply, Answers, str], Stay | None] | None = None
    offer: Callable[[Call, Answers, int], Sequence[Row]] = no_offer
    beside: Callable[[Call, Answers], Sequence[Screen]] = nothing_beside
    command: str | None = None
    aliases: Sequence[str] = ()
    version: int = 1
    direct: bool = False
    submit_label: Text = field(default_factory=lambda: T("conversation.submit"))

    @property
    def title(self) -> Text:
        """What the conversation is called."""
        return T(f"flow.{self.name}")
