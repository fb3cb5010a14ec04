"""Who works in the offices and leads teams, and ending such a role (ORG-18)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.cards.roles import role_name
from bot.chat.pager import page_of, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Plain, T, Text, tn
from bot.core.roles import may_end
from bot.features.people.actor import Actor
from bot.features.people.queries import Staff

_PAGE = 8


@callback("sf", shows=True)
@dataclass(frozen=True)
class ShowStaff:
    """Shows a page of the people who work in the offices or lead teams."""

    page: int


@callback("sf.x")
@dataclass(frozen=True)
class EndRole:
    """Ends somebody's role; asks first unless `sure`."""

    grant_id: int
    sure: bool


def staff_screen(
    people: Sequence[Staff], number: int, *, actor: Actor, note: Text | None = None
) -> Screen:
    """Return a page of the staff, with a button for each role that the actor may end."""
    page = page_of(people, number, size=_PAGE)
    rows: list[Row] = [
        [
            Button(
                T("staff.end", name=one.name, role=role_name(one.role)),
                EndRole(one.grant_id, sure=False),
            )
        ]
        for one in page.items
        if one.person_id != actor.person_id and may_end(actor.roles, one.role)
    ]
    head = tn("staff.title", len({one.person_id for one in people}))
    return Screen(
        Lines(note, None if note is None else BLANK, head, *(_line(one) for one in page.items)),
        [*rows, pager(page.number, page.pages, ShowStaff), [home_button()]],
    )


def end_question(grant_id: int, name: str, role: Text) -> Screen:
    """Ask whether a role is ended, and say what stays."""
    return Screen(
        T("staff.end_question", name=name, role=role),
        [
            [Button(T("units.keep_bound"), ShowStaff(1), Style.primary)],
            [Button(T("units.unbind_sure"), EndRole(grant_id, sure=True), Style.danger)],
        ],
    )


def ended(name: str, role: Text) -> Text:
    """Say that a role was ended."""
    return T("staff.ended", name=name, role=role)


def _line(one: Staff) -> Text:
    name = T("units.reachable" if one.reachable else "units.unreachable", name=Plain(one.name))
    return T("staff.line", role=role_name(one.role), name=name, since=one.since)
