"""The rehearsed summer of the real campaign, 2024-06-01 to 2024-09-30: what was planned and sent.

It is the summer of `tests/jobs/test_rehearsal.py`: each day is rehearsed, then lived by the jobs.
"""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.lines import line
from tests.jobs.rehearsed import Play
from tests.jobs.rehearsed_summer import BEGIN, END, Summer
from tests.support.clock import SetClock
from tests.support.config import make_config
from tests.support.fixtures import open_store


def measure() -> None:
    """Print the sums of the summer, and how often it went otherwise than it was rehearsed."""
    config, clock = make_config(), SetClock(BEGIN)
    with TemporaryDirectory(prefix="bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'summer.db'}"
        with contextmanager(open_store)(url, config, clock) as store:
            summer = Summer(store, config)
            summer.prepare()
            lived = Play(store, config, clock, summer.acts)
            lived.live(BEGIN, END)
    line("summer_differences", len(lived.differences), "effects", against="the rehearsal")
    for name, number in sorted(lived.sums.items(), key=lambda one: (":" in one[0], -one[1])):
        unit = "effects" if ":" in name else "messages"
        line("summer", number, unit, what=name)
