"""Totals on the screen, every figure open to the reports behind it (REP-16)."""

from datetime import date

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.cards.totals import screens as cards
from bot.chat.cards.totals.buttons import ChooseTask, ChooseUnit, ShowFigure, ShowTotals
from bot.chat.feature import Feature, HomePart
from bot.chat.pager import Page, page_of
from bot.chat.screen import Button, Screen
from bot.chat.text import T
from bot.core.errors import NotFound
from bot.core.roles import Role
from bot.features.reports.content import NO_TASK
from bot.features.reports.doubts import doubts, doubts_of
from bot.features.reports.queries import months
from bot.features.reports.rules import month_of
from bot.features.rollup.queries import roll_up
from bot.features.rollup.scope import Scope, counts
from bot.features.rollup.sources import figure_of, sources_of
from bot.features.units.models import UnitKind
from bot.features.units.queries import register, units_by_id

feature = Feature("totals")

_ORDER = 85
_READERS = needs(Role.coordinator, Role.supervisor)
"""Who sees every unit's reports, and so what is behind every figure."""


@feature.home(_ORDER, _READERS)
def home(call: Call) -> HomePart:
    """Offer the totals of the month."""
    month = month_of(call.config, call.now)
    return HomePart(buttons=[Button(T("totals.button"), ShowTotals(month))])


@feature.press(ShowTotals, _READERS)
def show_totals(call: Call, asked: ShowTotals) -> Screen:
    """Show a page of totals."""
    seen = _seen(call, asked.month, asked.unit_id, asked.task)
    odd = doubts(call.work, call.config, [counts(), *seen.scope.conditions(call.config)])
    rolled = roll_up(call.work, call.config, seen.scope, [], odd=odd)
    return cards.totals_screen(seen, rolled.totals, months(call.work), number=asked.page)


@feature.press(ShowFigure, _READERS)
def show_figure(call: Call, asked: ShowFigure) -> Screen:
    """Show a page of the reports behind one total."""
    seen = _seen(call, asked.month, asked.unit_id, asked.task)
    slug = call.config.metric(asked.metric).slug
    figure = figure_of(call.work, call.config, slug, seen.scope)
    if figure is None:
        return cards.no_figure_screen(seen)
    numbers = page_of(figure.total.sources, asked.page, size=cards.SOURCES)
    sources = sources_of(call.work, slug, numbers.items)
    odd = doubts_of(call.work, call.config, [one.report_id for one in sources])
    page = Page(sources, numbers.number, numbers.pages)
    return cards.figure_screen(seen, figure, page, odd, number_of_all=len(figure.total.sources))


@feature.press(ChooseUnit, _READERS)
def choose_unit(call: Call, asked: ChooseUnit) -> Screen:
    """Show the units to choose from; closed ones keep what they reported."""
    scope = _seen(call, asked.month, None, asked.task).scope
    units = [unit for unit in register(call.work) if unit.kind is UnitKind.unit]
    return cards.units_screen(scope, units, number=asked.page)


@feature.press(ChooseTask, _READERS)
def choose_task(call: Call, asked: ChooseTask) -> Screen:
    """Show the tasks to choose from."""
    scope = _seen(call, asked.month, asked.unit_id, None).scope
    return cards.tasks_screen(scope, call.config.tasks, config=call.config, number=asked.page)


def _seen(call: Call, month: date | None, unit_id: int | None, task: str | None) -> cards.Seen:
    """Return which reports a button means. Raises NotFound for a unit, task or section of none."""
    sections = {section.id for section in call.config.sections}
    if task is not None and task not in {NO_TASK, *sections}:
        call.config.task(task)
    named = units_by_id(call.work, [] if unit_id is None else [unit_id])
    if unit_id is not None and unit_id not in named:
        raise NotFound
    first = None if month is None else month.replace(day=1)
    unit = next((one.name for one in named.values()), None)
    scope = cards.narrowed(call.config, Scope(month=first, unit_id=unit_id), task)
    return cards.Seen(scope, call.config, unit)
