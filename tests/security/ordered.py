"""What the office of the house has asked for in the chat."""

from collections.abc import Sequence
from datetime import date

from bot.config import ALL_RESPONSIBLE_UNITS, Form, Frequency
from bot.db.work import Work
from bot.features.deadlines.models import Extension, ExtensionState
from bot.features.obligations.models import MadeObligation
from bot.features.people.actor import Actor
from bot.features.people.queries import contacts_of_units
from bot.features.routines.models import Rhythm, Routine

WORDS_ID, CONFIRM_ID = "1", "2"
"""The ids of what asks for words, and of what asks for a tap only: the house has no others."""
ROUTINE_DAY = date(2024, 6, 3)
"""The day on which the house is walked through."""


def furnish_orders(work: Work, office: Actor, units: tuple[int, int], words: str) -> dict[str, int]:
    """Let the office ask all units for words, and for a confirmation; let units have a routine.

    Return the wish of a contact of the second unit for more time for the words, and the routines.
    """
    for form in (Form.text, Form.confirm):
        work.session.add(
            MadeObligation(
                name=f"布置的{form}",
                form=form,
                who=ALL_RESPONSIBLE_UNITS,
                frequency=Frequency.once,
                due=date(2024, 6, 20),
                since=date(2024, 6, 1),
                made_by=office.person_id,
                made_at=work.now,
            )
        )
        work.session.flush()
    routines = _routines(work, units, office, words)
    return {"wish": _wish(work, units[1], words), **routines}


def _routines(work: Work, units: Sequence[int], by: Actor, words: str) -> dict[str, int]:
    rows = [
        Routine(
            unit_id=unit_id,
            name=words,
            rhythm=Rhythm.weekly,
            day=4,
            hour=9,
            set_by=by.person_id,
            set_at=work.now,
        )
        for unit_id in units
    ]
    work.session.add_all(rows)
    work.session.flush()
    return dict(zip(("own_routine", "other_routine"), (row.id for row in rows), strict=True))


def _wish(work: Work, unit_id: int, words: str) -> int:
    asker = contacts_of_units(work, [unit_id])[unit_id][0]
    row = Extension(
        obligation=WORDS_ID,
        period="once",
        unit_id=unit_id,
        state=ExtensionState.asked,
        open_key=f"{WORDS_ID}:once:{unit_id}",
        wanted=date(2024, 6, 27),
        reason=words,
        asked_by=asker,
        asked_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.id
