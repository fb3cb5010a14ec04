"""What else a notice can ask for: a receipt, and never to be sent twice."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.chat.call import Call
from bot.chat.cards.notices.message import can_be_answered
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.text import Listed, Plain, T, Text, tn
from bot.core.errors import StaleButton
from bot.features.notices.service import Plan

STEP = "extras"
NONE: Answers = {"once": False, "receipt": False, "chase": 0}
_CHASES = (0, 1, 2, 3, 5)
"""After how many days those without a receipt are asked again; 0: never."""
_MARKS = {True: "✓ ", False: ""}


def with_extras(call: Call, plan: Plan, answers: Answers) -> Plan:
    """Return `plan` with what else was asked for; receipts are chased in the daytime."""
    extras = {**NONE, **(answers.get(STEP) or {})}
    receipt = bool(extras["receipt"]) and can_be_answered()
    chase_at = None
    if receipt and extras["chase"]:
        asked = (plan.send_at or call.now) + timedelta(days=int(extras["chase"]))
        chase_at = call.after_quiet(asked)
    return replace(plan, once=bool(extras["once"]), wants_receipt=receipt, chase_at=chase_at)


def _ask(call: Call, answers: Answers) -> Ask:
    del call
    extras = _working(answers)
    rows = [[_toggle("notices.extra_once", "once", extras)]]
    if can_be_answered():
        rows.append([_toggle("notices.extra_receipt", "receipt", extras)])
        if extras["receipt"]:
            rows.append([_chase(days, extras) for days in _CHASES])
    return Ask(T("notices.ask_extras"), [*rows, [Pick(T("notices.chosen"), "done")]])


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    del call
    extras = _working(answers)
    choice = reply.choice or ""
    if choice == "done":
        return extras
    if choice in {"once", "receipt"}:
        return Stay(_extras={**extras, choice: not extras[choice]})
    if choice.removeprefix("c.") in {str(days) for days in _CHASES}:
        return Stay(_extras={**extras, "chase": int(choice.removeprefix("c."))})
    raise StaleButton


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    extras = {**NONE, **(answers.get(STEP) or {})}
    parts = [
        T("notices.extra_once") if extras["once"] else None,
        T("notices.extra_receipt") if extras["receipt"] else None,
    ]
    shown: list[Text] = [part for part in parts if part is not None]
    return Listed(shown) if shown else None


def _working(answers: Answers) -> Answers:
    return {**NONE, **(answers.get(STEP) or {}), **(answers.get("_extras") or {})}


def _toggle(key: str, name: str, extras: Answers) -> Pick:
    return Pick(Listed([Plain(_MARKS[bool(extras[name])]), T(key)], between=""), name)


def _chase(days: int, extras: Answers) -> Pick:
    text = tn("notices.chase_days", days) if days else T("notices.chase_never")
    mark = Plain(_MARKS[extras["chase"] == days])
    return Pick(Listed([mark, text], between=""), f"c.{days}")


EXTRAS = Step(
    STEP,
    T("notices.label_extras"),
    _ask,
    _read,
    _show,
    optional=True,
    when=lambda _, given: "audience" in given,
)
