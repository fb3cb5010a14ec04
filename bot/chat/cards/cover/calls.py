"""What the office and post leads see when they ask people to come, and posts at risk."""

from collections.abc import Callable, Mapping, Sequence

from bot.chat.call import Call
from bot.chat.cards.cover.buttons import CallForCover, PostsAtRisk, PreviewCover
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import ShortPosts, ShowPost
from bot.chat.cards.posts.words import figures, label, mark, when
from bot.chat.pager import page_count, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, T, Text, tn
from bot.features.cover.calling import MOST_ASKED, Preview
from bot.features.cover.choosing import Candidates, Spared
from bot.features.cover.models import AskState
from bot.features.cover.queries import AtRisk
from bot.features.posts.models import Post

PAGE = 6
"""Posts on one page."""
_ACROSS = 3
_ALL = 0


def preview(
    call: Call, asked: Preview, answers: Mapping[AskState, int], *, held_until: Text | None
) -> Screen:
    """Return who would be asked, why others are not, and how many to ask.

    `held_until` is when quiet hours end; None outside of them.
    """
    post, fit = asked.post, len(asked.candidates.fit)
    spared = _spared(call, asked.candidates)
    return Screen(
        Lines(
            T("cover.call_head", label=label(post, call.config)),
            when(post),
            figures(post),
            BLANK,
            tn("cover.fit", fit) if fit else T("cover.fit_none"),
            *((T("cover.spared_head"), *spared) if spared else ()),
            _answers(answers),
            None if held_until is None else T("cover.held", until=held_until),
        ),
        [
            [
                Button(_ask_label(most, fit), CallForCover(post.id, most), _style(most, call))
                for most in _numbers(call, fit)
            ],
            [Button(T("posts.back"), ShowPost(post.id)), home_button()],
        ],
    )


def called(
    call: Call, post: Post, answers: Mapping[AskState, int], *, held_until: Text | None
) -> Screen:
    """Return the receipt of asking."""
    return Screen(
        Lines(
            T("cover.called", label=label(post, call.config)),
            when(post),
            _answers(answers),
            T("cover.called_how") if held_until is None else T("cover.held", until=held_until),
        ),
        [
            [
                Button(T("posts.see_post"), ShowPost(post.id)),
                Button(T("cover.ask_more"), PreviewCover(post.id)),
            ],
            [home_button()],
        ],
        event=True,
    )


def at_risk(call: Call, rows: Sequence[AtRisk], *, total: int, page: int, hours: int) -> Screen:
    """Return a page of the posts that may lack people when they begin."""
    entries = [
        Lines(
            T("posts.entry", mark=mark(number), label=label(row.post, call.config)),
            T("cover.risk_row", time=when(row.post), figures=figures(row.post), why=_why(row)),
        )
        for number, row in enumerate(rows, 1)
    ]
    looks = [
        Button(T("posts.look", mark=mark(number)), ShowPost(row.post.id))
        for number, row in enumerate(rows, 1)
    ]
    asks = [
        Button(T("cover.cover_mark", mark=mark(number)), PreviewCover(row.post.id))
        for number, row in enumerate(rows, 1)
    ]
    pages = page_count(total, size=PAGE)
    return Screen(
        Lines(
            T("cover.risk_head", hours=hours),
            BLANK,
            Lines(*entries) if entries else T("cover.risk_none"),
        ),
        [
            *rows_of(asks, width=_ACROSS),
            *rows_of(looks, width=_ACROSS),
            pager(min(max(page, 1), pages), pages, PostsAtRisk),
            [Button(T("posts.back"), ShortPosts(1)), home_button()],
        ],
    )


def _spared(call: Call, found: Candidates) -> list[Text]:
    """Say why others are not asked, in the order in which the reasons are looked at."""
    most = call.config.posts.cover.asks_per_week
    words: dict[Spared, Callable[[int], Text]] = {
        Spared.there: lambda n: tn("cover.spared_there", n),
        Spared.busy: lambda n: tn("cover.spared_busy", n),
        Spared.weekly: lambda n: tn("cover.spared_weekly", n, most=most),
        Spared.resting: lambda n: tn("cover.spared_resting", n),
        Spared.asked: lambda n: tn("cover.spared_asked", n),
        Spared.unfit: lambda n: tn("cover.spared_unfit", n),
        Spared.unreachable: lambda n: tn("cover.spared_unreachable", n),
    }
    return [say(found.spared[one]) for one, say in words.items() if found.spared.get(one)]


def _answers(answers: Mapping[AskState, int]) -> Text | None:
    if not answers:
        return None
    no = answers.get(AskState.declined, 0) + answers.get(AskState.resting, 0)
    return T(
        "cover.answers",
        asked=sum(answers.values()),
        yes=answers.get(AskState.accepted, 0),
        no=no,
        open=answers.get(AskState.open, 0),
    )


def _numbers(call: Call, fit: int) -> list[int]:
    """Return how many people the buttons ask: half, as configured, and all."""
    usual = call.config.posts.cover.people_asked
    numbers = [most for most in sorted({max(1, usual // 2), usual}) if most < fit]
    return [*numbers, _ALL] if fit else []


def _ask_label(most: int, fit: int) -> Text:
    if most == _ALL:
        return tn("cover.ask_all", min(fit, MOST_ASKED))
    return tn("cover.ask_some", most)


def _style(most: int, call: Call) -> Style:
    return Style.primary if most == call.config.posts.cover.people_asked else Style.plain


def _why(row: AtRisk) -> Text:
    parts = [
        tn("cover.risk_short", row.short) if row.short else None,
        tn("cover.risk_looking", row.looking) if row.looking else None,
        tn("cover.risk_unsure", row.unsure) if row.unsure else None,
        tn("cover.risk_asked", row.asked) if row.asked else None,
    ]
    return Listed([part for part in parts if part is not None], between=" · ")
