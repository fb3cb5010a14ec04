"""What the test client gives back: messages, answers and calls as records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]
LONGEST_WAIT_MS = 30_000
"""So long one request waits for something to happen; who waits longer asks again."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it carries data, opens a url or copies a text."""

    text: str
    data: str | None = None
    url: str | None = None
    style: str | None = None
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class SimFile:
    """A file of a message; `url` is relative to the sandbox's address.

    `size` is in bytes; `width` and `height` in pixels, None for what is no picture.
    """

    kind: str
    name: str
    mime: str
    size: int | None
    width: int | None
    height: int | None
    file_id: str
    url: str


@dataclass(frozen=True, slots=True)
class SimMessage:
    """A message as its person sees it now; `date` is in Unix seconds of the simulated clock."""

    id: int
    chat: int
    date: int
    sender: str | int
    """"bot" or a person's id."""
    text: str
    """The text, or the caption of a file."""
    html: str
    cursor: int
    edited: bool
    deleted: bool
    buttons: tuple[tuple[Button, ...], ...] = ()
    reply_keyboard: tuple[tuple[str, ...], ...] | None = None
    """The buttons' texts when the message brought a reply keyboard, else None."""
    removes_keyboard: bool = False
    file: SimFile | None = None
    album: str | None = None
    reply_to: int | None = None
    raw: JsonObject = field(default_factory=dict, repr=False, compare=False)

    @property
    def from_bot(self) -> bool:
        """Whether the bot sent it."""
        return self.sender == "bot"

    @property
    def button_texts(self) -> list[str]:
        """The texts of the inline buttons, row by row."""
        return [button.text for row in self.buttons for button in row]

    def button(self, text: str) -> Button:
        """Return the inline button with that text, or that text in it; raises AssertionError."""
        buttons = [button for row in self.buttons for button in row]
        for button in buttons:
            if button.text == text:
                return button
        for button in buttons:
            if text in button.text:
                return button
        raise AssertionError(f"no button {text!r} among {self.button_texts} under {self.text!r}")

    def shown(self) -> str:
        """Return the message in one line, for the message of an assertion."""
        marks = "".join(
            mark
            for mark, holds in (
                (" (edited)", self.edited),
                (" (deleted)", self.deleted),
                (f" [{self.file.name}]" if self.file is not None else "", self.file is not None),
            )
            if holds
        )
        buttons = f" {self.button_texts}" if self.buttons else ""
        return f"#{self.id}{marks} {self.sender}: {self.text!r}{buttons}"


def parsed_message(view: JsonObject) -> SimMessage:
    """Return the record for what the sandbox shows."""
    keyboard: Sequence[Sequence[JsonObject]] | None = view.get("reply_keyboard")
    file = view["file"]
    return SimMessage(
        id=view["id"],
        chat=view["chat"],
        date=view["date"],
        sender=view["from"],
        text=view["text"],
        html=view["html"],
        cursor=view["cursor"],
        edited=view["edited"],
        deleted=view["deleted"],
        buttons=tuple(tuple(Button(**button) for button in row) for row in view["buttons"]),
        reply_keyboard=None
        if keyboard is None
        else tuple(tuple(button["text"] for button in row) for row in keyboard),
        removes_keyboard="reply_keyboard" in view and keyboard is None,
        file=SimFile(**file) if file is not None else None,
        album=view["album"],
        reply_to=view["reply_to"],
        raw=view,
    )


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """What the bot answered to a pressed button; `answered` is False when it did not in time."""

    text: str | None
    alert: bool
    answered: bool
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SimCall:
    """One Bot API call; `at` and `done_at` are real Unix seconds."""

    n: int
    method: str
    params: JsonObject
    status: int
    result: Any
    """The result, or the whole refusal when status is not 200."""
    at: float
    done_at: float
    fault: str | None = None

    @property
    def ok(self) -> bool:
        """Whether Telegram would have accepted it."""
        return self.status == 200  # noqa: PLR2004  # HTTP OK


def parsed_call(shown: JsonObject) -> SimCall:
    """Return the record for a call that the sandbox shows."""
    return SimCall(
        n=shown["n"],
        method=shown["method"],
        params=shown["params"],
        status=shown["status"],
        result=shown["result"] if "result" in shown else shown["answer"],
        at=shown["at"],
        done_at=shown["done_at"],
        fault=shown.get("fault"),
    )


class SimRefused(Exception):
    """The sandbox says that no person could do this; `status` and `answer` tell why."""

    def __init__(self, status: int, answer: JsonObject) -> None:
        """Keep the HTTP status and the whole answer."""
        super().__init__(f"{status}: {answer}")
        self.status = status
        self.answer = answer
