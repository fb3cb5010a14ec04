"""What units were asked for and gave: a line before a request goes out, and a unit's own month."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bot.chat.callback import callback
from bot.chat.cards.home import home_button
from bot.chat.cards.totals.buttons import ShowTotals
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen
from bot.chat.text import BLANK, Lines, Month, T, Text, tn
from bot.core.dates import local_day
from bot.features.burden.queries import Burden, Sum, burdens, sum_of


@callback("umo", shows=True)
@dataclass(frozen=True)
class ShowUnitMonth:
    """Shows what a unit was asked for and gave in a month; None: the unit of who presses, now."""

    unit_id: int | None
    month: date | None


def with_burden(desk: Desk, screen: Screen, unit_ids: Collection[int]) -> Screen:
    """Return `screen`, the preview of a request to units, with what they bear already this month.

    It stays as it is without any units. The number of statements does not grow with theirs.
    """
    if not unit_ids:
        return screen
    found = _borne(desk, unit_ids)
    today = local_day(desk.now, desk.config.time.zone_info)
    return screen.with_line(burden_line(found), *reuse_rows(found, today.replace(day=1)))


def burden_of(desk: Desk, unit_ids: Collection[int]) -> Text | None:
    """Return in one line what units bear already this month, for the preview of a request.

    None without any units.
    """
    return burden_line(_borne(desk, unit_ids)) if unit_ids else None


def _borne(desk: Desk, unit_ids: Collection[int]) -> Sum:
    today = local_day(desk.now, desk.config.time.zone_info)
    return sum_of(list(burdens(desk.work, desk.config, unit_ids, today).values()))


def burden_line(found: Sum) -> Text:
    """Return in one line what units were sent, asked for and gave this month."""
    return Lines(
        tn(
            "burden.line",
            found.units,
            messages=found.messages,
            asks=found.asks,
            reports=found.reports,
            fields=found.fields,
        ),
        T("burden.reuse_hint") if found.can_reuse else None,
    )


def reuse_rows(found: Sum, month: date) -> list[Row]:
    """Return the way to the figures that were given already; none where there are none."""
    return [[Button(T("burden.reuse"), ShowTotals(month))]] if found.can_reuse else []


def unit_month_screen(unit: str, found: Burden, month: date) -> Screen:
    """Return what one unit was asked for and gave in a month."""
    totals: list[Row] = (
        [[Button(T("burden.own_figures"), ShowTotals(month, found.unit_id))]]
        if found.accepted
        else []
    )
    earlier = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return Screen(
        Lines(
            T("burden.title", unit=unit, month=Month(month)),
            tn("burden.messages", found.messages, people=found.people),
            tn("burden.asks", found.asks, filed=found.filed),
            tn("burden.reports", found.reports, fields=found.fields),
            BLANK,
            T("burden.promise"),
        ),
        [
            *totals,
            [Button(T("burden.earlier"), ShowUnitMonth(found.unit_id, earlier)), home_button()],
        ],
    )
