"""Going through a conversation with everything bad at every step."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from bot.chat.conversation.model import Action, Choose, Control, Conversation
from bot.features.drafts.models import Draft, DraftState
from handlers import FEATURES
from tests.security.house import House, Outcome
from tests.security.things import Things

FILE = {"file_id": "f1", "file_unique_id": "u1", "file_size": 100}
DOCUMENT = {**FILE, "file_name": "方案.docx", "mime_type": "application/msword"}
MEGABYTES_21 = 21 * 2**20

TEXTS = (
    "长" * 5000,
    "\ud800\u202e\u200f",
    "<b>粗</b> & </i>",
    "2.5万余",
    "-1",
    "0" * 400,
    "2025年13月45日",
    "1999年1月1日",
    "{0} %s {name}",
)
MESSAGES: Mapping[str, dict[str, Any]] = {
    "photo": {"photo": [{**FILE, "width": 9, "height": 9}]},
    "photo with words": {"photo": [{**FILE, "width": 9, "height": 9}], "caption": "一段说明"},
    "sticker": {
        "sticker": {
            **FILE,
            "type": "regular",
            "width": 9,
            "height": 9,
            "is_animated": False,
            "is_video": False,
        }
    },
    "voice": {"voice": {**FILE, "duration": 3}},
    "video": {"video": {**FILE, "duration": 3, "width": 9, "height": 9}},
    "big file": {"document": {**DOCUMENT, "file_size": MEGABYTES_21}},
    "file without a name": {"document": FILE},
    "location": {"location": {"latitude": 34.0, "longitude": 118.0}},
    "forwarded contact": {"contact": {"phone_number": "+86", "first_name": "别人"}},
    "unknown": {"something_new": {"a": 1}},
}
HUGE = "9" * 20
"""More than any column holds."""
BEGINNINGS = (
    None, "", "x", "0", "-1", "999999999", HUGE, "①", "w2024-13-01", "nobody", "O9~x~1", f"1.{HUGE}",
    *(f"{letter}{number}" for letter in "ptlbr" for number in ("", "0", "x", HUGE)),
)  # fmt: skip
"""What a conversation can be said to be about by who forges a button."""
VALUES = (
    "", "x", "-1", "999999999", "d2024-13-99", "m2024-99", "p999", "p-", "u999", "r.nobody", "b99",
    "m.zzz", "last", "O9~x~1", "①", HUGE, "2024-13-99", "2024-13-99.2024-13-99",
    *(f"{letter}{number}" for letter in ("p", "l", "n", "h", "p.") for number in ("0", HUGE)),
    "w9", "k.nobody", "l999-30", "done",
)  # fmt: skip


async def _nothing(house: House) -> None:
    del house


@dataclass(frozen=True)
class Way:
    """The way through a conversation: who goes it, what it is about, and the good answers.

    An answer is text, `choose(…)`, `SKIP`, `SEND_FILE`, or a function that finds one of them out.
    `before` makes the house what it must be.
    """

    who: str
    answers: tuple[Any, ...]
    about: Callable[[Things], str | None] = lambda _: None
    before: Callable[[House], Awaitable[object]] = _nothing


def choose(value: str) -> tuple[str, str]:
    """Return a good answer that is a button."""
    return ("choose", value)


SKIP = ("skip", "")
SEND_FILE = ("document", "")


def conversation(flow: str) -> Conversation:
    [found] = [one for feature in FEATURES for one in feature.conversations if one.name == flow]
    return found


async def tried_everything(house: House, who: str, flow: str) -> list[str]:
    """Send everything bad at the present step and return what went wrong, as lines."""
    before = await draft_of(house, who, flow)
    problems = []
    for name, send in _bad(house, who, flow, before).items():
        outcome = await send()
        after = await found_draft(house, who, flow)
        if after is None:
            # The last step of a direct conversation took it for its answer.
            assert conversation(flow).direct, name
            assert outcome.settled, name
            await house.bot.write(lambda work: work.session.merge(before))
            continue
        wrong = _wrong(outcome, before, after)
        problems += [f"{flow} at {before.step!r}: {name}: {one}" for one in wrong]
        if _state(after) != _state(before):
            await _put_back(house, before)
    return problems


def _bad(
    house: House, who: str, flow: str, draft: Draft
) -> Mapping[str, Callable[[], Awaitable[Outcome]]]:
    texts = {f"text {text[:20]!r}": partial(house.say, who, text) for text in TEXTS}
    messages = {name: partial(house.send, who, fields) for name, fields in MESSAGES.items()}
    values = {
        f"value {value!r}": partial(house.press, who, Choose(flow, draft.id, draft.step, value))
        for value in VALUES
    }
    moves = {
        f"{action.name} {step!r}": partial(house.press, who, Control(flow, draft.id, action, step))
        for action in Action
        if action not in {Action.submit, Action.cancel}
        for step in ({draft.step, "nothing"} if action is Action.field else {draft.step})
    }
    forged = {
        f"forged {data!r}": partial(house.press, who, data)
        for data in (
            f"cvc:{flow}:{draft.id}",
            f"cvc:{flow}:999:{draft.step}:ok",
            f"cvx:{flow}:{draft.id}:zz:title",
            f"cvb:{flow}:garbage",
        )
    }
    edit = {"text": "改过", "edit_date": 2}
    edited = {"edited": partial(house.send, who, edit, "edited_message")}
    return texts | messages | values | moves | forged | edited


def _wrong(outcome: Outcome, before: Draft, after: Draft) -> list[str]:
    found = []
    if not outcome.settled:
        found.append("not handled at the first attempt")
    if not outcome.said:
        found.append("not answered")
    if "None" in outcome.said:
        found.append(f"shows None: {outcome.said[:80]}")
    lost = {
        key
        for key, value in before.answers.items()
        if value
        and not key.startswith("_")
        and key != before.step
        and after.answers.get(key) != value
    }
    if lost - {"photos", "text", "file", "position", "content"}:
        found.append(f"lost {sorted(lost)}")
    return found


async def answered(house: House, who: str, flow: str, answer: Any) -> Outcome:
    draft = await draft_of(house, who, flow)
    if callable(answer):
        answer = await answer(house)
    match answer:
        case ("choose", value):
            return await house.press(who, Choose(flow, draft.id, draft.step, value))
        case ("skip", _):
            return await house.press(who, Control(flow, draft.id, Action.skip, draft.step))
        case ("document", _):
            return await house.send(who, {"document": DOCUMENT})
    return await house.say(who, answer)


async def found_draft(house: House, who: str, flow: str) -> Draft | None:
    number = await house.person_id(who)
    return await house.bot.read(
        lambda view: view.session.scalar(
            select(Draft).where(Draft.person_id == number, Draft.flow == flow)
        )
    )


async def draft_of(house: House, who: str, flow: str) -> Draft:
    found = await found_draft(house, who, flow)
    assert found is not None, f"{who} has no draft of {flow}"
    return found


def _state(draft: Draft) -> tuple[object, ...]:
    return draft.id, draft.state, draft.step, draft.editing, draft.answers


async def _put_back(house: House, draft: Draft) -> None:
    """Let the draft be what it was, and the active one."""
    kept = {
        "state": DraftState.active.value,
        "step": draft.step,
        "editing": draft.editing,
        "answers": json.dumps(draft.answers),
    }
    await house.overwrite("draft", draft.id, kept)
