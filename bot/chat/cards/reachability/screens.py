"""Who is not reached: the figures, the units with a way to invite somebody, the people."""

from collections.abc import Mapping, Sequence

from bot.chat.cards.home import home_button
from bot.chat.cards.inviting import Invite, OpenOnes
from bot.chat.cards.reachability.buttons import ListGap, ListLost, ShowReach
from bot.chat.cards.units import Units
from bot.chat.pager import Page, page_of, pager
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text
from bot.core.roles import Role
from bot.features.reachability.queries import Gap, Lost, LostPerson, Overview, UnitReach

PAGE = 8
"""Units, or people, on one page."""
_GAPS: Mapping[Gap, tuple[str, str]] = {
    Gap.unbound: ("reach.unbound", "reach.see_unbound"),
    Gap.silent: ("reach.silent", "reach.see_silent"),
    Gap.second: ("reach.second", "reach.see_second"),
}
_LOST: Mapping[Lost, tuple[str, str]] = {
    Lost.blocked: ("reach.blocked", "reach.see_blocked"),
    Lost.without: ("reach.without", "reach.see_without"),
}


def overview_screen(found: Overview) -> Screen:
    """Return how many units and people are not reached, and who gets it instead."""
    gaps = [gap for gap in Gap if found.gaps[gap]]
    lost = [why for why in Lost if found.lost[why]]
    rows: list[Row] = [[Button(T(_GAPS[gap][1]), ListGap(gap, 1))] for gap in gaps]
    rows += [[Button(T(_LOST[why][1]), ListLost(why, 1))] for why in lost]
    if found.invited:
        rows.append([Button(T("reach.see_invited"), OpenOnes(1))])
    return Screen(
        Lines(
            T("reach.title"),
            *(T(_GAPS[gap][0], count=found.gaps[gap]) for gap in Gap),
            *(T(_LOST[why][0], count=found.lost[why]) for why in Lost),
            T("reach.invited", count=found.invited),
            BLANK,
            T("reach.rule"),
        ),
        [*rows, [Button(T("reach.to_units"), Units(1, gaps=False)), home_button()]],
    )


def gap_screen(gap: Gap, units: Sequence[UnitReach], number: int) -> Screen:
    """Return a page of the units with a gap; one press makes a link for a contact of a unit."""
    page = page_of([one for one in units if one.gap is gap], number, size=PAGE)
    invite: list[Row] = [
        [
            Button(
                T("reach.invite", unit=one.unit.name),
                Invite(Role.contact, one.unit.id),
                Style.primary,
            )
        ]
        for one in page.items
    ]
    return Screen(
        Lines(
            T(f"reach.head_{gap}"),
            *(_unit_line(one) for one in page.items),
            None if page.items else T("reach.none"),
        ),
        [*invite, pager(page.number, page.pages, lambda to: ListGap(gap, to)), _back()],
    )


def lost_screen(why: Lost, page: Page[LostPerson]) -> Screen:
    """Return a page of the people who are not reached."""
    return Screen(
        Lines(
            T(f"reach.head_{why}"),
            *(_person_line(one) for one in page.items),
            None if page.items else T("reach.none"),
        ),
        [pager(page.number, page.pages, lambda to: ListLost(why, to)), _back()],
    )


def _unit_line(one: UnitReach) -> Text:
    name = Plain(one.unit.name)
    parts: list[Text] = [name]
    lost = [contact.name for contact in one.contacts if not contact.reachable]
    if lost:
        parts.append(T("reach.lost_contacts", names=Listed([Plain(each) for each in lost])))
    if one.stand_in is not None and one.gap is Gap.second:
        parts.append(T("reach.instead", name=one.stand_in.name))
    if one.invited_until is not None:
        parts.append(T("reach.invited_until", until=one.invited_until))
    return T("reach.line", what=Listed(parts, between=" · "))


def _person_line(one: LostPerson) -> Text:
    parts: list[Text] = [Plain(one.name) if one.name else T("reach.nameless")]
    if one.since is not None:
        parts.append(T("reach.since", since=one.since))
    elif one.instead:
        parts.append(T("reach.instead", name=one.instead))
    else:
        parts.append(T("reach.nobody_instead"))
    return T("reach.line", what=Listed(parts, between=" · "))


def _back() -> Row:
    return [Button(T("reach.back"), ShowReach()), home_button()]
