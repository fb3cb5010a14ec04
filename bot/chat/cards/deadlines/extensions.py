"""More time for a unit: the card of the wish, its answer, and who is told (TIME-15)."""

from collections.abc import Sequence

from bot.chat.cards.deadlines.buttons import (
    REFUSE,
    GrantExtension,
    NextExtension,
    OpenBoard,
    OpenExtension,
)
from bot.chat.cards.deadlines.reminder import context_for, slot_rows
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.home import home_button
from bot.chat.cards.reports.words import person_text
from bot.chat.conversation.model import Begin
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import BLANK, Lines, Listed, T, Text, tn
from bot.core.dates import local_day
from bot.features.deadlines.extending import ExtensionCard, extension_card
from bot.features.deadlines.facts import ExtensionAsked, ExtensionDecided, ExtensionsEnded
from bot.features.deadlines.models import Extension, ExtensionState
from bot.features.deadlines.moot import end_wishes_of_closed
from bot.features.outbox.models import Lane
from bot.features.outbox.queries import find_by_key
from bot.features.people.queries import contacts_of_units, heads_of_units, office
from bot.features.units.facts import UnitClosed

_ENDINGS = {
    ExtensionState.refused: T("extensions.refused"),
    ExtensionState.unit_closed: T("extensions.unit_closed"),
    ExtensionState.not_owed: T("extensions.not_owed"),
}


def extension_screen(card: ExtensionCard, *, waiting: int, toast: Text | None = None) -> Screen:
    """Return the card of a wish; `waiting` is how many others wait for an answer."""
    more: Row = [Button(tn("extensions.next", waiting), NextExtension())] if waiting else []
    back = Button(T("deadlines.back"), OpenBoard(card.extension.obligation, card.extension.period))
    return Screen(extension_text(card), [*_answers(card), more, [back, home_button()]], toast=toast)


def extension_text(card: ExtensionCard) -> Text:
    """Return who asks for more time for what, until when and why, and what became of it."""
    one = card.extension
    return Lines(
        T("extensions.head", unit=card.unit.name, title=_title(card)),
        *_day_lines(card),
        T("extensions.because", reason=one.reason),
        T("extensions.asked_by", by=person_text(card.asked_by), at=one.asked_at),
        *_answer_lines(card),
    )


def answered_line(one: Extension) -> Text:
    """Return what the answer to a wish was."""
    if one.state is ExtensionState.granted:
        return T("extensions.granted", day=one.day or one.wanted)
    return _ENDINGS[one.state]


@tells(ExtensionAsked)
def tell_asked(desk: Desk, fact: ExtensionAsked) -> None:
    """Put the wish before every coordinator, as one card with its two answers."""
    card = _card(desk, fact.extension_id)
    screen = _asked_screen(card)
    for person_id in office(desk.work):
        desk.send(person_id, screen, lane=Lane.reminder, key=_key(card.extension, person_id))


@tells(ExtensionDecided)
def tell_decided(desk: Desk, fact: ExtensionDecided) -> None:
    """Tell the unit's contacts the answer once; the others of the office see it on their cards.

    Who asked hears it, the other contacts find it silently.
    """
    card = _card(desk, fact.extension_id)
    one = card.extension
    _edit_cards(desk, card, but=one.decided_by)
    contacts = contacts_of_units(desk.work, [one.unit_id]).get(one.unit_id, [])
    for person_id in contacts:
        screen = _answer(desk, card, silent=person_id != one.asked_by)
        key = f"extension:{one.id}:answer:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)
    _tell_heads(desk, card, contacts)


@tells(UnitClosed)
def end_wishes(desk: Desk, fact: UnitClosed) -> None:
    """End the wishes of a unit that was closed, whichever way it was."""
    end_wishes_of_closed(desk.work, fact.unit_id, by_person_id=fact.by_person_id)


@tells(ExtensionsEnded)
def tell_moot(desk: Desk, fact: ExtensionsEnded) -> None:
    """Show the office on its cards that no answer is needed, and tell whoever asked, once.

    Where the office ended or changed its order, that message tells the contacts. Who is contact of
    the unit no more is not told; those who are, are told in their place.
    """
    cards = [_card(desk, number) for number in fact.extension_ids]
    for card in cards:
        _edit_cards(desk, card)
    untold = [one for one in cards if not _told_by_the_order(one.extension)]
    contacts = contacts_of_units(desk.work, [fact.unit_id]).get(fact.unit_id, [])
    for person_id in contacts:
        own = [one for one in untold if _hears(one, person_id, contacts)]
        if own:
            key = f"extension:{own[0].extension.id}:answer:{person_id}"
            desk.send(person_id, _moot_screen(own), lane=Lane.reminder, key=key)


def _told_by_the_order(one: Extension) -> bool:
    return one.state is ExtensionState.not_owed and one.decided_by is not None


def _hears(card: ExtensionCard, person_id: int, contacts: Sequence[int]) -> bool:
    asked_by = card.extension.asked_by
    return person_id == asked_by or asked_by not in contacts


def _moot_screen(cards: Sequence[ExtensionCard]) -> Screen:
    titles = Listed([_title(one) for one in cards])
    closed = cards[0].extension.state is ExtensionState.unit_closed
    key = "extensions.told_closed" if closed else "extensions.told_not_owed"
    return Screen(T(key, unit=cards[0].unit.name, titles=titles), [[home_button()]])


def _edit_cards(desk: Desk, card: ExtensionCard, *, but: int | None = None) -> None:
    """Show on the cards of the office what became of a wish; `but` sees it already."""
    screen = _asked_screen(card)
    for person_id in office(desk.work):
        row = find_by_key(desk.work, _key(card.extension, person_id))
        if row is not None and person_id != but:
            desk.edit(row, screen, key=f"{_key(card.extension, person_id)}:answered")


def _tell_heads(desk: Desk, card: ExtensionCard, contacts: Sequence[int]) -> None:
    """Tell the unit's heads silently of its new day where the ladder would tell them (ORG-06)."""
    one, rule = card.extension, None if card.deadline is None else card.deadline.rule
    granted = one.state is ExtensionState.granted
    if not granted or rule is None or rule.escalate_after_days is None:
        return
    day = one.day or one.wanted
    text = T("extensions.told_granted", unit=card.unit.name, title=_title(card), day=day)
    screen = Screen(text, [[home_button()]], silent=True)
    for person_id in heads_of_units(desk.work, [one.unit_id]).get(one.unit_id, []):
        if person_id not in contacts:
            key = f"extension:{one.id}:answer:{person_id}"
            desk.send(person_id, screen, lane=Lane.reminder, key=key)


def _asked_screen(card: ExtensionCard) -> Screen:
    look = Button(T("extensions.open"), OpenExtension(card.extension.id))
    rows = _answers(card) or [[look]]
    return Screen(extension_text(card), [*rows, [home_button()]])


def _answers(card: ExtensionCard) -> list[Row]:
    if not card.is_open or card.slot is None:
        return []
    number = card.extension.id
    return [
        [
            Button(T("extensions.grant"), GrantExtension(number), Style.primary),
            Button(T("extensions.refuse"), Begin(REFUSE, str(number))),
        ]
    ]


def _answer(desk: Desk, card: ExtensionCard, *, silent: bool) -> Screen:
    one, slot = card.extension, card.slot
    what = _title(card)
    if one.state is ExtensionState.granted:
        text = T(
            "extensions.told_granted", unit=card.unit.name, title=what, day=one.day or one.wanted
        )
    else:
        text = T(
            "extensions.told_refused", unit=card.unit.name, title=what, reason=one.answer or ""
        )
    owing = [] if slot is None or slot.is_settled else [slot]
    today = local_day(desk.now, desk.config.time.zone_info)
    rows = [*slot_rows(owing, today=today), [home_button()]]
    return Screen(text, rows, context=context_for(owing), silent=silent)


def _day_lines(card: ExtensionCard) -> list[Text]:
    one, slot = card.extension, card.slot
    wanted = T("extensions.wanted", day=one.wanted)
    if not card.is_open:
        return [wanted]
    if slot is None:
        return [wanted, T("extensions.moot")]
    now = T("extensions.now_due", day=slot.deadline.last_day)
    return [now, wanted, *([T("extensions.filed_since")] if slot.is_settled else [])]


def _answer_lines(card: ExtensionCard) -> list[Text]:
    one = card.extension
    if card.is_open or one.decided_at is None:
        return []
    why = [] if one.answer is None else [T("extensions.because", reason=one.answer)]
    answered = one.state in {ExtensionState.granted, ExtensionState.refused}
    by = T("extensions.answered_by", by=person_text(card.decided_by), at=one.decided_at)
    return [BLANK, answered_line(one), *why, *([by] if answered else [])]


def _title(card: ExtensionCard) -> Text:
    if card.deadline is None:
        return T("extensions.unknown", obligation=card.extension.obligation)
    return title(card.deadline)


def _card(desk: Desk, extension_id: int) -> ExtensionCard:
    return extension_card(desk.work, desk.config, extension_id)


def _key(one: Extension, person_id: int) -> str:
    return f"extension:{one.id}:{person_id}"
