"""Duty cards: showing them, and the office writing its own (VOL-05)."""

from typing import Any

from bot.chat.access import ANYONE, OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.planning import duties as cards
from bot.chat.cards.planning.duties import (
    EDIT_DUTIES,
    ListDuties,
    ShowDuties,
    ShowKindDuties,
)
from bot.chat.conversation.model import Answers, Ask, Conversation, Pick, Reply, Step
from bot.chat.screen import Answer, Screen
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.features.posts.access import access_post
from bot.features.posts.dutycards import (
    MOST_LINES,
    MOST_UNITS,
    Card,
    check_fits,
    duties_of,
    duty_card,
    keep_card,
    versions,
)
from handlers.posts.feature import feature
from handlers.posts.steps import typed

_CONFIG = "config"


@feature.press(ShowDuties, ANYONE)
def show_duties(call: Call, pressed: ShowDuties) -> Answer:
    """Show the duty card of a post."""
    post = access_post(call.work, pressed.post_id, actor=call.actor)
    return cards.post_duties(call, post, duty_card(call.work, post.kind, call.config))


@feature.press(ListDuties, OFFICE_ONLY)
def list_duties(call: Call, _: ListDuties) -> Answer:
    """Show the kinds of posts."""
    return cards.list_duties(call, versions(call.work))


@feature.press(ShowKindDuties, OFFICE_ONLY)
def show_kind(call: Call, pressed: ShowKindDuties) -> Answer:
    """Show the duty card of a kind."""
    call.config.post_kind(pressed.kind)
    return cards.kind_duties(call, duty_card(call.work, pressed.kind, call.config))


def _begin(call: Call, arg: str | None) -> Answers:
    kind = call.config.post_kind(arg or "").slug
    return {"_kind": kind, "_seen": duty_card(call.work, kind, call.config).version}


def _ask_text(call: Call, answers: Answers) -> Ask:
    card = duty_card(call.work, answers["_kind"], call.config)
    again = [[Pick(T("duties.config_again"), _CONFIG)]] if card.text is not None else []
    return Ask(
        Lines(
            cards.card_text(call, card),
            BLANK,
            T("duties.ask", most=MOST_UNITS, lines=MOST_LINES),
        ),
        again,
    )


def _read_text(_: Call, reply: Reply, answers: Answers) -> Any:
    del answers
    if reply.choice == _CONFIG:
        return ""
    text = typed(reply)
    check_fits(text)
    return text


def _show_text(_: Call, answers: Answers) -> Text | None:
    text = str(answers.get("text") or "")
    return Plain(text.splitlines()[0]) if text else None


def _preview(call: Call, answers: Answers) -> Text:
    kind = answers["_kind"]
    text = answers["text"] or None
    card = Card(kind, answers["_seen"] + 1, text, duties_of(kind, call.config))
    return cards.card_text(call, card)


def _submit(call: Call, answers: Answers) -> Screen:
    card = keep_card(
        call.work,
        actor=call.actor,
        kind=answers["_kind"],
        seen=answers["_seen"],
        text=answers["text"] or None,
        config=call.config,
    )
    return cards.kind_duties(call, card, note=T("duties.kept"))


write_duties = Conversation(
    name=EDIT_DUTIES,
    needs=OFFICE_ONLY,
    steps=[Step("text", T("duties.field_text"), _ask_text, _read_text, _show_text)],
    preview=_preview,
    submit=_submit,
    begin=_begin,
    submit_label=T("posts.save_changes"),
)
