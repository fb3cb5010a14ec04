"""Reading a pasted paragraph: date, place, title, partners, numbers, task (REP-01, REP-07 to 13).

A rules engine: no network and no model. What it does not know it leaves empty and says so.
"""

from collections.abc import Collection

from bot.config import Config
from bot.core.text import MESSAGE_UNITS, cleaned, has_letters, units
from bot.features.reports.reading.checks import check_parts
from bot.features.reports.reading.days import Today, find_days, read_when
from bot.features.reports.reading.guess import TaskGuess
from bot.features.reports.reading.lexicon import Lexicon
from bot.features.reports.reading.numbers import read_numbers
from bot.features.reports.reading.partners import Register, read_partners
from bot.features.reports.reading.places import read_place
from bot.features.reports.reading.plain import plain_of
from bot.features.reports.reading.result import Reading, ReadingWarning, WarningKind
from bot.features.reports.reading.titles import read_title

_KEPT = 4
"""Configurations whose words stay compiled; a bot has one, tests have more."""


class Reader:
    """Reads paragraphs in the words of one configuration, which are compiled here."""

    def __init__(self, config: Config) -> None:
        """Compile the words of `config`."""
        self.config = config
        self._lexicon = Lexicon(config)
        self._register = Register(config)
        self._guess = TaskGuess(config)
        self._all_tasks = frozenset(task.id for task in config.tasks)
        self._tasks = {
            unit.slug: frozenset(task.id for task in config.tasks_of_unit(unit.slug))
            for unit in config.units
        }

    def read(
        self,
        text: str,
        *,
        today: Today,
        unit_slug: str | None = None,
        tasks: Collection[str] | None = None,
    ) -> Reading:
        """Return what `text` says. It never raises, whatever `text` is, and takes linear time.

        `unit_slug` is the unit that reports: it is no partner of itself, and a task is proposed
        among its own. None or a slug outside of the register: among all tasks. `tasks` are the
        ids to propose among instead, where the unit has others than the configuration says.
        """
        text = cleaned(text)
        if not has_letters(text):
            return Reading(text, warnings=(ReadingWarning(WarningKind.text_empty),))
        plain = plain_of(text)
        days = find_days(plain)
        dated, warnings = read_when(plain, days, today)
        numbers = read_numbers(
            plain, self.config, self._lexicon, [(one.start, one.end) for one in days]
        )
        warnings += [*numbers.warnings, *check_parts(self.config, numbers.values)]
        if units(text) > MESSAGE_UNITS:
            warnings.append(ReadingWarning(WarningKind.text_long))
        own = unit_slug if unit_slug in self._tasks else None
        if tasks is None:
            tasks = self._all_tasks if own is None else self._tasks[own]
        metrics = [one.metric for one in numbers.values]
        return Reading(
            text,
            date=dated,
            place=read_place(plain),
            title=read_title(plain, days),
            partners=tuple(read_partners(plain, self._register, own=own)),
            values=numbers.values,
            task_id=self._guess.guess(plain.text, metrics, frozenset(tasks)),
            warnings=tuple(warnings),
        )


_readers: list[Reader] = []


def reader_of(config: Config) -> Reader:
    """Return the reader of `config`, compiled the first time it is asked for."""
    for reader in _readers:
        if reader.config is config:
            return reader
    _readers.append(Reader(config))
    del _readers[:-_KEPT]
    return _readers[-1]
