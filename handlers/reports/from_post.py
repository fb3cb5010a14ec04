"""The report that a closed post gives: submitted as it is, or changed before (VOL-09)."""

from bot.chat.access import CONTACT_ONLY
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.closing.buttons import FROM_POST, FileResult, ShowResult
from bot.chat.cards.closing.report import content_of, filed_screen, proposal_screen
from bot.chat.conversation.model import Answers, Conversation
from bot.chat.feature import HomePart
from bot.chat.screen import Answer, Button, Screen
from bot.chat.text import BLANK, Lines, T, Text, tn
from bot.core.errors import NotFound
from bot.features.closing.queries import Result, access_result, unreported
from bot.features.closing.service import check_not_filed, link_report
from bot.features.reports.content import Content
from bot.features.reports.service import file_report
from handlers.reports.conversation import STEPS, preview, submitted
from handlers.reports.conversation import content_of as content_given
from handlers.reports.feature import feature
from handlers.reports.steps_body import add_photo

_POST, _VERSION = "_from_post", "_from_version"
_LEFT_OUT: Answers = {"place": None, "people": None, "text": None}


@feature.press(FileResult, CONTACT_ONLY)
def file_result(call: Call, pressed: FileResult) -> Answer:
    """Submit the report as it was shown; what was corrected since is shown first."""
    result = access_result(call.work, pressed.post_id, actor=call.actor)
    if result.row.report_id is not None:
        return filed_screen(result)
    if result.row.version != pressed.version:
        return proposal_screen(call, result, note=T("closing.proposal_corrected"))
    return _filed(call, result, content_of(call, result, _unit(result)))


@feature.press(ShowResult, CONTACT_ONLY)
def show_result(call: Call, pressed: ShowResult) -> Answer:
    """Show the report to submit, or that it was submitted."""
    result = access_result(call.work, pressed.post_id, actor=call.actor)
    return filed_screen(result) if result.row.report_id else proposal_screen(call, result)


@feature.home(12, CONTACT_ONLY)
def home(call: Call) -> HomePart:
    """Lead a contact to the reports of closed posts that wait to be submitted."""
    waiting = unreported(call.work, call.actor.unit_ids)
    if not waiting:
        return HomePart()
    look = Button(T("closing.look"), ShowResult(waiting[0]))
    return HomePart([tn("closing.waiting", len(waiting))], [look])


def _begin(call: Call, arg: str | None) -> Answers:
    result = access_result(call.work, read_id(arg), actor=call.actor)
    check_not_filed(call.work, result.post.id)
    content = content_of(call, result, _unit(result))
    return {
        **_LEFT_OUT,
        **content.plain(),
        _POST: result.post.id,
        _VERSION: result.row.version,
    }


def _preview(call: Call, answers: Answers) -> Text:
    card = preview(call, answers)
    result = access_result(call.work, answers[_POST], actor=call.actor)
    if result.row.version == answers[_VERSION]:
        return card
    return Lines(T("closing.corrected_since"), BLANK, card)


def _submit(call: Call, answers: Answers) -> Screen:
    result = access_result(call.work, answers[_POST], actor=call.actor)
    return _filed(call, result, content_given(answers))


def _filed(call: Call, result: Result, content: Content) -> Screen:
    check_not_filed(call.work, result.post.id)
    report = file_report(call.work, call.config, content, actor=call.actor)
    link_report(call.work, actor=call.actor, post_id=result.post.id, report_id=report.id)
    return submitted(call, report)


def _unit(result: Result) -> int:
    if result.row.unit_id is None:
        raise NotFound
    return result.row.unit_id


REPORT_FROM_POST = feature.converse(
    Conversation(
        name=FROM_POST,
        needs=CONTACT_ONLY,
        steps=STEPS,
        preview=_preview,
        submit=_submit,
        begin=_begin,
        add=add_photo,
    )
)
