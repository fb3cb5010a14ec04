"""Updates that nobody should send, made from a seed: sound but nasty ones, and broken ones."""

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.chat import callback

PEOPLE = range(2001, 2041)
GROUPS = (-3001, -3002)
MARK = "zq7"
"""Stands in every text of a fuzzed update, to be looked for in the log."""

_NASTY = (
    "\x00\x01\x02",
    "\ud800",
    "\udfff\ud83d",
    "\u202eتجربة\u2066",
    "\u200f\u200e",
    "<b>&amp;</i><script>",
    "😀" * 200,
    "\U0010ffff",
    "%s %(x)s {0} {x} {{}}",
    "'; DROP TABLE person; --",
    "\n" * 50,
    "　" * 30,
    "0" * 4096,
    "１２３万余",
    "-1",
    "1e400",
    "",
    " ",
    "/",
    "//help",
    "/help@",
    "@sandbox_bot",
    "𝟛𝟘人",
    "a\u0301" * 500,
)
_COMMANDS = (
    "start", "help", "report", "tasks", "posts", "mine", "newpost", "notice", "month", "missing",
    "units", "invite", "digest", "privacy", "mydata", "lang", "cancel", "unknown", "START",
)  # fmt: skip
_KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query",
    "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "message_reaction",
    "business_message", "chat_boost", "quantum_message",
)  # fmt: skip
_MEDIA = ("photo", "document", "video", "voice", "audio", "sticker", "animation", "video_note")


@dataclass(frozen=True)
class Fuzzed:
    """One update; a `sound` one has the types that the Bot API promises, however nasty."""

    update: dict[str, Any]
    sound: bool


class Fuzzer:
    """Makes updates; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        """Begin at the beginning of `seed`."""
        self._random = random.Random(seed)
        self._number = 0

    def next(self) -> Fuzzed:
        """Return another update: two in three are sound."""
        self._number += 1
        roll = self._random.random()
        if roll < 0.65:
            return Fuzzed(self._sound(), sound=True)
        if roll < 0.9:
            kind = self._random.choice(_KINDS)
            return Fuzzed({kind: self._anything(depth=0)}, sound=False)
        return Fuzzed(self._broken(self._sound()), sound=False)

    # --- sound ones -------------------------------------------------------------------------

    def _sound(self) -> dict[str, Any]:
        makers: tuple[Callable[[], dict[str, Any]], ...] = (
            self._written,
            self._written,
            self._commanded,
            self._pressed,
            self._pressed,
            self._pressed,
            self._media,
            self._service,
            self._membership,
            self._unknown,
        )
        return self._random.choice(makers)()

    def _user(self) -> dict[str, Any]:
        return {
            "id": self._random.choice(PEOPLE),
            "is_bot": False,
            "first_name": self._text() or "-",
            "language_code": self._random.choice(("zh-hans", "en", "", "x" * 35)),
        }

    def _chat(self, user: dict[str, Any]) -> dict[str, Any]:
        if self._random.random() < 0.1:
            return {"id": self._random.choice(GROUPS), "type": "group", "title": self._text()}
        return {"id": user["id"], "type": "private", "first_name": user["first_name"]}

    def _message(self, **content: Any) -> dict[str, Any]:
        user = self._user()
        message = {
            "message_id": self._random.randrange(1, 10**6),
            "date": self._random.choice((0, 1_717_376_400, 2**31 - 1)),
            "chat": self._chat(user),
            "from": user,
            **content,
        }
        if self._random.random() < 0.1:
            replied = {key: message[key] for key in ("date", "chat")}
            message["reply_to_message"] = {**replied, "message_id": 5}
        return message

    def _written(self) -> dict[str, Any]:
        kind = self._random.choice(("message", "message", "message", "edited_message"))
        return {kind: self._message(text=self._text())}

    def _commanded(self) -> dict[str, Any]:
        command = f"/{self._random.choice(_COMMANDS)}"
        text = f"{command} {self._text()}" if self._random.random() < 0.5 else command
        entity = {"type": "bot_command", "offset": 0, "length": len(command)}
        return {"message": self._message(text=text, entities=[entity])}

    def _pressed(self) -> dict[str, Any]:
        user = self._user()
        card: dict[str, Any] = {
            "message_id": self._random.randrange(1, 10**6),
            "date": self._random.choice((0, 1_717_376_400)),
            "chat": {"id": user["id"], "type": "private", "first_name": "x"},
            "text": self._text() or "-",
        }
        query: dict[str, Any] = {
            "id": str(self._random.randrange(10**18)),
            "from": user,
            "chat_instance": "1",
            "data": self._data(),
        }
        if self._random.random() < 0.9:
            query["message"] = card
        return {"callback_query": query}

    def _data(self) -> str:
        """Return forged button data: a known prefix, now and then, with any fields."""
        prefix = self._random.choice((*callback.kinds(), "zz", ""))
        fields = [self._field() for _ in range(self._random.randrange(5))]
        return ":".join([prefix, *fields]).encode("utf-8", "replace")[:64].decode("utf-8", "ignore")

    def _field(self) -> str:
        return self._random.choice(
            ("1", "0", "-", "-1", "999999999999999999", "2024-06-03", "2024-13-99", "report", "b",
             "ok", "admin", "contact", "notice", "title", "content", "x" * 30, "9" * 19, "①", "",
             "00", "O1", "2024-06", "\x00", "text", "photos", "C2")
        )  # fmt: skip

    def _media(self) -> dict[str, Any]:
        kind = self._random.choice(_MEDIA)
        file = {
            "file_id": f"file{self._number}",
            "file_unique_id": f"unique{self._number}",
            "file_size": self._random.choice((0, 100, 21 * 2**20, 2**31)),
        }
        shape = {"width": 1, "height": 1, "duration": 1, "length": 1}
        sticker = {"type": "regular", "is_animated": False, "is_video": False}
        content = {**file, **shape, **(sticker if kind == "sticker" else {})}
        if kind == "document":
            content["file_name"] = self._text()
        fields = {kind: [content] if kind == "photo" else content, "caption": self._text()}
        if self._random.random() < 0.3:
            fields["media_group_id"] = f"album{self._random.randrange(20)}"
        return {"message": self._message(**fields)}

    def _service(self) -> dict[str, Any]:
        number = float(self._random.randrange(-90, 90))
        fields = self._random.choice(
            (
                {"location": {"latitude": number, "longitude": number}},
                {"contact": {"phone_number": self._text(), "first_name": self._text()}},
                {"dice": {"emoji": "🎲", "value": 3}},
                {"new_chat_title": self._text()},
                {"delete_chat_photo": True},
                {
                    "pinned_message": {
                        "message_id": 1,
                        "date": 0,
                        "chat": {"id": 1, "type": "group"},
                    }
                },
                {"poll": _POLL},
                {"venue": _VENUE},
                {"future_content": {"any": self._text()}},
                {},
            )
        )
        return {"message": self._message(**fields)}

    def _membership(self) -> dict[str, Any]:
        user = self._user()
        bot = {"id": 424242, "is_bot": True, "first_name": "bot", "username": "sandbox_bot"}
        return {
            "my_chat_member": {
                "chat": self._chat(user),
                "from": user,
                "date": 1,
                "old_chat_member": {"status": "member", "user": bot},
                "new_chat_member": {"status": "left", "user": bot},
            }
        }

    def _unknown(self) -> dict[str, Any]:
        return {f"kind_{self._random.randrange(5)}": {"text": self._text(), "from": self._user()}}

    def _text(self) -> str:
        nasty = self._random.choice(_NASTY)
        return f"{nasty}{MARK}{self._number}{nasty[::-1]}"[:4096]

    # --- broken ones ------------------------------------------------------------------------

    def _anything(self, depth: int) -> Any:
        roll = self._random.randrange(10 if depth < 6 else 7)
        simple: tuple[Any, ...] = (
            None, True, -1, 2**70, 1.5, self._text(), "x" * 20_000,
        )  # fmt: skip
        if roll < len(simple):
            return simple[roll]
        size = self._random.randrange(5)
        if roll == len(simple):
            return [self._anything(depth + 1) for _ in range(size)]
        if roll == len(simple) + 1:
            return _deep(self._random.randrange(100, 300))
        return {self._key(): self._anything(depth + 1) for _ in range(size)}

    def _key(self) -> str:
        return self._random.choice(
            ("id", "from", "chat", "text", "message", "date", "type", "data", "entities",
             "message_id", "photo", "\ud800", "")
        )  # fmt: skip

    def _broken(self, update: dict[str, Any]) -> dict[str, Any]:
        """Return `update` with up to three of its values taken away or of another type."""
        broken = copy.deepcopy(update)
        places = list(_places(broken))
        for holder, key in self._random.sample(places, min(len(places), 3)):
            if isinstance(holder, dict) and self._random.random() < 0.4:
                holder.pop(key, None)
            else:
                holder[key] = self._anything(depth=4)
        return broken


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place inside `value` as its holder and the key or index in it."""
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    else:
        return []
    return [(value, key) for key, _ in items] + [
        place for _, inner in items for place in _places(inner)
    ]


def _deep(levels: int) -> Any:
    value: Any = "deep"
    for _ in range(levels):
        value = {"reply_to_message": [value]}
    return value


_POLL = {
    "id": "1",
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
_VENUE = {"location": {"latitude": 1.0, "longitude": 1.0}, "title": "t", "address": "a"}
