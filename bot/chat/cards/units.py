"""The register of units: who is bound, where nobody is, and the members of groups (ORG-05/06)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.cards.burden.month import ShowUnitMonth
from bot.chat.cards.home import home_button
from bot.chat.cards.inviting import Invite, Inviting
from bot.chat.cards.reachability.buttons import ShowReach
from bot.chat.cards.roles import role_name
from bot.chat.conversation.model import Begin
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text, tn
from bot.config import Config
from bot.core.roles import Role
from bot.features.people.queries import Binding
from bot.features.units.models import Unit, UnitKind

PAGE = 8
"""Units on one page."""
MEMBER = "member"
"""The conversation that adds members to a group."""


@callback("un", shows=True)
@dataclass(frozen=True)
class Units:
    """Shows a page of the register; with `gaps` only units that lack somebody."""

    page: int
    gaps: bool


@callback("un.o", shows=True)
@dataclass(frozen=True)
class OpenUnit:
    """Shows a unit; `page` is that of its members."""

    unit_id: int
    page: int


@callback("un.b")
@dataclass(frozen=True)
class Unbind:
    """Ends somebody's role for a unit; asks first unless `sure`."""

    grant_id: int
    sure: bool


@callback("un.c")
@dataclass(frozen=True)
class CloseUnit:
    """Ends what a unit owes; asks first unless `sure`."""

    unit_id: int
    sure: bool


@callback("un.r")
@dataclass(frozen=True)
class ReopenUnit:
    """Lets a closed unit answer again."""

    unit_id: int


@dataclass(frozen=True)
class Staff:
    """Who is bound to which unit."""

    bindings: Sequence[Binding]

    def of(self, unit_id: int, role: Role) -> list[Binding]:
        """Return who holds `role` for a unit."""
        return [one for one in self.bindings if one.unit_id == unit_id and one.role is role]

    def lacking(self, units: Iterable[Unit], role: Role) -> list[Unit]:
        """Return the units for which nobody holds `role`."""
        bound = {one.unit_id for one in self.bindings if one.role is role}
        return [unit for unit in units if unit.id not in bound]


def units_screen(
    register: Sequence[Unit], answering: Sequence[Unit], staff: Staff, *, number: int, gaps: bool
) -> Screen:
    """Return a page of the register, what is missing first in figures (O6: 明确……工作人员)."""
    no_contact = staff.lacking(answering, Role.contact)
    no_head = staff.lacking(answering, Role.unit_head)
    lacking = {unit.id for unit in (*no_contact, *no_head)}
    shown = [unit for unit in register if unit.kind is not UnitKind.office]
    if gaps:
        shown = [unit for unit in shown if unit.id in lacking]
    page = page_of(shown, number, size=PAGE)
    text = Lines(
        T("units.title"),
        tn("units.count", len(answering)),
        tn("units.no_contact", len(no_contact)),
        tn("units.no_head", len(no_head)),
        T("units.no_gaps") if gaps and not shown else None,
    )
    turn = Button(T("units.show_all" if gaps else "units.show_gaps"), Units(1, gaps=not gaps))
    ids = {unit.id for unit in answering}
    return Screen(
        text,
        [
            *([_row(unit, staff, answering=unit.id in ids)] for unit in page.items),
            pager(page.number, page.pages, lambda to: Units(to, gaps=gaps)),
            [turn, Button(T("units.invite"), Inviting())],
            [Button(T("reach.open"), ShowReach()), home_button()],
        ],
    )


def unit_card(
    unit: Unit,
    *,
    config: Config,
    tasks: Sequence[str],
    staff: Staff,
    members: Sequence[Unit],
    number: int,
    note: Text | None = None,
) -> Screen:
    """Return a unit with its people, and what the office may do about it."""
    contacts, heads = staff.of(unit.id, Role.contact), staff.of(unit.id, Role.unit_head)
    page = page_of(members, number, size=PAGE)
    is_group = unit.kind is UnitKind.group
    stands_alone = not any(member.closed_at is None for member in members)
    text = Lines(
        note,
        None if note is None else BLANK,
        T("units.name", name=unit.name),
        _full_name(unit, config),
        T("units.closed", at=unit.closed_at) if unit.closed_at is not None else None,
        T("units.tasks", tasks=Listed([Plain(task) for task in tasks])) if tasks else None,
        _people(Role.contact, contacts) if stands_alone else None,
        _people(Role.unit_head, heads) if stands_alone else None,
        tn("units.members", len(members)) if is_group else None,
    )
    rows: list[Row] = [[_row(member, staff, answering=True)] for member in page.items]
    rows.append(pager(page.number, page.pages, lambda to: OpenUnit(unit.id, to)))
    if is_group and unit.closed_at is None:
        rows.append([Button(T("units.add_members"), Begin(MEMBER, str(unit.id)), Style.primary)])
    if unit.closed_at is None and stands_alone:
        rows.append(
            [
                Button(T("units.invite_contact"), Invite(Role.contact, unit.id)),
                Button(T("units.invite_head"), Invite(Role.unit_head, unit.id)),
            ]
        )
    rows += [
        [Button(T("units.unbind", name=one.name, role=role_name(one.role)), _unbind(one))]
        for one in (*contacts, *heads)
    ]
    rows.append([Button(T("burden.open"), ShowUnitMonth(unit.id, None)), _open_or_close(unit)])
    rows.append([_back(unit), home_button()])
    return Screen(text, rows)


def unbind_question(binding: Binding, unit: Unit) -> Screen:
    """Ask whether somebody's role for a unit ends."""
    return Screen(
        T(
            "units.unbind_question",
            name=binding.name,
            role=role_name(binding.role),
            unit=Plain(unit.name),
        ),
        [
            [Button(T("units.keep_bound"), OpenUnit(unit.id, 1), Style.primary)],
            [Button(T("units.unbind_sure"), Unbind(binding.grant_id, sure=True), Style.danger)],
        ],
    )


def close_question(unit: Unit) -> Screen:
    """Ask whether a unit takes no part any more."""
    return Screen(
        T("units.close_question", unit=unit.name),
        [
            [Button(T("units.keep_open"), OpenUnit(unit.id, 1), Style.primary)],
            [Button(T("units.close"), CloseUnit(unit.id, sure=True), Style.danger)],
        ],
    )


def _row(unit: Unit, staff: Staff, *, answering: bool) -> Button:
    state = _state(unit, staff, answering=answering)
    return Button(Listed([Plain(unit.name), state], between=" · "), OpenUnit(unit.id, 1))


def _state(unit: Unit, staff: Staff, *, answering: bool) -> Text:
    if unit.closed_at is not None:
        return T("units.state_closed")
    if not answering:
        return T("units.state_group")
    no_contact = not staff.of(unit.id, Role.contact)
    no_head = not staff.of(unit.id, Role.unit_head)
    if no_contact and no_head:
        return T("units.state_nobody")
    if no_contact:
        return T("units.state_no_contact")
    return T("units.state_no_head") if no_head else T("units.state_complete")


def _people(role: Role, bound: Sequence[Binding]) -> Text:
    if not bound:
        return T("units.nobody", role=role_name(role))
    names = [
        T("units.reachable" if one.reachable else "units.unreachable", name=one.name)
        for one in bound
    ]
    return T("units.people", role=role_name(role), names=Listed(names))


def _full_name(unit: Unit, config: Config) -> Text | None:
    entry = next((one for one in config.units if one.slug == unit.slug), None)
    return None if entry is None or entry.expanded_name is None else Plain(entry.expanded_name)


def _unbind(binding: Binding) -> Unbind:
    return Unbind(binding.grant_id, sure=False)


def _open_or_close(unit: Unit) -> Button:
    if unit.closed_at is not None:
        return Button(T("units.reopen"), ReopenUnit(unit.id))
    return Button(T("units.close"), CloseUnit(unit.id, sure=False))


def _back(unit: Unit) -> Button:
    to = Units(1, gaps=False) if unit.parent_id is None else OpenUnit(unit.parent_id, 1)
    return Button(T("units.back"), to)
