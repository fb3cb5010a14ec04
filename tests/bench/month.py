"""How long a unit's month takes to write itself, with 200 activities in it."""

import statistics
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.roles import Role
from bot.db.base import Base
from bot.db.store import Store
from bot.db.work import View, Work
from bot.features.deadlines.filing import Where
from bot.features.models import MODEL_MODULES
from bot.features.months.assembling import assemble
from bot.features.months.filing import month_slot
from bot.features.reports.content import Content, Partner, Value
from bot.features.reports.reading.amounts import Amount
from bot.features.reports.reading.dates import Precision, When
from bot.features.reports.service import file_report
from bot.features.units.service import load_units
from tests.bench.lines import line
from tests.support.bot import unit_id_of
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.people import make

_ACTIVITIES = 200
_PARTNERS_EVERY = 5
_RUNS = 15


def measure() -> None:
    """Print the median time of assembling such a month, its slot looked up before."""
    assert MODEL_MODULES
    config, clock = make_config(), SetClock(datetime.fromisoformat("2024-06-28T09:00:00+08:00"))
    with TemporaryDirectory(prefix="bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        store = Store(url, clock=clock, tell=lambda work: work.facts.clear())
        Base.metadata.create_all(store.engine)
        store.write_now(lambda work: load_units(work, config))
        contact = make(store, Role.contact, unit="kexie")

        def fill(work: Work) -> None:
            for number in range(_ACTIVITIES):
                file_report(work, config, _content(work, number), actor=contact)

        store.write_now(fill)

        def look(view: View) -> float:
            slot = month_slot(view, config, Where("O2", "2024-06", unit_id_of(view, "kexie")))
            begun = time.perf_counter()
            found = assemble(view, config, slot)
            took = time.perf_counter() - begun
            assert len(found.activities) == _ACTIVITIES
            return took

        times = [store.read_now(look) for _ in range(_RUNS)]
        store.close_now()
    line("month_assembly", statistics.median(times) * 1000, "ms")


def _content(work: Work, number: int) -> Content:
    amounts = ("banners_hung", "leaflets_distributed", "boards_set", "participants")
    joint = number % _PARTNERS_EVERY == 0
    return Content(
        unit_id=unit_id_of(work, "kexie"),
        task_id=None,
        title=f"A{number}",
        when=When(Precision.day, date(2024, 6, 1 + number % 27)),
        partners=(Partner("B", unit_id_of(work, "keji")),) if joint else (),
        values=tuple(
            Value(slug, Amount(Decimal(number + 1), approx=False, raw="")) for slug in amounts
        ),
    )
