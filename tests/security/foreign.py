"""Buttons for what belongs to somebody else: whoever has the role may not press them all the same."""

from bot.chat.cards import bindings, drafts, inviting, textfiles
from bot.chat.cards.archive import buttons as archive
from bot.chat.cards.attendance import buttons as attendance
from bot.chat.cards.closing import buttons as closing
from bot.chat.cards.cover import buttons as cover
from bot.chat.cards.deadlines import buttons as deadlines
from bot.chat.cards.deadlines.buttons import arg_of
from bot.chat.cards.documents import buttons as documents
from bot.chat.cards.documents.buttons import document_arg
from bot.chat.cards.hours import buttons as hours
from bot.chat.cards.months import buttons as months
from bot.chat.cards.posts import buttons as posts
from bot.chat.cards.reports import buttons as reports
from bot.chat.cards.routines import buttons as routines
from bot.chat.conversation.model import Begin
from bot.core.roles import Role
from bot.features.attendance.roll import Mark
from tests.security.circles import Make
from tests.security.ordered import ROUTINE_DAY

FOREIGN: list[tuple[str, Make]] = [
    *(
        (who, make)
        for who in ("contact", "unit_head")
        for make in (
            lambda it: reports.OpenReport(it.other_report),
            lambda it: reports.ShowPhotos(it.other_report),
            lambda it: reports.ShowText(it.other_report),
            lambda it: reports.ListReports(unit_id=it.other_unit),
            lambda it: archive.OpenFound(it.other_report, 1, 1),
            lambda it: deadlines.OpenFiling(it.other_plan),
            lambda it: deadlines.SendFile(it.other_plan),
            lambda it: routines.OpenRoutine(it.other_routine),
            lambda it: routines.PauseRoutine(it.other_routine, paused=True),
            lambda it: routines.DeleteRoutine(it.other_routine, sure=True),
            lambda it: routines.RoutineIsDone(it.other_routine, ROUTINE_DAY),
            lambda it: Begin("routinefix", str(it.other_routine)),
            lambda it: documents.ShowDocuments(it.other_unit),
            lambda it: documents.OpenDocument(it.other_document),
            lambda it: documents.SendDocument(it.other_document),
            lambda it: deadlines.ShowMonth(it.other_unit, "O2", "2024-06"),
            lambda it: deadlines.ShowPlan(it.other_unit, "O1"),
            lambda it: deadlines.OpenFiling(it.other_month),
            lambda it: months.ShowWhole(it.other_unit, "O2", "2024-06"),
            lambda it: months.ShowFiledText(it.other_month),
            lambda it: months.ShowFigures(it.other_month),
            lambda it: months.ShowSources(it.other_total),
            lambda it: months.ShowVersions(it.other_month),
            lambda it: bindings.HandOver(it.other_grant),
            lambda it: bindings.Leave(it.other_grant, sure=True),
            lambda it: drafts.DropDraft(it.other_draft),
        )
    ),
    ("contact", lambda it: reports.Withdraw(it.other_report, 1)),
    (
        "contact",
        lambda it: reports.Pasted(it.other_pasted, reports.PastedChoice.submit_all),
    ),
    ("contact", lambda it: textfiles.ReadAgain(it.other_textfile)),
    ("contact", lambda it: Begin("rework", str(it.other_report))),
    ("contact", lambda it: Begin("supply", str(it.other_report))),
    ("contact", lambda it: Begin("plan", arg_of("O1", "once", it.other_unit))),
    ("contact", lambda it: Begin("document", document_arg(it.other_unit, "arrangement"))),
    *(
        ("contact", make)
        for make in (
            lambda it: reports.AnswerPartner(it.joint.other, it.other_unit, took_part=True),
            lambda it: reports.AnswerPartner(it.joint.other, it.own_unit, took_part=False),
            lambda it: reports.AnswerPartner(it.other_report, it.own_unit, took_part=True),
            lambda it: reports.SameActivity(it.joint.other, it.other_unit, it.joint.same),
            lambda it: reports.SameActivity(it.joint.asked, it.own_unit, it.other_report),
            lambda it: reports.AnotherActivity(it.joint.other, it.other_unit),
            lambda it: reports.OpenJoint(it.joint.other, it.other_unit),
            lambda it: reports.OpenJoint(it.other_report, it.own_unit),
        )
    ),
    ("contact", lambda it: Begin("month", arg_of("O2", "2024-06", it.other_unit))),
    ("contact", lambda it: Begin("nothing", arg_of("O2", "2024-06", it.other_unit))),
    ("contact", lambda it: Begin("explain", arg_of("O2", "2024-06", it.other_unit))),
    ("contact", lambda it: Begin("extend", arg_of("O2", "2024-06", it.other_unit))),
    ("contact", lambda it: months.SubmitMonth(it.other_unit, "O2", "2024-06", "00000000")),
    ("contact", lambda it: months.UpdateMonth(it.other_unit, "O2", "2024-06")),
    ("contact", lambda it: months.WithdrawMonth(it.other_month)),
    ("contact", lambda it: months.ShowTypical(it.other_unit, "O2", "2024-06")),
    (
        "contact",
        lambda it: months.MarkTypical(
            it.own_unit, "O2", "2024-06", it.other_report, typical=True, page=1
        ),
    ),
    ("post_lead", lambda it: posts.Roster(it.other_post, 1)),
    (
        "post_lead",
        lambda it: posts.RemovePerson(it.other_post, it.other_volunteer, sure=True),
    ),
    *(
        ("post_lead", make)
        for make in (
            lambda it: attendance.ShowCode(it.other_post),
            lambda it: attendance.ShowQr(it.other_post),
            lambda it: attendance.TakeRoll(it.other_post, 1),
            lambda it: attendance.MarkPerson(it.other_post, it.stand.own_signup, Mark.absent, 0, 1),
            lambda it: attendance.AllHere(it.other_post),
            lambda it: attendance.OnePerson(it.other_post, it.stand.own_signup, 1),
            lambda it: attendance.SetPresent(it.other_post, it.stand.own_signup, 1, 1),
            lambda it: Begin("closing", str(it.other_post)),
            lambda it: Begin("closing", str(it.stand.other_closed)),
        )
    ),
    *(
        ("contact", make)
        for make in (
            lambda it: closing.FileResult(it.stand.other_closed, 1),
            lambda it: closing.ShowResult(it.stand.other_closed),
            lambda it: Begin("postreport", str(it.stand.other_closed)),
        )
    ),
    ("volunteer", lambda it: attendance.CheckOut(it.other_post, sure=True)),
    ("volunteer", lambda it: attendance.CountCompanions(it.other_post, 1)),
    ("post_lead", lambda it: hours.OpenRequest(it.hours.other)),
    ("post_lead", lambda it: hours.GrantHours(it.hours.other)),
    ("post_lead", lambda it: hours.PostHours(it.other_post, 1)),
    ("post_lead", lambda it: Begin("hourfix", str(it.hours.other_entry))),
    ("post_lead", lambda it: Begin("hourfix", f"r{it.hours.other}")),
    ("post_lead", lambda it: Begin("hourno", str(it.hours.other))),
    ("post_lead", lambda it: Begin("houradd", f"{it.other_post}.{it.other_volunteer}")),
    ("volunteer", lambda it: Begin("hourwrong", str(it.hours.other_entry))),
    ("volunteer", lambda it: Begin("houradd", f"{it.other_post}.{it.other_volunteer}")),
    ("post_lead", lambda it: cover.PreviewCover(it.other_post)),
    ("post_lead", lambda it: cover.CallForCover(it.other_post, 0)),
    ("volunteer", lambda it: cover.AcceptAsk(it.cover.ask)),
    ("volunteer", lambda it: cover.LookForStandIn(it.other_post)),
    ("other_volunteer", lambda it: cover.StopLooking(it.cover.search)),
    ("volunteer", lambda it: posts.Leave(it.other_post)),
    ("volunteer", lambda it: posts.CannotCome(it.other_post)),
    ("volunteer", lambda it: posts.Swap(it.other_post, it.other_post)),
    ("volunteer", lambda it: bindings.Leave(it.other_grant, sure=True)),
    ("coordinator", lambda _: inviting.Invite(Role.admin, None)),
    ("coordinator", lambda _: inviting.ForUnit(Role.admin, 1)),
    ("admin", lambda it: bindings.Leave(it.admin_grant, sure=True)),
]
"""Somebody who has the role, and the data of a button for what is not theirs."""
