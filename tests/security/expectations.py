"""Who may do what: every entry point of the bot, written down once more and by hand.

The walk compares this with what the features declare and with what the bot does. A new entry
point without a line here makes the walk fail.
"""

from datetime import date

from bot.chat.cards import (
    account,
    bindings,
    drafts,
    home,
    inviting,
    joining,
    privacy,
    staff,
    tasks,
    textfiles,
    units,
)
from bot.chat.cards.archive import buttons as archive
from bot.chat.cards.coverage import buttons as coverage
from bot.chat.cards.deadlines import buttons as deadlines
from bot.chat.cards.digests.message import ShowDigest, ShowLastWeek
from bot.chat.cards.digests.unit import SetHints
from bot.chat.cards.documents import buttons as documents
from bot.chat.cards.exports import menu as exports
from bot.chat.cards.flips.screens import UndoFlip
from bot.chat.cards.help import Help
from bot.chat.cards.months import buttons as months
from bot.chat.cards.notices import buttons as notices
from bot.chat.cards.register import buttons as register
from bot.chat.cards.reports import buttons as reports
from bot.chat.cards.reviewing import buttons as reviewing
from bot.chat.cards.totals import buttons as totals
from bot.core.roles import Role
from bot.features.reports.models import ReturnReason
from bot.features.reviewing.queue import Kind
from tests.security.circles import (
    ALL,
    CONTACT,
    DIGESTED,
    IN_TEAMS,
    OFFICE,
    OVERSEERS,
    READERS,
    REGISTERED,
    UNIT_PEOPLE,
    May,
)
from tests.security.expected_bulletins import BULLETINS
from tests.security.expected_hours import HOURS
from tests.security.expected_of_cover import COVER
from tests.security.expected_posts import POST_PRESSES
from tests.security.expected_receipts import CAME_BACK
from tests.security.expected_sends import SENDS
from tests.security.expected_teams import TEAM_PRESSES
from tests.security.furniture import SECRET
from tests.security.ordered import CONFIRM_ID, WORDS_ID
from tests.security.papers import sent_file
from tests.security.planning import PLANNING
from tests.security.stand_expectations import STAND_PRESSES

COMMANDS: dict[str, frozenset[str]] = {
    "start": ALL,
    "help": ALL,
    "posts": ALL,
    "lang": ALL,
    "privacy": ALL,
    "mydata": ALL,
    "forget": ALL,
    "cancel": ALL,
    "mine": REGISTERED,
    "digest": DIGESTED,
    "tasks": READERS,
    "report": READERS,
    "find": READERS,
    "month": UNIT_PEOPLE,
    "task": READERS,
    "missing": OVERSEERS,
    "matrix": OVERSEERS,
    "notice": OFFICE,
    "bulletin": OFFICE,
    "newpost": OFFICE,
    "series": OFFICE,
    "board": OFFICE,
    "calendar": OFFICE,
    "weather": OFFICE,
    "invite": OFFICE,
    "units": OFFICE,
    "export": OFFICE,
}

PRESSES: dict[type, May] = {
    **TEAM_PRESSES,
    **POST_PRESSES,
    **COVER,
    **CAME_BACK,
    **SENDS,
    home.Home: May(ALL, lambda _: home.Home()),
    home.More: May(REGISTERED, lambda _: home.More()),
    Help: May(ALL, lambda _: Help()),
    joining.WantToVolunteer: May(ALL, lambda _: joining.WantToVolunteer()),
    joining.HaveInvitation: May(ALL, lambda _: joining.HaveInvitation()),
    joining.Decline: May(ALL, lambda _: joining.Decline()),
    joining.Agree: May(ALL, lambda things: joining.Agree(things.code)),
    account.Languages: May(ALL, lambda _: account.Languages()),
    account.Speak: May(ALL, lambda _: account.Speak("en")),
    account.Teams: May(IN_TEAMS, lambda _: account.Teams()),
    account.JoinTeam: May(IN_TEAMS, lambda _: account.JoinTeam(None)),
    bindings.HandOver: May(UNIT_PEOPLE, lambda _: bindings.HandOver(None)),
    bindings.Leave: May(REGISTERED, lambda _: bindings.Leave(None, sure=False)),
    privacy.Privacy: May(ALL, lambda _: privacy.Privacy()),
    privacy.MyData: May(ALL, lambda _: privacy.MyData()),
    privacy.Forget: May(ALL, lambda _: privacy.Forget(sure=False)),
    inviting.Inviting: May(OFFICE, lambda _: inviting.Inviting()),
    inviting.ForUnit: May(OFFICE, lambda _: inviting.ForUnit(Role.contact, 1)),
    inviting.Invite: May(OFFICE, lambda _: inviting.Invite(Role.supervisor, None)),
    inviting.OpenOnes: May(OFFICE, lambda _: inviting.OpenOnes(1)),
    inviting.TakeBack: May(OFFICE, lambda things: inviting.TakeBack(things.invitation, sure=True)),
    staff.ShowStaff: May(OFFICE, lambda _: staff.ShowStaff(1)),
    staff.EndRole: May(OFFICE, lambda things: staff.EndRole(things.staff_grant, sure=True)),
    units.Units: May(OFFICE, lambda _: units.Units(1, gaps=False)),
    units.OpenUnit: May(OFFICE, lambda things: units.OpenUnit(things.own_unit, 1)),
    units.Unbind: May(OFFICE, lambda things: units.Unbind(things.own_grant, sure=True)),
    units.CloseUnit: May(OFFICE, lambda things: units.CloseUnit(things.own_unit, sure=True)),
    units.ReopenUnit: May(OFFICE, lambda things: units.ReopenUnit(things.own_unit)),
    notices.ListNotices: May(OFFICE, lambda _: notices.ListNotices(1)),
    notices.OpenNotice: May(OFFICE, lambda things: notices.OpenNotice(things.notice)),
    notices.StopNotice: May(OFFICE, lambda things: notices.StopNotice(things.notice, sure=True)),
    notices.ShowContent: May(OFFICE, lambda things: notices.ShowContent(things.notice)),
    notices.AgreeNotice: May(OFFICE, lambda things: notices.AgreeNotice(things.notice, 1)),
    notices.ShowProposed: May(OFFICE, lambda things: notices.ShowProposed(things.notice)),
    notices.AgreeWords: May(OFFICE, lambda things: notices.AgreeWords(things.notice, 0)),
    notices.RefuseWords: May(OFFICE, lambda things: notices.RefuseWords(things.notice, 0)),
    notices.PauseNotice: May(OFFICE, lambda things: notices.PauseNotice(things.notice)),
    notices.GoOnNotice: May(OFFICE, lambda things: notices.GoOnNotice(things.notice)),
    notices.RecallNotice: May(
        OFFICE, lambda things: notices.RecallNotice(things.notice, sure=True)
    ),
    notices.RepeatUnknown: May(
        OFFICE, lambda things: notices.RepeatUnknown(things.notice, sure=True)
    ),
    notices.ShowNames: May(
        OFFICE, lambda _: notices.ShowNames(1, left_out=False), during=("notice", "audience")
    ),
    notices.ListTemplates: May(OFFICE, lambda _: notices.ListTemplates(1)),
    notices.OpenTemplate: May(OFFICE, lambda things: notices.OpenTemplate(things.notice_template)),
    notices.DropTemplate: May(
        OFFICE, lambda things: notices.DropTemplate(things.notice_template, sure=True)
    ),
    coverage.ShowMatrix: May(OVERSEERS, lambda _: coverage.ShowMatrix(None)),
    coverage.ShowGaps: May(OVERSEERS, lambda _: coverage.ShowGaps(date(2024, 6, 1))),
    coverage.DrawSection: May(OVERSEERS, lambda _: coverage.DrawSection("A", date(2024, 6, 1))),
    coverage.MakeBook: May(OVERSEERS, lambda _: coverage.MakeBook()),
    UndoFlip: May(OFFICE, lambda things: UndoFlip(things.flip)),
    **STAND_PRESSES,
    **HOURS,
    **BULLETINS,
    **PLANNING,
    reports.OpenReport: May(READERS, lambda things: reports.OpenReport(things.own_report)),
    reports.ShowPhotos: May(READERS, lambda things: reports.ShowPhotos(things.own_report)),
    reports.ShowText: May(READERS, lambda things: reports.ShowText(things.own_report)),
    reports.ListReports: May(READERS, lambda _: reports.ListReports()),
    reports.ListUnits: May(OVERSEERS, lambda _: reports.ListUnits(date(2024, 6, 1), 1)),
    reports.NextPending: May(OFFICE, lambda _: reports.NextPending()),
    reports.Accept: May(OFFICE, lambda things: reports.Accept(things.own_report, 1)),
    reports.AskReturn: May(OFFICE, lambda things: reports.AskReturn(things.own_report, 1)),
    reports.Return: May(
        OFFICE, lambda things: reports.Return(things.own_report, 1, ReturnReason.numbers)
    ),
    reports.Pasted: May(
        frozenset({"other_contact"}),
        lambda it: reports.Pasted(it.other_pasted, reports.PastedChoice.leave_out),
    ),
    reports.Withdraw: May(CONTACT, lambda things: reports.Withdraw(things.own_report, 1)),
    reviewing.ListWaiting: May(OFFICE, lambda _: reviewing.ListWaiting()),
    reviewing.OpenWaiting: May(
        OFFICE, lambda things: reviewing.OpenWaiting(Kind.report, things.own_report)
    ),
    reviewing.Turn: May(
        OFFICE, lambda things: reviewing.Turn(Kind.filing, things.own_plan, forward=True)
    ),
    reviewing.AcceptWaiting: May(
        OFFICE, lambda things: reviewing.AcceptWaiting(Kind.report, things.own_report, 1)
    ),
    reviewing.AskAcceptPage: May(OFFICE, lambda _: reviewing.AskAcceptPage(1)),
    reviewing.AcceptShown: May(
        OFFICE, lambda things: reviewing.accept_shown_button({things.own_report: 1})[0]
    ),
    documents.ShowDocuments: May(UNIT_PEOPLE, lambda it: documents.ShowDocuments(it.own_unit)),
    documents.ShowSlots: May(OVERSEERS, lambda _: documents.ShowSlots()),
    documents.ListDocuments: May(OVERSEERS, lambda _: documents.ListDocuments("arrangement")),
    documents.OpenDocument: May(READERS, lambda it: documents.OpenDocument(it.own_document)),
    documents.SendDocument: May(READERS, lambda it: documents.SendDocument(it.own_document)),
    register.ListRegister: May(READERS, lambda _: register.ListRegister()),
    register.OpenOfficial: May(READERS, lambda it: register.OpenOfficial(it.official)),
    register.SendOfficial: May(READERS, lambda it: register.SendOfficial(it.official)),
    documents.AcceptDocument: May(OFFICE, lambda it: documents.AcceptDocument(it.own_document)),
    reports.AnswerPartner: May(
        CONTACT, lambda it: reports.AnswerPartner(it.joint.asked, it.own_unit, took_part=True)
    ),
    reports.SameActivity: May(
        CONTACT, lambda it: reports.SameActivity(it.joint.asked, it.own_unit, it.joint.same)
    ),
    reports.AnotherActivity: May(
        CONTACT, lambda it: reports.AnotherActivity(it.joint.confirmed, it.own_unit)
    ),
    reports.OpenJoint: May(CONTACT, lambda it: reports.OpenJoint(it.joint.asked, it.own_unit)),
    reports.ListJoint: May(CONTACT, lambda _: reports.ListJoint()),
    deadlines.ShowDues: May(UNIT_PEOPLE, lambda _: deadlines.ShowDues()),
    deadlines.ShowMonth: May(
        UNIT_PEOPLE, lambda things: deadlines.ShowMonth(things.own_unit, "O2", "2024-06")
    ),
    deadlines.ShowCurrentMonth: May(UNIT_PEOPLE, lambda _: deadlines.ShowCurrentMonth()),
    deadlines.ShowPlan: May(UNIT_PEOPLE, lambda things: deadlines.ShowPlan(things.own_unit, "O1")),
    deadlines.NoMoreToday: May(UNIT_PEOPLE, lambda _: deadlines.NoMoreToday()),
    deadlines.NotAPlan: May(CONTACT, lambda _: deadlines.NotAPlan(), during=("plan", "is_plan")),
    deadlines.ReadAsActivities: May(
        CONTACT,
        lambda _: deadlines.ReadAsActivities(),
        during=("plan", "is_plan"),
        given={"_offered": True, "file": sent_file(SECRET)},
    ),
    textfiles.ReadAgain: May(
        frozenset({"other_contact"}), lambda it: textfiles.ReadAgain(it.other_textfile)
    ),
    deadlines.ListOrders: May(OFFICE, lambda _: deadlines.ListOrders()),
    deadlines.OpenOrder: May(OFFICE, lambda _: deadlines.OpenOrder(WORDS_ID)),
    deadlines.EndOrder: May(OFFICE, lambda _: deadlines.EndOrder(WORDS_ID)),
    deadlines.ConfirmDone: May(
        CONTACT, lambda things: deadlines.ConfirmDone(CONFIRM_ID, "once", things.own_unit)
    ),
    deadlines.ShowBoards: May(OVERSEERS, lambda _: deadlines.ShowBoards()),
    deadlines.OpenBoard: May(OVERSEERS, lambda _: deadlines.OpenBoard("O1", "once", 1)),
    deadlines.ListFiled: May(OVERSEERS, lambda _: deadlines.ListFiled("O1", "once", 1)),
    deadlines.OpenFiling: May(READERS, lambda things: deadlines.OpenFiling(things.own_plan)),
    deadlines.SendFile: May(READERS, lambda things: deadlines.SendFile(things.own_plan)),
    deadlines.NextWaiting: May(OFFICE, lambda _: deadlines.NextWaiting()),
    deadlines.Accept: May(OFFICE, lambda things: deadlines.Accept(things.own_plan)),
    deadlines.OpenExtension: May(OFFICE, lambda it: deadlines.OpenExtension(it.wish)),
    deadlines.NextExtension: May(OFFICE, lambda _: deadlines.NextExtension()),
    deadlines.GrantExtension: May(OFFICE, lambda it: deadlines.GrantExtension(it.wish)),
    deadlines.RemindMissing: May(OFFICE, lambda _: deadlines.RemindMissing("O1", "once")),
    months.SubmitMonth: May(
        CONTACT, lambda things: months.SubmitMonth(things.own_unit, "O2", "2024-06", "00000000")
    ),
    months.UpdateMonth: May(
        CONTACT, lambda things: months.UpdateMonth(things.own_unit, "O2", "2024-06")
    ),
    months.WithdrawMonth: May(CONTACT, lambda things: months.WithdrawMonth(things.own_month)),
    months.ShowWhole: May(
        UNIT_PEOPLE, lambda things: months.ShowWhole(things.own_unit, "O2", "2024-06")
    ),
    months.ShowFiledText: May(READERS, lambda things: months.ShowFiledText(things.own_month)),
    months.ShowFigures: May(READERS, lambda things: months.ShowFigures(things.own_month)),
    months.ShowSources: May(READERS, lambda things: months.ShowSources(things.own_total)),
    months.ShowVersions: May(READERS, lambda things: months.ShowVersions(things.own_month)),
    months.ShowTypical: May(
        CONTACT, lambda things: months.ShowTypical(things.own_unit, "O2", "2024-06")
    ),
    months.MarkTypical: May(
        CONTACT,
        lambda it: months.MarkTypical(
            it.own_unit, "O2", "2024-06", it.own_report, typical=True, page=1
        ),
    ),
    months.DistrictFigures: May(OVERSEERS, lambda _: months.DistrictFigures("O2", "2024-06")),
    months.DistrictSources: May(
        OVERSEERS, lambda _: months.DistrictSources("O2", "2024-06", "participants")
    ),
    totals.ShowTotals: May(OVERSEERS, lambda _: totals.ShowTotals(date(2024, 6, 1))),
    totals.ChooseUnit: May(OVERSEERS, lambda _: totals.ChooseUnit(None, "C2")),
    totals.ChooseTask: May(OVERSEERS, lambda things: totals.ChooseTask(None, things.own_unit)),
    totals.ShowFigure: May(
        OVERSEERS, lambda things: totals.ShowFigure(None, things.own_unit, None, "participants")
    ),
    exports.AskExport: May(OFFICE, lambda _: exports.AskExport()),
    exports.Export: May(OFFICE, lambda _: exports.Export(None)),
    ShowDigest: May(DIGESTED, lambda _: ShowDigest()),
    ShowLastWeek: May(DIGESTED, lambda _: ShowLastWeek()),
    SetHints: May(CONTACT, lambda _: SetHints(on=False)),
    archive.FoundPage: May(READERS, lambda _: archive.FoundPage(1, 1)),
    archive.OpenFound: May(READERS, lambda things: archive.OpenFound(things.own_report, 1, 1)),
    archive.ShowCompleteness: May(OVERSEERS, lambda _: archive.ShowCompleteness(1)),
    tasks.ListTasks: May(READERS, lambda _: tasks.ListTasks()),
    tasks.OpenTask: May(READERS, lambda _: tasks.OpenTask("C2")),
    drafts.DropDraft: May(
        frozenset({"other_contact"}), lambda it: drafts.DropDraft(it.other_draft)
    ),
}
