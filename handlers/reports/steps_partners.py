"""With whom: units of the register as buttons, others by name (REP-10)."""

import re
from collections.abc import Iterable

from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.conversation.model import Answers, Ask, Pick, Reply, Stay, Step
from bot.chat.pager import page_of
from bot.chat.screen import Style
from bot.chat.text import Listed, Plain, T, Text
from bot.config import Config
from bot.core.errors import NotFound, StaleButton
from bot.core.ids import hashed
from bot.core.text import one_line
from bot.features.reports import rules
from bot.features.reports.content import NO_TASK, Partner, partner_of, partner_to_plain
from bot.features.reports.errors import TextMissing, TextTooLong, TooManyPartners
from bot.features.units.models import Unit, UnitKind
from bot.features.units.queries import register
from bot.features.units.rules import is_open, same_name
from handlers.reports.reading import words_of

_DONE, _UNIT, _NAME, _PAGE = "ok", "u", "x", "p"
_SHOWN_PAGE = "_partners"
_SIZE = 8
_WIDTH = 2
_SHORT = 8
_BETWEEN = re.compile(r"[\u3001\uff0c,;\uff1b\n]+")
"""、，,；; and line ends stand between names."""


def _given(answers: Answers) -> list[Partner]:
    return [partner_of(one) for one in answers.get("partners") or ()]


def _candidates(call: Call, answers: Answers) -> list[Unit]:
    """Return the open units that may be partners, those of the same task first."""
    task_id = answers.get("task") or NO_TASK
    near = _units_near(call.config, task_id)
    units = [
        unit
        for unit in register(call.work)
        if is_open(unit, call.now)
        and unit.id != answers.get("unit")
        and unit.kind is not UnitKind.group
    ]
    return sorted(units, key=lambda unit: unit.slug not in near)


def _units_near(config: Config, task_id: str) -> set[str]:
    try:
        task = config.task(task_id)
    except NotFound:
        return set()
    return {*task.responsible, *task.assist}


def _ask(call: Call, answers: Answers) -> Ask:
    given = _given(answers)
    taken = {one.unit_id for one in given}
    page = page_of(_candidates(call, answers), answers.get(_SHOWN_PAGE) or 1, size=_SIZE)
    picks = [
        Pick(_mark(unit.name, chosen=unit.id in taken), f"{_UNIT}{unit.id}") for unit in page.items
    ]
    rows = [picks[at : at + _WIDTH] for at in range(0, len(picks), _WIDTH)]
    rows += [
        [Pick(_mark(one.name, chosen=True), f"{_NAME}{_short(one.name)}")]
        for one in given
        if one.unit_id is None
    ]
    if page.pages > 1:
        rows.append(_turns(page.number, page.pages))
    done = T("report.done") if given else T("report.no_partners")
    rows.append([Pick(done, _DONE, Style.primary)])
    return Ask(T("report.ask_partners"), rows)


def _mark(name: str, *, chosen: bool) -> Text:
    return T("report.chosen", what=name) if chosen else Plain(name)


def _turns(number: int, pages: int) -> list[Pick]:
    turns = [Pick(Plain(f"{number}/{pages}"), f"{_PAGE}{number}")]
    if number > 1:
        turns.insert(0, Pick(Plain("‹"), f"{_PAGE}{number - 1}"))
    if number < pages:
        turns.append(Pick(Plain("›"), f"{_PAGE}{number + 1}"))
    return turns


def _read(call: Call, reply: Reply, answers: Answers) -> list[dict[str, object]] | Stay:
    given = _given(answers)
    if reply.choice is not None:
        return _pressed(call, reply.choice, given, answers)
    words = words_of(reply, answers)
    if isinstance(words, Stay):
        return words
    known_units = register(call.work)
    named = [_named(call.config, known_units, name) for name in _names(words)]
    if not named:
        raise TextMissing
    known = {_key(one) for one in given}
    return _plain([*given, *(one for one in named if _key(one) not in known)])


def _pressed(
    call: Call, choice: str, given: list[Partner], answers: Answers
) -> list[dict[str, object]] | Stay:
    if choice == _DONE:
        answers.pop(_SHOWN_PAGE, None)
        return _plain(given)
    kind, rest = choice[:1], choice[1:]
    if kind == _PAGE:
        return Stay(None, **{_SHOWN_PAGE: read_id(rest)})
    if kind == _NAME:
        return Stay(None, partners=_plain(one for one in given if _short(one.name) != rest))
    found = [one for one in _candidates(call, answers) if f"{_UNIT}{one.id}" == choice]
    if not found:
        raise StaleButton
    partner = Partner(found[0].name, found[0].id)
    kept = [one for one in given if one.unit_id != partner.unit_id]
    return Stay(None, partners=_plain(kept if len(kept) < len(given) else [*given, partner]))


def _names(words: str) -> list[str]:
    names = [one_line(part) for part in _BETWEEN.split(words)]
    found = list(dict.fromkeys(name for name in names if name))
    long = next((name for name in found if len(name) > rules.MOST_PARTNER_NAME), None)
    if long is not None:
        raise TextTooLong(length=len(long), most=rules.MOST_PARTNER_NAME)
    return found


def _named(config: Config, known_units: Iterable[Unit], name: str) -> Partner:
    """Return the unit of the register that `name` is the name of, or just the name."""
    full = {
        same_name(unit.expanded_name): unit.slug
        for unit in config.units
        if unit.expanded_name is not None
    }
    for unit in known_units:
        if same_name(name) == same_name(unit.name) or full.get(same_name(name)) == unit.slug:
            return Partner(unit.name, unit.id)
    return Partner(name)


def _plain(partners: Iterable[Partner]) -> list[dict[str, object]]:
    plain = [partner_to_plain(one) for one in partners]
    if len(plain) > rules.MOST_PARTNERS:
        raise TooManyPartners(most=rules.MOST_PARTNERS)
    return plain


def _key(partner: Partner) -> object:
    return partner.unit_id or same_name(partner.name)


def _short(name: str) -> str:
    return hashed(name)[:_SHORT]


def _show(call: Call, answers: Answers) -> Text | None:
    del call
    given = _given(answers)
    return Listed(tuple(Plain(one.name) for one in given)) if given else None


PARTNERS = Step("partners", T("report.label_partners"), _ask, _read, _show)
