"""Who is told of reports, and how: coordinators silently, contacts of what became of theirs."""

from bot.chat.cards.home import home_button
from bot.chat.cards.months.offering import offer_update
from bot.chat.cards.reports.buttons import ListReports, OpenReport
from bot.chat.cards.reports.card import attachments_row, card_text, review_row, rework_button
from bot.chat.cards.reports.words import person_text, reason_text
from bot.chat.desk import Desk
from bot.chat.screen import Button, Screen
from bot.chat.telling import tells
from bot.chat.text import Lines, T, tn
from bot.features.outbox.models import Lane
from bot.features.outbox.service import cancel_topic
from bot.features.reports.access import answerable, answerable_for, reviewers
from bot.features.reports.facts import (
    ReportAccepted,
    ReportReturned,
    ReportsAccepted,
    ReportSubmitted,
    ReportSupplemented,
    ReportWithdrawn,
)
from bot.features.reports.models import Report, ReportStatus
from bot.features.reports.queries import ReportCard, find_card, reports_by_id


@tells(ReportSubmitted)
def tell_submitted(desk: Desk, fact: ReportSubmitted) -> None:
    """Send every coordinator the card, without a sound; the queue on the home screen counts.

    A month that was filed before it can take it up with one tap.
    """
    card = find_card(desk.work, fact.report_id)
    if card is None:
        return
    screen = Screen(
        Lines(T("report.news"), card_text(desk, card)),
        [review_row(card), attachments_row(card.id, card.content), [home_button()]],
        silent=True,
    )
    topic = _topic(fact.report_id, fact.version)
    for person_id in reviewers(desk.work):
        desk.send(person_id, screen, lane=Lane.reminder, key=f"{topic}:{person_id}", topic=topic)
    offer_update(desk, fact.report_id)


@tells(ReportSupplemented)
def tell_supplemented(desk: Desk, fact: ReportSupplemented) -> None:
    """Send every coordinator the card as it is now, without a sound."""
    card = find_card(desk.work, fact.report_id)
    if card is None:
        return
    review = [review_row(card)] if card.status is ReportStatus.submitted else []
    screen = Screen(
        Lines(T("report.news_supplemented"), card_text(desk, card)),
        [*review, attachments_row(card.id, card.content), [home_button()]],
        silent=True,
    )
    key = f"report:{fact.report_id}:supplement:{desk.now.isoformat()}"
    for person_id in reviewers(desk.work):
        desk.send(person_id, screen, lane=Lane.reminder, key=f"{key}:{person_id}")


@tells(ReportAccepted)
def tell_accepted(desk: Desk, fact: ReportAccepted) -> None:
    """Tell the contact, without a sound, that the report was taken."""
    _stop_asking(desk, fact.report_id, fact.version)
    card = find_card(desk.work, fact.report_id)
    if card is None:
        return
    screen = Screen(
        T("report.told_accepted", number=card.number, title=card.content.title),
        [[Button(T("report.open"), OpenReport(card.id))]],
        silent=True,
    )
    _tell_contacts(desk, card, screen)


@tells(ReportsAccepted)
def tell_many_accepted(desk: Desk, fact: ReportsAccepted) -> None:
    """Tell each contact in one message, without a sound, which of their reports were taken."""
    reports = reports_by_id(desk.work, fact.report_ids)
    for report in reports:
        _stop_asking(desk, report.id, report.version)
    for person_id, taken in answerable_for(desk.work, reports).items():
        screen = Screen(
            Lines(
                tn("report.told_accepted_many", len(taken)),
                *(T("report.receipt_line", number=one.number, title=one.title) for one in taken),
            ),
            [[Button(T("report.see_own"), ListReports()), home_button()]],
            silent=True,
        )
        # A version is taken once, so the first of them names the message.
        key = f"report:{taken[0].id}:v{taken[0].version}:accepted:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)


@tells(ReportReturned)
def tell_returned(desk: Desk, fact: ReportReturned) -> None:
    """Tell the contact why the report came back, with the way to mend it."""
    _stop_asking(desk, fact.report_id, fact.version)
    card = find_card(desk.work, fact.report_id)
    if card is None:
        return
    screen = Screen(
        T(
            "report.told_returned",
            number=card.number,
            title=card.content.title,
            name=person_text(card.reviewed_by or ""),
            reason=reason_text(card.return_reason, card.return_text),
        ),
        [[rework_button(card.id)], [Button(T("report.open"), OpenReport(card.id))]],
    )
    _tell_contacts(desk, card, screen)


@tells(ReportWithdrawn)
def tell_withdrawn(desk: Desk, fact: ReportWithdrawn) -> None:
    """Tell no coordinator; cards that are not out yet stay in. A filed month may be mended."""
    _stop_asking(desk, fact.report_id, fact.version)
    offer_update(desk, fact.report_id)


def _tell_contacts(desk: Desk, card: ReportCard, screen: Screen) -> None:
    report = desk.work.session.get_one(Report, card.id)
    for person_id in answerable(desk.work, report):
        key = f"report:{card.id}:v{card.version}:{card.status.value}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)


def _stop_asking(desk: Desk, report_id: int, version: int) -> None:
    """Cancel cards that other coordinators have not been sent yet: it is decided."""
    cancel_topic(desk.work, _topic(report_id, version))


def _topic(report_id: int, version: int) -> str:
    return f"report:{report_id}:v{version}"
