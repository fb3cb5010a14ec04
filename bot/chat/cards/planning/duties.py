"""Duty cards, for volunteers and for the office that writes them (VOL-05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.call import Call
from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.cards.planning.buttons import ShowBoard
from bot.chat.cards.posts.buttons import ShowPost
from bot.chat.cards.posts.words import kind_name
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text
from bot.config.campaign import DutyLine, DutyQuestion
from bot.features.posts.dutycards import Card
from bot.features.posts.models import Post

EDIT_DUTIES = "dutycard"
"""The conversation that writes the duty card of a kind."""


@callback("pd", shows=True)
@dataclass(frozen=True)
class ShowDuties:
    """Shows the duty card of a post."""

    post_id: int


@callback("pd.k", shows=True)
@dataclass(frozen=True)
class ShowKindDuties:
    """Shows the duty card of a kind to the office."""

    kind: str


@callback("pd.l", shows=True)
@dataclass(frozen=True)
class ListDuties:
    """Shows the kinds of posts with their duty cards to the office."""


def duties_button(post: Post) -> Button:
    """Return the button that shows the duty card of a post."""
    return Button(T("duties.button"), ShowDuties(post.id))


def post_duties(call: Call, post: Post, card: Card) -> Screen:
    """Return the duty card of a post."""
    return Screen(
        card_text(call, card),
        [[Button(T("posts.see_post"), ShowPost(post.id)), home_button()]],
    )


def kind_duties(call: Call, card: Card, *, note: Text | None = None) -> Screen:
    """Return the duty card of a kind, with the way to write another."""
    return Screen(
        Lines(*((note, BLANK) if note else ()), card_text(call, card)),
        [
            [
                Button(T("duties.edit"), Begin(EDIT_DUTIES, card.kind)),
                Button(T("duties.all"), ListDuties()),
            ],
            [home_button()],
        ],
    )


def list_duties(call: Call, versions: Mapping[str, int]) -> Screen:
    """Return the kinds of posts; a tap shows the card."""
    rows: list[Row] = [
        [Button(_row(kind.name, versions.get(kind.slug, 0)), ShowKindDuties(kind.slug))]
        for kind in call.config.post_kinds
    ]
    back = Button(T("planning.board"), ShowBoard(None, 1))
    return Screen(T("duties.head"), [*rows, [back, home_button()]])


def card_text(call: Call, card: Card) -> Text:
    """Return a duty card; what the source document says stands in brackets of its own."""
    head = T("duties.title", kind=kind_name(call.config, card.kind))
    if card.text is not None:
        return Lines(head, Plain(card.text), BLANK, T("duties.version", version=card.version))
    duties = card.duties
    return Lines(
        head,
        T("duties.do", what=Listed([Plain(name) for name in duties.names]))
        if duties.names
        else T("duties.none"),
        *_lines(T("duties.say"), duties.say),
        *_questions(duties.faq),
        *_lines(T("duties.hand_out"), duties.hand_out),
        *_lines(T("duties.avoid"), duties.avoid),
        T("duties.from_config") if duties.names else None,
    )


def _lines(head: Text, lines: Sequence[DutyLine]) -> list[Text]:
    if not lines:
        return []
    return [head, *(_line(line) for line in lines)]


def _line(line: DutyLine) -> Text:
    if line.quote is not None and not line.is_assumed("words"):
        return T("duties.quoted", text=line.words)
    return T("duties.line", text=line.words)


def _questions(questions: Sequence[DutyQuestion]) -> list[Text]:
    if not questions:
        return []
    return [
        T("duties.faq"),
        *(T("duties.question", question=one.question, answer=one.answer) for one in questions),
    ]


def _row(name: str, version: int) -> Text:
    return T("duties.row_own", kind=name, version=version) if version else Plain(name)
