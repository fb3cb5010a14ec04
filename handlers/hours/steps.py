"""The questions that conversations about hours share: how long, and why."""

from datetime import date

from bot.chat.call import Call, Sent
from bot.chat.cards.hours.words import duration
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Step
from bot.chat.text import Plain, T, Text
from bot.features.hours.errors import NoWords
from bot.features.hours.rules import check_words
from bot.features.hours.typed import read_minutes

MINUTES, REASON = "minutes", "reason"
"""The steps, and the answers, that are how long and why."""

_USUAL = (30, 60, 90, 120, 150, 180)
_ACROSS = 3
_NOTHING = 0
_OFFERED = frozenset(str(minutes) for minutes in (*_USUAL, _NOTHING))


def typed(reply: Reply) -> str:
    """Return what was written; empty for anything but text."""
    message = reply.message
    return message.text if message is not None and message.sent is Sent.text else ""


def read_length(reply: Reply) -> int:
    """Return the minutes that were pressed or written. Raises NoDuration."""
    if reply.choice in _OFFERED:
        return int(reply.choice)
    return read_minutes(typed(reply))


def minutes_step(question: Text, *, or_none: Text | None = None) -> Step:
    """Return the step that asks how long; `or_none` offers that it was not at all."""

    def ask(call: Call, answers: Answers) -> Ask:
        del call, answers
        picks = [Pick(duration(minutes), str(minutes)) for minutes in _USUAL]
        rows = [picks[at : at + _ACROSS] for at in range(0, len(picks), _ACROSS)]
        if or_none is not None:
            rows.append([Pick(or_none, str(_NOTHING))])
        return Ask(question, rows)

    def read(call: Call, reply: Reply, answers: Answers) -> int:
        del call, answers
        return read_length(reply)

    def show(call: Call, answers: Answers) -> Text | None:
        del call
        return duration(answers[MINUTES]) if MINUTES in answers else None

    return Step(MINUTES, T("hours.label_minutes"), ask, read, show)


def reason_step(question: Text) -> Step:
    """Return the step that asks why, in one sentence."""

    def ask(call: Call, answers: Answers) -> Ask:
        del call, answers
        return Ask(question)

    return Step(REASON, T("hours.label_reason"), ask, _read_reason, _show_reason)


def day_of(answers: Answers) -> date | None:
    """Return the day that was given; None before."""
    return date.fromisoformat(answers["day"]) if "day" in answers else None


def _read_reason(call: Call, reply: Reply, answers: Answers) -> str:
    del call, answers
    if reply.message is None:
        raise NoWords
    return check_words(typed(reply))


def _show_reason(call: Call, answers: Answers) -> Text | None:
    del call
    return Plain(answers[REASON]) if REASON in answers else None
