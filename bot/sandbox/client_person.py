"""A person in a test: says, presses, sends, and waits for what the bot shows."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from bot.sandbox.client_types import (
    LONGEST_WAIT_MS,
    JsonObject,
    PressAnswer,
    SimMessage,
    parsed_message,
)

Wanted = str | Callable[[SimMessage], bool]
_SHOWN = 30
_NEVER = 2**62
"""A cursor that nothing reaches."""


class Line(Protocol):
    """The connection that a person talks through."""

    def monotonic(self) -> float:
        """Return real seconds that never go back."""
        ...

    async def get(self, path: str, **query: Any) -> JsonObject:
        """Return the JSON at `path`."""
        ...

    async def post(self, path: str, body: JsonObject) -> JsonObject:
        """Post JSON to `path`."""
        ...

    async def upload(
        self, path: str, files: Sequence[tuple[str, bytes, str]], fields: JsonObject
    ) -> JsonObject:
        """Post files to `path`."""
        ...


class SimPerson:
    """One person in one chat: the private one with the bot, or a group after `in_group`.

    `expect` looks only at what came since the last match, so expectations follow each other.
    """

    def __init__(
        self, line: Line, person_id: int, first_name: str, *, chat: int | None = None
    ) -> None:
        """Speak for `person_id` in `chat`, None for the private chat."""
        self.id = person_id
        self.first_name = first_name
        self._line = line
        self._chat = chat
        self._cursor = 0

    def in_group(self, group_id: int) -> "SimPerson":
        """Return the same person in a group, with eyes of its own."""
        return SimPerson(self._line, self.id, self.first_name, chat=group_id)

    async def _do(self, verb: str, **body: Any) -> JsonObject:
        given = {"chat": self._chat, **body}
        kept = {name: value for name, value in given.items() if value is not None}
        return await self._line.post(f"/sim/people/{self.id}/{verb}", kept)

    # --- hands ------------------------------------------------------------------------------

    async def say(self, text: str, *, reply_to: int | None = None) -> int:
        """Write `text` and return the message's id."""
        return int((await self._do("text", text=text, reply_to=reply_to))["message_id"])

    async def start(self, payload: str = "") -> int:
        """Open the bot, by an invitation's link when there is a `payload`."""
        return await self.say(f"/start {payload}".strip())

    async def press(
        self,
        text: str | None = None,
        *,
        data: str | None = None,
        message_id: int | None = None,
        wait_ms: int = 10_000,
    ) -> PressAnswer:
        """Press the button with that `text` (or `data`, forged if none has it) and its answer.

        The newest message with such a button counts; a button of the reply keyboard writes its
        text. Raises SimRefused with the buttons there are when none fits.
        """
        shown = await self._do(
            "press", text=text, data=data, message_id=message_id, wait_ms=wait_ms
        )
        return PressAnswer(shown["text"], shown["alert"], shown["answered"], shown["url"])

    async def photo(
        self, content: bytes | None = None, *, caption: str | None = None, name: str = "photo.jpg"
    ) -> int:
        """Send a photo (a small one when `content` is None) and return the message's id."""
        if content is None:
            return int((await self._do("photo", caption=caption))["message_id"])
        return (await self._files("photo", [(name, content, "image/jpeg")], caption))[0]

    async def album(self, count: int, *, caption: str | None = None) -> list[int]:
        """Send `count` photos as one album and return the messages' ids."""
        shown = await self._do("photo", count=count, caption=caption)
        return [int(each) for each in shown["message_ids"]]

    async def document(
        self,
        name: str,
        content: bytes | None = None,
        *,
        size: int | None = None,
        caption: str | None = None,
        mime: str = "application/octet-stream",
        kind: str | None = None,
    ) -> int:
        """Send a file and return the message's id; without `content` one of `size` bytes.

        `kind` (video, audio, voice) sends it as such; None as a document.
        """
        if content is not None:
            files = [(name, content, mime)]
            return (await self._files("document", files, caption, kind=kind))[0]
        body = {"name": name, "size": size or 0, "mime": mime, "caption": caption, "kind": kind}
        return int((await self._do("document", **body))["message_id"])

    async def _files(
        self,
        verb: str,
        files: Sequence[tuple[str, bytes, str]],
        caption: str | None,
        *,
        kind: str | None = None,
    ) -> list[int]:
        fields = {"chat": self._chat, "caption": caption, "kind": kind}
        given = {name: value for name, value in fields.items() if value is not None}
        shown = await self._line.upload(f"/sim/people/{self.id}/{verb}", files, given)
        return [int(each) for each in shown["message_ids"]]

    async def location(self, latitude: float, longitude: float) -> int:
        """Send a point on the map, in degrees, and return the message's id."""
        shown = await self._do("location", latitude=latitude, longitude=longitude)
        return int(shown["message_id"])

    async def contact(
        self, phone_number: str, first_name: str | None = None, *, user_id: int | None = None
    ) -> int:
        """Send a contact; it is one's own only with one's own `user_id`."""
        shown = await self._do(
            "contact", phone_number=phone_number, first_name=first_name, user_id=user_id
        )
        return int(shown["message_id"])

    async def edit(self, message_id: int, text: str) -> None:
        """Change the text of an own message."""
        await self._do("edit", message_id=message_id, text=text)

    async def update(self, **fields: Any) -> int:
        """Send a message with any fields of the Bot API's Message, such as a sticker."""
        return int((await self._do("update", **fields))["message_id"])

    async def block(self) -> None:
        """Block the bot."""
        await self._do("block")

    async def unblock(self) -> None:
        """Let the bot write again."""
        await self._do("unblock")

    # --- eyes -------------------------------------------------------------------------------

    async def _look(self, after: int, wait_ms: int = 0) -> tuple[list[SimMessage], int]:
        shown = await self._line.get(
            f"/sim/people/{self.id}/messages", after=after, wait_ms=wait_ms, chat=self._chat
        )
        return [parsed_message(view) for view in shown["messages"]], int(shown["cursor"])

    async def messages(self) -> list[SimMessage]:
        """Return everything in the chat as it stands now, deleted messages left out."""
        found, _ = await self._look(0)
        return sorted((each for each in found if not each.deleted), key=lambda each: each.id)

    async def last(self) -> SimMessage:
        """Return the bot's newest message; raises AssertionError when there is none."""
        for message in reversed(await self.messages()):
            if message.from_bot:
                return message
        raise AssertionError(f"the bot has said nothing to {self.first_name}")

    async def keyboard(self) -> list[list[str]] | None:
        """Return the texts of the reply keyboard that stands under the chat, None without one."""
        shown = await self._line.get(
            f"/sim/people/{self.id}/messages", after=_NEVER, chat=self._chat
        )
        if shown["keyboard"] is None:
            return None
        return [[button["text"] for button in row] for row in shown["keyboard"]]

    async def skip(self) -> None:
        """Look away from everything so far: `expect` goes on from here."""
        _, self._cursor = await self._look(self._cursor)

    async def expect(self, wanted: Wanted = "", *, timeout_s: float = 20.0) -> SimMessage:
        """Wait for a message (new or edited) of the bot that holds a text or fits a test.

        Everything up to the match is used up. Raises AssertionError with what came instead when
        `timeout_s` real seconds pass.
        """
        deadline = self._line.monotonic() + timeout_s
        came: list[SimMessage] = []
        after = self._cursor
        while True:
            left_ms = max(int((deadline - self._line.monotonic()) * 1000), 0)
            found, after = await self._look(after, min(left_ms, LONGEST_WAIT_MS))
            for message in found:
                if message.from_bot and not message.deleted:
                    came.append(message)
                    if _fits(message, wanted):
                        self._cursor = message.cursor
                        return message
            if left_ms == 0:
                raise AssertionError(self._complaint(wanted, came, timeout_s))

    async def expect_nothing(self, *, within_s: float) -> None:
        """Check that the bot stays silent for `within_s` real seconds; raises AssertionError."""
        try:
            message = await self.expect(timeout_s=within_s)
        except AssertionError:
            return
        raise AssertionError(f"{self.first_name} expected silence, but got {message.shown()}")

    def _complaint(self, wanted: Wanted, came: list[SimMessage], timeout_s: float) -> str:
        name = wanted if isinstance(wanted, str) else getattr(wanted, "__name__", "a test")
        lines = [message.shown() for message in came[-_SHOWN:]] or ["nothing"]
        head = f"{self.first_name} waited {timeout_s} s for {name!r} and saw:"
        return "\n  ".join([head, *lines])


def _fits(message: SimMessage, wanted: Wanted) -> bool:
    return wanted in message.text if isinstance(wanted, str) else wanted(message)
