"""What the office of the house has asked for in the chat."""

from datetime import date

from bot.config import ALL_RESPONSIBLE_UNITS, Form, Frequency
from bot.db.work import Work
from bot.features.deadlines.models import Extension, ExtensionState
from bot.features.obligations.models import MadeObligation
from bot.features.people.actor import Actor

WORDS_ID, CONFIRM_ID = "1", "2"
"""The ids of what asks for words, and of what asks for a tap only: the house has no others."""


def furnish_orders(work: Work, office: Actor, unit_id: int, asker: Actor, words: str) -> int:
    """Let the office ask all units for words, and for a confirmation.

    Return the wish of a contact of the unit for more time for the words.
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
    return _wish(work, unit_id, asker, words)


def _wish(work: Work, unit_id: int, asker: Actor, words: str) -> int:
    row = Extension(
        obligation=WORDS_ID,
        period="once",
        unit_id=unit_id,
        state=ExtensionState.asked,
        open_key=f"{WORDS_ID}:once:{unit_id}",
        wanted=date(2024, 6, 27),
        reason=words,
        asked_by=asker.person_id,
        asked_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.id
