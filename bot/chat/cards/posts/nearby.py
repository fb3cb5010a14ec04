"""Posts near a sent location (screens 6)."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import PostPlaces, PostsOn
from bot.chat.cards.posts.lists import actions
from bot.chat.cards.posts.roles import role_texts
from bot.chat.cards.posts.words import figures, group_label, label, mark, when
from bot.chat.screen import Ask, Button, Key, Screen
from bot.chat.text import BLANK, Lines, T, Text
from bot.features.posts.nearby import Near

_KM = 1000
_NEXT_DOOR = 100


def ask_location() -> Screen:
    """Ask for a location by a key."""
    return Screen(T("nearby.ask"), keys=[[Key(T("nearby.send"), Ask.location)]], new=True)


def near_list(call: Call, found: Sequence[Near], *, days: int) -> Screen:
    """Return posts, the nearest first, with how far they are."""
    ways = [
        [Button(T("posts.by_day"), PostsOn(None, 1)), Button(T("posts.by_place"), PostPlaces(1))],
        [home_button()],
    ]
    if not found:
        return Screen(T("nearby.none", days=days), ways)
    entries = [_entry(call, number, one) for number, one in enumerate(found, 1)]
    return Screen(
        Lines(T("nearby.head"), T("nearby.how", days=days), BLANK, *entries),
        [*actions(call, [one.listed for one in found]), *ways],
    )


def _entry(call: Call, number: int, one: Near) -> Text:
    post, roles = one.listed.post, one.listed.roles
    time, far = when(post), distance(one.metres)
    if not roles:
        return Lines(
            T("posts.entry", mark=mark(number), label=label(post, call.config)),
            T("nearby.entry", time=time, figures=figures(post), distance=far),
        )
    return Lines(
        T(
            "posts.entry",
            mark=mark(number),
            label=group_label([role.post for role in roles], call.config),
        ),
        T("nearby.entry_roles", time=time, distance=far),
        *(T("planning.entry_role", line=line) for line in role_texts(call, roles)),
    )


def distance(metres: float) -> Text:
    """Return how far something is, as people say it."""
    if metres < _NEXT_DOOR:
        return T("nearby.next_door")
    if metres < _KM:
        return T("nearby.metres", metres=int(round(metres, -1)))
    return T("nearby.km", km=f"{metres / _KM:.1f}")
