"""What the office sees before people would have to go: who, and the choice (VOL-01)."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.posts.buttons import Lowering, LowerPlaces
from bot.chat.cards.posts.office import RESIZE_POST
from bot.chat.cards.posts.words import label, when
from bot.chat.conversation.model import Ask, Pick, Restart
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, T, Text
from bot.features.posts.lowering import Leaver
from bot.features.posts.lowering import Lowering as Found
from bot.features.posts.models import Post

ON = "on"
"""The value of the button that goes on where nobody has to go any more."""
_NAMES = 20


def ask(call: Call, post: Post, capacity: int, found: Found) -> Ask:
    """Ask what becomes of those for whom there would be no place."""
    if not found.leavers:
        on = Pick(T("conversation.go_on"), ON, Style.primary)
        return Ask(T("lowering.fits", capacity=capacity), [[on]])
    looks = any(one.looks for one in found.leavers)
    text = Lines(
        T("lowering.ask", label=label(post, call.config), capacity=capacity, held=found.held),
        when(post),
        BLANK,
        T("lowering.who_looking" if looks else "lowering.who"),
        *_names(found.leavers),
    )
    return Ask(
        text,
        [
            [_button(T("lowering.keep", held=found.held), post, capacity, Lowering.keep, found)],
            [
                _button(
                    T("lowering.put_out", people=found.people), post, capacity, Lowering.ask, found
                )
            ],
        ],
    )


def preview(call: Call, post: Post, capacity: int, found: Found, note: Text | None) -> Screen:
    """Name everybody who would go, and ask whether to let them go; `note` stands above."""
    goes = bool(found.leavers)
    parts: Sequence[Text | None] = (
        T(
            "lowering.preview",
            label=label(post, call.config),
            people=found.people,
            before=post.capacity,
            capacity=capacity,
        ),
        when(post),
        BLANK,
        *_names(found.leavers),
        BLANK,
        T("lowering.preview_tells"),
    )
    sure = T("lowering.sure", people=found.people)
    if not goes:
        parts = (T("lowering.fits", capacity=capacity),)
        sure = T("lowering.set", capacity=capacity)
    style = Style.danger if goes else Style.primary
    keep = T("lowering.keep", held=found.held)
    return Screen(
        Lines(*((note, BLANK) if note else ()), *(part for part in parts if part is not None)),
        [
            [_button(sure, post, capacity, Lowering.put_out, found, style)],
            [
                *([_button(keep, post, capacity, Lowering.keep, found)] if goes else []),
                Button(T("lowering.back"), Restart(RESIZE_POST, str(post.id))),
            ],
        ],
        protected=True,
    )


def _button(
    text: Text,
    post: Post,
    capacity: int,
    how: Lowering,
    found: Found,
    style: Style = Style.plain,
) -> Button:
    return Button(text, LowerPlaces(post.id, capacity, how, found.stamp), style)


def _names(leavers: Sequence[Leaver]) -> list[Text]:
    lines = [_line(one) for one in leavers[:_NAMES]]
    more = len(leavers) - _NAMES
    return [*lines, T("lowering.more", names=more)] if more > 0 else lines


def _line(one: Leaver) -> Text:
    parts = [
        T("lowering.name", name=one.name),
        T("others.with", companions=one.size - 1) if one.size > 1 else None,
        T("lowering.looks") if one.looks else None,
        T("lowering.ward") if one.waits else None,
    ]
    return Listed([part for part in parts if part is not None], between=" · ")
