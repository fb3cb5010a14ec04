"""Whom a notice or a meeting is for: by buttons, more and less of it, or by a list of names."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from bot.chat.audience.picking import PICKED_FROM, ROLES, options
from bot.chat.call import Call, Sent
from bot.chat.cards.notices.names import list_note
from bot.chat.cards.notices.words import audience_text, reach_text
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.pager import page_of
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text
from bot.chat.textfiles import as_incoming
from bot.core.roles import Role
from bot.features.notices.audience import EVERYONE, Audience, Part, PartKind
from bot.features.notices.errors import NobodyChosen
from bot.features.notices.lists import find_names, names_in
from bot.features.notices.reach import count_reachable, reach
from bot.features.textfiles.models import Purpose
from bot.features.textfiles.service import order

STEP = "audience"
LIST = "list"
"""The mode in which names are typed or sent."""
_A_PAGE = 8
_PLUS = "✓ "
_MINUS = "✗ "


def audience_given(answers: Answers) -> Audience:
    """Return who was chosen so far, before it is said that this is all."""
    return Audience.of(answers.get("_audience") or answers.get(STEP) or {})


def audience_chosen(answers: Answers) -> Audience:
    """Return whom it is for, as the card shows it."""
    return Audience.of(answers.get(STEP) or {})


def with_parts(answers: Answers, parts: Iterable[Part]) -> Answers:
    """Return the notes of the step once `parts` were chosen by a list, back at its buttons."""
    more = audience_given(answers).with_parts(parts, without=bool(answers.get("_less"))).plain()
    return {"_audience": more, "_mode": ""}


def _ask(call: Call, answers: Answers, *, question: Text) -> Ask:
    chosen = audience_given(answers)
    mode = str(answers.get("_mode") or "")
    summary = Lines(
        T("notices.chosen_so_far", audience=audience_text(call.work, call.config, chosen)),
        reach_text(reach(call.work, call.config, chosen)),
    )
    if mode == LIST:
        rows = [[Pick(T("notices.back_to_roles"), "m.")]]
        return Ask(Lines(T("notices.ask_list"), BLANK, summary), rows, inner=True)
    if mode in set(PICKED_FROM):
        return _ask_page(call, answers, chosen, PartKind(mode), summary)
    asked = T("notices.ask_less") if answers.get("_less") else question
    return Ask(Lines(asked, BLANK, summary), _main_rows(answers, chosen))


def _main_rows(answers: Answers, chosen: Audience) -> list[list[Pick]]:
    roles = [
        _pick(T(f"role.{role}"), Part(PartKind.role, role.value), chosen, f"r.{role.value}")
        for role in ROLES
    ]
    lists = [Pick(T(f"notices.by_{kind}"), f"m.{kind.value}") for kind in PICKED_FROM]
    lists.append(Pick(T("notices.by_list"), f"m.{LIST}"))
    turn = T("notices.turn_more") if answers.get("_less") else T("notices.turn_less")
    return [
        [_pick(T("notices.to_everyone"), EVERYONE, chosen, "all")],
        *(roles[at : at + 2] for at in range(0, len(roles), 2)),
        *(lists[at : at + 2] for at in range(0, len(lists), 2)),
        [Pick(turn, "less"), Pick(T("notices.chosen"), "done")],
    ]


def _ask_page(call: Call, answers: Answers, chosen: Audience, kind: PartKind, summary: Text) -> Ask:
    page = page_of(options(call, kind), int(answers.get("_page") or 1), size=_A_PAGE)
    wide = kind not in {PartKind.unit, PartKind.team, PartKind.group}
    picks = [_pick(text, part, chosen, f"v.{part.value}") for part, text in page.items]
    across = 1 if wide else 2
    turns = [
        Pick(Plain("‹"), f"p.{page.number - 1}") if page.number > 1 else None,
        Pick(Plain(f"{page.number}/{page.pages}"), f"p.{page.number}") if page.pages > 1 else None,
        Pick(Plain("›"), f"p.{page.number + 1}") if page.number < page.pages else None,
    ]
    less = bool(answers.get("_less"))
    question = T(f"notices.from_{kind}") if page.items else T("notices.none_of_these")
    return Ask(
        Lines(question, T("notices.taking_away") if less else None, BLANK, summary),
        [
            *(picks[at : at + across] for at in range(0, len(picks), across)),
            [turn for turn in turns if turn is not None],
            [Pick(T("notices.back_to_roles"), "m."), Pick(T("notices.chosen"), "done")],
        ],
        inner=True,
    )


def _read(call: Call, reply: Reply, answers: Answers) -> Any:
    if reply.message is not None:
        return _read_message(call, reply, answers)
    chosen = audience_given(answers)
    choice = reply.choice or ""
    if choice == "done":
        if not chosen.plus:
            raise NobodyChosen
        return chosen.plain()
    if choice == "less":
        return Stay(_less=not answers.get("_less"))
    kind, _, value = choice.partition(".")
    if kind == "m":
        return Stay(_mode=value, _page=1)
    if kind == "p" and value.isascii() and value.isdigit():
        return Stay(_page=max(1, int(value[:9])))
    less = bool(answers.get("_less"))
    after = chosen.toggled(_part(answers, choice), without=less)
    return Stay(_no_difference(call, chosen, after, less=less), _audience=after.plain())


def _no_difference(call: Call, before: Audience, after: Audience, *, less: bool) -> Text | None:
    """Return that a part which was just chosen changes nothing; None when it does."""
    if len(after.plus) + len(after.minus) < len(before.plus) + len(before.minus):
        return None
    was, now = (count_reachable(call.work, call.config, one) for one in (before, after))
    if was != now:
        return None
    return T("notices.nobody_less" if less else "notices.nobody_more")


def _part(answers: Answers, choice: str) -> Part:
    """Return the part that a button stands for. Raises NobodyChosen for what is none."""
    kind, _, value = choice.partition(".")
    mode = str(answers.get("_mode") or "")
    if choice == "all":
        return EVERYONE
    if kind == "r" and value in set(ROLES):
        return Part(PartKind.role, Role(value).value)
    if kind == "v" and value and mode in set(PICKED_FROM):
        return Part(PartKind(mode), value)
    raise NobodyChosen


def _read_message(call: Call, reply: Reply, answers: Answers) -> Stay:
    message = reply.message
    if message is None or answers.get("_mode") != LIST:
        raise NobodyChosen
    if message.sent is Sent.text:
        return _with_names(call, answers, message.text)
    if message.file is None:
        raise NobodyChosen
    order(call.work, as_incoming(message.file), actor=call.actor, purpose=Purpose.names)
    return Stay(T("notices.reading_list"))


def _with_names(call: Call, answers: Answers, text: str) -> Stay:
    found = find_names(call.work, names_in(text))
    return Stay(list_note(found), **with_parts(answers, found.parts))


def _pick(text: Text, part: Part, chosen: Audience, value: str) -> Pick:
    sign = _PLUS if part in chosen.plus else _MINUS if part in chosen.minus else ""
    return Pick(Listed([Plain(sign), text], between="") if sign else text, value)


def _show(call: Call, answers: Answers) -> Text | None:
    if STEP not in answers:
        return None
    return audience_text(call.work, call.config, Audience.of(answers[STEP]))


def audience_step(label: Text, question: Text) -> Step:
    """Return the step that asks `question` and keeps the audience under `STEP`."""
    return Step(STEP, label, partial(_ask, question=question), _read, _show)
