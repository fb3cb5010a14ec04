"""What the digest of a contact says of reports that could have more: gently, once each (ARC-03).

It is a part of the weekly digest and no message of its own: one message a person and day.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from bot.config import Config
from bot.db.insert import insert_missing
from bot.db.work import View, Work
from bot.features.digests.models import HintsOff
from bot.features.digests.weeks import Week
from bot.features.people.actor import Actor
from bot.features.people.forgetting import Forgotten, erases
from bot.features.reports.gaps import Gap, gaps_between
from bot.features.runs import service as runs

HINTS = "hint"
"""The kind under which hints are noted, once for each person and report."""


@dataclass(frozen=True)
class Hints:
    """What is hinted at; `off` when the person wants none, `possible` when there are any at all."""

    gaps: Sequence[Gap] = ()
    off: bool = False
    possible: bool = False


NO_HINTS = Hints()


def hints_for(view: View, config: Config, week: Week, *, actor: Actor, asked: bool) -> Hints:
    """Return the reports of the week that the actor could add something to.

    In the weekly message each is named once; who `asked` is told again. Nothing for who is contact
    of no unit, or where the configuration wants no hints.
    """
    if not config.archive.hints or not actor.unit_ids:
        return NO_HINTS
    if view.session.get(HintsOff, actor.person_id) is not None:
        return Hints(off=True, possible=True)
    gaps = gaps_between(view, config, actor.unit_ids, week.since, week.until)
    if asked or not gaps:
        return Hints(gaps, possible=True)
    noted = runs.noted(view, HINTS, [_period(gap) for gap in gaps])
    scope = _scope(actor.person_id)
    return Hints([gap for gap in gaps if (scope, _period(gap)) not in noted], possible=True)


def note_hints(work: Work, gaps: Sequence[Gap], *, person_id: int) -> None:
    """Note that a person was told of `gaps`."""
    for gap in gaps:
        runs.claim(work, HINTS, _scope(person_id), _period(gap))


def switch_hints(work: Work, *, actor: Actor, on: bool) -> None:
    """Let the actor have hints, or none any more; doing it twice changes nothing."""
    if on:
        work.session.execute(delete(HintsOff).where(HintsOff.person_id == actor.person_id))
        return
    row = {"person_id": actor.person_id, "since": work.now}
    insert_missing(work.session, HintsOff, [row], key=("person_id",))


@erases
def erase_choice(work: Work, who: Forgotten) -> None:
    """Delete that the person wanted no hints."""
    work.session.execute(delete(HintsOff).where(HintsOff.person_id == who.person_id))


def _scope(person_id: int) -> str:
    return f"person:{person_id}"


def _period(gap: Gap) -> str:
    return f"report:{gap.report_id}"
