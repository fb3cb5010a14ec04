"""What a series or a copy will be, before it is published."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.planning.words import group_parts, parts_text
from bot.chat.cards.posts.words import kind_name, when
from bot.chat.text import BLANK, Lines, Listed, Plain, Span, T, Text, tn
from bot.features.posts.drafting import Group
from bot.features.posts.series import Sifted

_FIRST = 3
_CLASHES = 3
_PLACES = 4


def series_preview(call: Call, sifted: Sifted, *, overlapping: bool) -> Text:
    """Return how many posts, the first and the last, what overlaps and what is past."""
    groups = sifted.groups(overlapping=overlapping)
    return Lines(
        _what(call, groups),
        tn("planning.will_publish", len(groups)) if groups else T("planning.none_to_publish"),
        *_rows(groups),
        tn("planning.past", sifted.past) if sifted.past else None,
        *_clashes(sifted, overlapping=overlapping),
    )


def _what(call: Call, groups: Sequence[Group]) -> Text | None:
    """Return kind, places and people where all posts share them."""
    if not groups:
        return None
    kinds = list(dict.fromkeys(group[0].kind for group in groups))
    places = list(dict.fromkeys(group[0].place for group in groups))
    parts = [group_parts(group) for group in groups]
    named = Listed([Plain(place) for place in places[:_PLACES]])
    title = groups[0][0].title if len(kinds) == 1 else None
    return Lines(
        T(
            "posts.card_title",
            label=Listed([Plain(kind_name(call.config, kind)) for kind in kinds[:_PLACES]]),
        ),
        T("planning.title", title=title) if title else None,
        tn("planning.at_places", len(places), places=named),
        T("planning.each", people=parts_text(parts[0]))
        if all(one == parts[0] for one in parts)
        else None,
        _companions(groups),
        BLANK,
    )


def _companions(groups: Sequence[Group]) -> Text | None:
    """Return how many people one person may bring where that is the same everywhere."""
    numbers = {one.companions for group in groups for one in group}
    most = max(numbers)
    return T("planning.may_bring", companions=most) if most and len(numbers) == 1 else None


def _rows(groups: Sequence[Group]) -> list[Text]:
    shown = [_row(group) for group in groups[:_FIRST]]
    left = len(groups) - len(shown)
    if not left:
        return shown
    between = [T("planning.between", posts=left - 1)] if left > 1 else []
    return [*shown, *between, T("planning.last_row", row=_row(groups[-1]))]


def _row(group: Group) -> Text:
    first = group[0]
    return T("planning.row", time=Span(first.starts_at, first.ends_at), place=first.place)


def _clashes(sifted: Sifted, *, overlapping: bool) -> list[Text]:
    if not sifted.clashing:
        return []
    number = len(sifted.clashing)
    head = (
        tn("planning.clashes_made", number)
        if overlapping
        else tn("planning.clashes_left_out", number)
    )
    named = [
        T("planning.clash_row", place=group[0].place, time=when(post))
        for group, post in sifted.clashing[:_CLASHES]
    ]
    more = number - len(named)
    return [BLANK, head, *named, *([tn("planning.and_more", more)] if more else [])]
