"""Who may press the buttons of receipts, of meetings and of routines."""

from bot.chat.cards.meetings import buttons as meetings
from bot.chat.cards.receipts import buttons as receipts
from bot.chat.cards.routines import buttons as routines
from tests.security.circles import OFFICE, REGISTERED, UNIT_PEOPLE, May
from tests.security.ordered import ROUTINE_DAY

CAME_BACK: dict[type, May] = {
    receipts.ConfirmReceipt: May(
        REGISTERED, lambda it: receipts.ConfirmReceipt(it.notice, asked=True)
    ),
    receipts.ShowMissing: May(OFFICE, lambda it: receipts.ShowMissing(it.notice, 1)),
    receipts.ChaseMissing: May(OFFICE, lambda it: receipts.ChaseMissing(it.notice)),
    receipts.CloseReceipts: May(OFFICE, lambda it: receipts.CloseReceipts(it.notice, sure=True)),
    receipts.ShowReport: May(OFFICE, lambda it: receipts.ShowReport(it.notice, 1)),
    receipts.RequeueFailed: May(OFFICE, lambda it: receipts.RequeueFailed(it.notice, sure=True)),
    receipts.MakeReport: May(OFFICE, lambda it: receipts.MakeReport(it.notice)),
    receipts.ShowReplies: May(OFFICE, lambda it: receipts.ShowReplies(it.notice, 1)),
    meetings.ListMeetings: May(OFFICE, lambda _: meetings.ListMeetings(1)),
    meetings.OpenMeeting: May(OFFICE, lambda it: meetings.OpenMeeting(it.meeting, 1)),
    meetings.Attend: May(REGISTERED, lambda it: meetings.Attend(it.meeting)),
    meetings.CancelMeeting: May(OFFICE, lambda it: meetings.CancelMeeting(it.meeting, sure=True)),
    meetings.SignList: May(OFFICE, lambda it: meetings.SignList(it.meeting, 1)),
    meetings.SignIn: May(OFFICE, lambda it: meetings.SignIn(it.meeting, it.volunteer, 1)),
    meetings.MakeSheet: May(OFFICE, lambda it: meetings.MakeSheet(it.meeting)),
    routines.ShowRoutines: May(UNIT_PEOPLE, lambda _: routines.ShowRoutines()),
    routines.OpenRoutine: May(UNIT_PEOPLE, lambda it: routines.OpenRoutine(it.own_routine)),
    routines.PauseRoutine: May(
        UNIT_PEOPLE, lambda it: routines.PauseRoutine(it.own_routine, paused=True)
    ),
    routines.DeleteRoutine: May(UNIT_PEOPLE, lambda it: routines.DeleteRoutine(it.own_routine)),
    routines.RoutineIsDone: May(
        UNIT_PEOPLE, lambda it: routines.RoutineIsDone(it.own_routine, ROUTINE_DAY)
    ),
}
