"""The faults of a notice as a table, at the suite's sizes or at those of a real campaign.

Each has a control: the same fault with the guard taken away, which must break a promise.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.faults.kills import killed
from tests.faults.moved import moved
from tests.faults.noticed import Found
from tests.faults.refusals import stormed, unanswered
from tests.faults.restarts import restarted
from tests.faults.revoked import revoked

Run = Callable[[Path], Awaitable[Found]]

FORGETFUL = ("-m", "tests.faults.entries.forgetful_notice")
SENT_BEFORE = ("-m", "tests.faults.entries.sent_before_sending")
DEAF = ("-m", "tests.faults.entries.deaf_to_401")


@dataclass(frozen=True)
class Size:
    """How large the faults are: readers of the notice, and how often it is hit.

    `silence_ms` is after how long a connection without an answer ends, None: by our time-out.
    """

    people: int
    kills: int
    refusals: int
    silent: int
    silence_ms: int | None
    groups: int
    revocations: int
    restarts: int


SMALL = Size(
    people=80,
    kills=3,
    refusals=9,
    silent=4,
    silence_ms=300,
    groups=6,
    revocations=1,
    restarts=3,
)
FULL = Size(
    people=3000,
    kills=20,
    refusals=60,
    silent=30,
    silence_ms=None,
    groups=300,
    revocations=3,
    restarts=3,
)


@dataclass(frozen=True)
class Fault:
    """One line of the table; `control` is None where another line's stands for it."""

    name: str
    run: Run
    control: Run | None
    needs_postgres: bool = False


def faults(size: Size) -> list[Fault]:
    """Return the table at a size."""
    kill = partial(killed, people=size.people, kills=size.kills)
    storm = partial(stormed, people=size.people, refusals=size.refusals)
    silence = partial(unanswered, people=size.people, silent=size.silent, ms=size.silence_ms)
    token = partial(revoked, people=size.people, times=size.revocations)
    group = partial(moved, groups=size.groups)
    restart = partial(restarted, people=size.people, restarts=size.restarts)
    return [
        Fault("kills", kill, partial(kill, entry=SENT_BEFORE)),
        Fault("storm_429", storm, partial(storm, guarded=False)),
        Fault("no_answer", silence, None),
        Fault(
            "no_answer_never_twice",
            partial(silence, once=True),
            partial(silence, once=True, guarded=False),
        ),
        Fault("token_401", token, partial(token, entry=DEAF)),
        Fault("group_moved", group, partial(group, guarded=False)),
        Fault("postgres_restarts", restart, partial(restart, guarded=False), needs_postgres=True),
    ]
