"""Adding words to a section of the month: one message, no preview, nothing retyped (REP-02).

A long paste comes as several messages: whoever may have more to come is asked to say when it is
all there.
"""

from typing import Any

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.cards.deadlines.buttons import MONTH, PLAN, read_slot, slot_arg
from bot.chat.cards.deadlines.words import title
from bot.chat.cards.months.buttons import ShowTypical
from bot.chat.cards.months.words import SHORT, heading, purpose
from bot.chat.conversation.model import (
    Answers,
    Ask,
    Begin,
    Conversation,
    Pick,
    Reply,
    Stay,
    Step,
)
from bot.chat.screen import Button, Screen, Style
from bot.chat.text import Clipped, Lines, T, Text, tn
from bot.config import Form
from bot.core.errors import StaleButton
from bot.core.text import MESSAGE_UNITS, units
from bot.features.deadlines.errors import WordsNeeded
from bot.features.months.errors import SectionUnknown
from bot.features.months.models import Section
from bot.features.months.prose import (
    MOST_SECTION_UNITS,
    check_section,
    erase_words,
    words_before,
    words_of,
    write_words,
)
from handlers.deadlines.feature import feature
from handlers.deadlines.month import month_screen
from handlers.deadlines.reading import SLOT, WHICH, candidates, check_own, slot_of, where_of, words

SECTION, TEXT = "section", "text"
SO_FAR = "_text"
"""The note that holds what came so far of a paste that fills several messages."""
_LAST = "_last"
_INSTEAD = "_instead"
_DONE, _REPLACE, _ERASE, _BEFORE = "ok", "new", "none", "before"
_SHOWN_UNITS = 600
_SHORT_UNITS = 60

MAYBE_MORE_UNITS = MESSAGE_UNITS // 2
"""Telegram's clients cut a longer text near 4,096 units, at a good place in the second half: what
is shorter than half a message is the last piece, or all."""


def begin(call: Call, arg: str | None) -> Answers:
    """Begin to write for the slot, and the section, that `arg` names; what is open is asked."""
    if arg is None:
        return {WHICH: True}
    check_own(call, arg)
    where, section = read_slot(arg)
    slot = {SLOT: arg.removesuffix(f"~{section}") if section else arg}
    del where
    return slot if section is None else {**slot, SECTION: _section(section).value}


def _section(value: str) -> Section:
    try:
        return Section(value)
    except ValueError as error:
        raise SectionUnknown from error


def _ask_slot(call: Call, answers: Answers) -> Ask:
    """Ask which one is meant; a plan needs a file, so its button leads there."""
    months = [
        [Pick(_slot_name(slot.unit.name, title(slot.deadline)), slot_arg(slot))]
        for slot in candidates(call, Form.information)
    ]
    plans = [
        [Button(_slot_name(slot.unit.name, title(slot.deadline)), Begin(PLAN, slot_arg(slot)))]
        for slot in candidates(call, Form.file)
    ]
    given = answers.get(TEXT) or answers.get(SO_FAR)
    quoted = None if not given else T("deadlines.quoted", text=Clipped(given, _SHORT_UNITS))
    return Ask(Lines(T("deadlines.ask_which_month"), quoted), [*months, *plans])


def _slot_name(unit: str, what: Text) -> Text:
    return T("deadlines.open_due_of", title=what, unit=unit)


def _read_slot(call: Call, reply: Reply, answers: Answers) -> str:
    del answers
    if reply.choice is None:
        raise WordsNeeded
    check_own(call, reply.choice)
    slot = slot_of(call, {SLOT: reply.choice})
    return slot_arg(slot)


def _show_slot(call: Call, answers: Answers) -> Text | None:
    if SLOT not in answers:
        return None
    slot = slot_of(call, answers)
    return _slot_name(slot.unit.name, title(slot.deadline))


def _slot_is_asked(call: Call, answers: Answers) -> bool:
    del call
    return bool(answers.get(WHICH))


def _ask_section(call: Call, answers: Answers) -> Ask:
    slot = slot_of(call, answers)
    written = words_of(call.work, where_of(answers))
    picks = [Pick(_state_of(section, written.get(section)), section.value) for section in Section]
    return Ask(
        Lines(
            T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
            T("months.ask_section"),
        ),
        [picks[at : at + 2] for at in range(0, len(picks), 2)],
    )


def _state_of(section: Section, written: str | None) -> Text:
    if not written:
        return SHORT[section]
    return T("months.section_written", section=SHORT[section], units=units(written))


def _read_section(call: Call, reply: Reply, answers: Answers) -> str:
    del call, answers
    if reply.choice is None:
        raise SectionUnknown
    return _section(reply.choice).value


def _show_section(call: Call, answers: Answers) -> Text | None:
    del call
    return SHORT[_section(answers[SECTION])] if SECTION in answers else None


def _ask_text(call: Call, answers: Answers) -> Ask:
    section, where = _section(answers[SECTION]), where_of(answers)
    come = answers.get(SO_FAR)
    if come:
        return Ask(
            tn("months.so_far", units(come), begin=Clipped(come, _SHORT_UNITS)),
            [[Pick(T("months.all_there"), _DONE, Style.primary)]],
        )
    written = words_of(call.work, where).get(section)
    quote = purpose(call.config, section)
    rows: list[list[Pick | Button]] = []
    if written and not answers.get(_INSTEAD):
        rows.append([Pick(T("months.replace"), _REPLACE), Pick(T("months.erase"), _ERASE)])
    if not written and words_before(call.work, where).get(section):
        rows.append([Pick(T("months.as_before"), _BEFORE)])
    if section is Section.experience:
        chosen = ShowTypical(where.unit_id, where.obligation, where.period)
        rows.append([Button(T("months.choose_typical"), chosen)])
    text = Lines(
        T("months.ask_words", section=heading(call.config, section)),
        None if quote is None else T("months.purpose", quote=quote),
        None if not written else T("months.written_so_far", text=Clipped(written, _SHOWN_UNITS)),
        T("months.added_below") if written and not answers.get(_INSTEAD) else None,
    )
    return Ask(text, rows)


def _read_text(call: Call, reply: Reply, answers: Answers) -> Any:
    if reply.choice is not None:
        return _chosen(call, reply.choice, answers)
    # Whatever else a message is, what came before it stays.
    given = words(reply, most_units=MOST_SECTION_UNITS)
    come = check_section(joined(answers, given))
    if units(given) < MAYBE_MORE_UNITS:
        return come
    return Stay(None, **collected(come, given))


def collected(come: str, last: str) -> Answers:
    """Return the notes that keep what came so far; `last` is the piece that came last."""
    return {SO_FAR: come, _LAST: units(last)}


def joined(answers: Answers, piece: str) -> str:
    """Return what came so far with `piece`.

    A message that is full was cut within a sentence; else a piece is a paragraph of its own.
    """
    come = answers.get(SO_FAR)
    if not come:
        return piece
    between = "" if answers.get(_LAST, 0) >= MESSAGE_UNITS else "\n"
    return f"{come}{between}{piece}"


def _chosen(call: Call, choice: str, answers: Answers) -> Any:
    come = answers.get(SO_FAR)
    if choice == _DONE and come:
        return come
    if choice == _REPLACE:
        return Stay(T("months.replaces"), **{_INSTEAD: True})
    if choice == _ERASE:
        return ""
    before = words_before(call.work, where_of(answers)).get(_section(answers[SECTION]))
    if choice == _BEFORE and before:
        return before
    raise StaleButton


def _show_text(call: Call, answers: Answers) -> Text | None:
    del call
    given = answers.get(TEXT)
    return Clipped(given, _SHORT_UNITS) if given else None


def _preview(call: Call, answers: Answers) -> Text:
    """Return what was refused: else there is no preview, the month's own card is one."""
    slot = slot_of(call, answers)
    section = _section(answers[SECTION])
    return Lines(
        T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
        T("deadlines.part", label=SHORT[section], text=Clipped(answers[TEXT], _SHOWN_UNITS)),
    )


def _submit(call: Call, answers: Answers) -> Screen:
    where, section = where_of(answers), _section(answers[SECTION])
    text = answers[TEXT]
    if not text:
        erase_words(call.work, where, section, actor=call.actor, config=call.config)
        return month_screen(call, where, note=T("months.erased", section=SHORT[section]))
    return taken(call, answers, section, text, instead=bool(answers.get(_INSTEAD)))


def taken(
    call: Call, answers: Answers, section: Section, text: str, *, instead: bool = False
) -> Screen:
    """Put words into a section and return the month with them."""
    where = where_of(answers)
    write_words(
        call.work,
        where,
        section,
        text,
        actor=call.actor,
        config=call.config,
        instead=instead,
    )
    note = T("months.taken", section=SHORT[section], units=units(text))
    return month_screen(call, where, note=note)


month_words = feature.converse(
    Conversation(
        name=MONTH,
        needs=CONTACT_ONLY,
        steps=(
            Step(
                SLOT,
                T("deadlines.label_slot"),
                _ask_slot,
                _read_slot,
                _show_slot,
                when=_slot_is_asked,
            ),
            Step(SECTION, T("months.label_section"), _ask_section, _read_section, _show_section),
            Step(TEXT, T("months.label_words"), _ask_text, _read_text, _show_text),
        ),
        preview=_preview,
        submit=_submit,
        begin=begin,
        version=2,
        direct=True,
    )
)
