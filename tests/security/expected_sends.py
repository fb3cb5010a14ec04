"""Who may look at what goes out, and cancel it."""

from datetime import date

from bot.chat.cards.burden.month import ShowUnitMonth
from bot.chat.cards.reachability import buttons as reachability
from bot.chat.cards.rehearsal import buttons as rehearsal
from bot.features.reachability.queries import Gap, Lost
from bot.features.rehearsal.models import SkipReason
from tests.security.circles import OFFICE, UNIT_PEOPLE, May

_DAY = date(2024, 6, 3)
_MINUTE = 28_623_900
_KIND = "digest"

SENDS: dict[type, May] = {
    ShowUnitMonth: May(OFFICE | UNIT_PEOPLE, lambda things: ShowUnitMonth(things.own_unit, None)),
    reachability.ShowReach: May(OFFICE, lambda _: reachability.ShowReach()),
    reachability.ListGap: May(OFFICE, lambda _: reachability.ListGap(Gap.unbound, 1)),
    reachability.ListLost: May(OFFICE, lambda _: reachability.ListLost(Lost.blocked, 1)),
    rehearsal.ShowCalendar: May(OFFICE, lambda _: rehearsal.ShowCalendar(None)),
    rehearsal.ShowDay: May(OFFICE, lambda _: rehearsal.ShowDay(_DAY, 1)),
    rehearsal.ShowGroup: May(
        OFFICE, lambda _: rehearsal.ShowGroup(_MINUTE, _KIND, "2024-W23", "all", 1)
    ),
    rehearsal.ShowLetter: May(OFFICE, lambda _: rehearsal.ShowLetter(_MINUTE, _KIND, 1)),
    rehearsal.CancelLetter: May(
        OFFICE, lambda _: rehearsal.CancelLetter(_MINUTE, _KIND, 1, SkipReason.told)
    ),
    rehearsal.ShowWhole: May(
        OFFICE, lambda _: rehearsal.ShowWhole(_MINUTE, _KIND, "2024-W23", "all")
    ),
    rehearsal.CancelAll: May(
        OFFICE,
        lambda _: rehearsal.CancelAll(_MINUTE, _KIND, "2024-W23", "all", SkipReason.told),
    ),
    rehearsal.ShowTimes: May(OFFICE, lambda _: rehearsal.ShowTimes(_MINUTE, _KIND, 1)),
    rehearsal.MoveLetter: May(
        OFFICE, lambda _: rehearsal.MoveLetter(_MINUTE, _KIND, 1, _MINUTE + 60)
    ),
    rehearsal.ShowLineTimes: May(
        OFFICE, lambda _: rehearsal.ShowLineTimes(_MINUTE, _KIND, "2024-W23", "all")
    ),
    rehearsal.MoveLine: May(
        OFFICE, lambda _: rehearsal.MoveLine(_MINUTE, _KIND, "2024-W23", "all", _MINUTE + 60)
    ),
    rehearsal.RestoreLetter: May(OFFICE, lambda it: rehearsal.RestoreLetter(it.skipped)),
    rehearsal.ShowCancelled: May(OFFICE, lambda _: rehearsal.ShowCancelled(_DAY, 1)),
    rehearsal.ShowSent: May(OFFICE, lambda _: rehearsal.ShowSent(_DAY, _KIND, 1)),
}
