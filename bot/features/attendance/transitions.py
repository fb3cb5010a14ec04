"""Which state of attendance may follow which, and by whose hand: written down here alone (VOL-04).

The person comes and goes, each once. The lead may take every mis-tap back. The clock only ends
what nobody ended.
"""

from enum import StrEnum

from bot.features.attendance.errors import NotPossibleNow
from bot.features.attendance.models import Presence


class Hand(StrEnum):
    """Who changes an attendance; the office has the lead's hand."""

    person = "person"
    lead = "lead"
    clock = "clock"


_ALL = frozenset(Hand)
_LEAD = frozenset({Hand.lead})
_ONLY_PEOPLE = frozenset({Hand.person, Hand.lead})

ALLOWED: dict[tuple[Presence, Presence], frozenset[Hand]] = {
    (Presence.expected, Presence.checked_in): _ONLY_PEOPLE,
    (Presence.expected, Presence.absent): _LEAD,
    (Presence.expected, Presence.excused): _LEAD,
    (Presence.checked_in, Presence.checked_out): _ALL,
    (Presence.checked_in, Presence.left_early): _ONLY_PEOPLE,
    # Who was marked as missing may still come, and show it by the code.
    (Presence.absent, Presence.checked_in): _ONLY_PEOPLE,
    (Presence.excused, Presence.checked_in): _ONLY_PEOPLE,
    # What the lead takes back or sets right.
    (Presence.checked_in, Presence.expected): _LEAD,
    (Presence.checked_in, Presence.absent): _LEAD,
    (Presence.checked_in, Presence.excused): _LEAD,
    (Presence.checked_out, Presence.expected): _LEAD,
    (Presence.checked_out, Presence.checked_in): _LEAD,
    (Presence.checked_out, Presence.left_early): _LEAD,
    (Presence.checked_out, Presence.absent): _LEAD,
    (Presence.checked_out, Presence.excused): _LEAD,
    (Presence.left_early, Presence.expected): _LEAD,
    (Presence.left_early, Presence.checked_in): _LEAD,
    (Presence.left_early, Presence.checked_out): _LEAD,
    (Presence.left_early, Presence.absent): _LEAD,
    (Presence.left_early, Presence.excused): _LEAD,
    (Presence.absent, Presence.expected): _LEAD,
    (Presence.absent, Presence.excused): _LEAD,
    (Presence.excused, Presence.expected): _LEAD,
    (Presence.excused, Presence.absent): _LEAD,
}
"""Each allowed step with the hands that may take it; what is not here is refused."""

SERVED = (Presence.checked_in, Presence.checked_out, Presence.left_early)
"""The states of those who came."""


def check_step(before: Presence, after: Presence, hand: Hand) -> None:
    """Raise NotPossibleNow unless `hand` may lead from `before` to `after`."""
    if hand not in ALLOWED.get((before, after), frozenset()):
        raise NotPossibleNow
