"""A joint activity as its partners see it: the question, their answer, and what waits (ORG-08)."""

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.reports.buttons import (
    AnotherActivity,
    AnswerPartner,
    ListJoint,
    OpenJoint,
    OpenReport,
    SameActivity,
)
from bot.chat.cards.reports.words import person_text, when_text
from bot.chat.desk import Desk
from bot.chat.pager import Page, pager
from bot.chat.refusal import explains, sentence
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Clipped, Lines, Month, T, Text, tn
from bot.core.dates import local_day
from bot.features.people.actor import Actor
from bot.features.reports import rules
from bot.features.reports.errors import AnsweredOtherwise
from bot.features.reports.matching import Joint, find_joint
from bot.features.reports.models import PartnerState
from bot.features.reports.partners import Waiting
from bot.features.reports.queries import ReportCard

PAGE = 8
_TITLE_UNITS = 40
_NAMED = (PartnerState.pending, PartnerState.confirmed)


def joint_screen(desk: Desk, joint: Joint) -> Screen:
    """Return the activity, where the partner stands, and what its contact can answer."""
    today = local_day(desk.now, desk.config.time.zone_info)
    text = Lines(
        T("joint.head"),
        T("joint.reported", reporter=joint.reporter, number=joint.number),
        BLANK,
        T("report.line_title", value=joint.title),
        T("report.line_date", value=when_text(joint.when, today=today)),
        T("report.line_place", value=joint.place) if joint.place else None,
        BLANK,
        _standing(joint),
        _own(joint),
    )
    return Screen(text, [*_answers(joint), _looks(joint)])


def _standing(joint: Joint) -> Text:
    at = joint.standing
    name = person_text(at.answered_by or "")
    match at.state:
        case PartnerState.confirmed if at.answered_at is not None:
            month = Month(joint.month)
            return T(
                "joint.is_confirmed",
                name=name,
                at=at.answered_at,
                unit=at.unit_name,
                month=month,
            )
        case PartnerState.denied if at.answered_at is not None:
            return T("joint.is_denied", name=name, at=at.answered_at, unit=at.unit_name)
    return T("joint.asks", unit=at.unit_name)


def _own(joint: Joint) -> Text | None:
    """Return what is known of the partner's own report of the activity."""
    at = joint.standing
    if at.own_number is not None:
        return T("joint.own_is_same", title=at.own_title or "", number=at.own_number)
    if joint.match is None:
        return None
    own = {"title": joint.match.title, "number": joint.match.number}
    return T("joint.own_is_apart", **own) if at.apart else T("joint.own_may_be_same", **own)


def _answers(joint: Joint) -> list[Row]:
    at = joint.standing
    ids = (joint.report_id, at.unit_id)
    same: list[Row] = []
    if joint.match is not None:
        pressed = SameActivity(*ids, joint.match.report_id)
        same = [[Button(T("joint.same"), pressed, Style.primary)]]
    match at.state:
        case PartnerState.pending:
            return [*same, answer_row(*ids, first=not same)]
        case PartnerState.confirmed:
            changed = AnswerPartner(*ids, took_part=False, change=True)
            apart = [Button(T("joint.apart"), AnotherActivity(*ids))] if at.own_number else []
            return [*same, [*apart, Button(T("joint.change_to_denied"), changed)]]
    changed = AnswerPartner(*ids, took_part=True, change=True)
    return [[Button(T("joint.change_to_confirmed"), changed)]]


def answer_row(report_id: int, unit_id: int, *, first: bool = True) -> Row:
    """Return the two answers; `first` is False where another button stands out."""
    style = Style.primary if first else Style.plain
    return [
        Button(T("joint.confirm"), AnswerPartner(report_id, unit_id, took_part=True), style),
        Button(T("joint.deny"), AnswerPartner(report_id, unit_id, took_part=False)),
    ]


def _looks(joint: Joint) -> Row:
    if joint.standing.state not in _NAMED:
        return [home_button()]
    return [Button(T("joint.see_report"), OpenReport(joint.report_id)), home_button()]


def partner_rows(card: ReportCard, actor: Actor) -> list[Row]:
    """Return what a contact of a partner can do on the report's card, a row for each unit."""
    if card.status not in rules.COUNTED:
        return []
    rows: list[Row] = []
    for one in card.partners:
        if one.unit_id not in actor.unit_ids:
            continue
        if one.state is PartnerState.pending:
            rows.append(answer_row(card.id, one.unit_id))
        else:
            rows.append([Button(T("joint.see_answer"), OpenJoint(card.id, one.unit_id))])
    return rows


def waiting_screen(desk: Desk, page: Page[Waiting], *, total: int) -> Screen:
    """Return a page of what waits for the reader's units."""
    today = local_day(desk.now, desk.config.time.zone_info)
    rows: list[Row] = [
        [
            Button(
                T(
                    "joint.waiting_row",
                    day=when_text(one.when, today=today),
                    title=Clipped(one.title, _TITLE_UNITS),
                    unit=one.reporter,
                ),
                OpenJoint(one.report_id, one.unit_id),
            )
        ]
        for one in page.items
    ]
    rows += [pager(page.number, page.pages, ListJoint), [home_button()]]
    said = tn("joint.home_waiting", total) if total else T("joint.nothing_waiting")
    return Screen(Lines(T("joint.head"), said), rows)


@explains(AnsweredOtherwise)
def explain_answered(call: Call, error: AnsweredOtherwise) -> Screen:
    """Show the answer that stands, with the way to change it."""
    said = sentence(error)
    report_id, unit_id = int(str(error.data["report_id"])), int(str(error.data["unit_id"]))
    joint = find_joint(call.work, report_id, unit_id)
    if joint is None:
        return Screen(said, toast=said, alert=True)
    screen = joint_screen(call, joint)
    return Screen(screen.text, screen.rows, toast=said, alert=True)
