"""A filed report as a card, with what its reader can do."""

from collections.abc import Sequence

from bot.chat.cards.archive.files import file_lines
from bot.chat.cards.home import home_button
from bot.chat.cards.reports.buttons import (
    Accept,
    AskReturn,
    ListReports,
    NextPending,
    OpenReport,
    Return,
    ShowPhotos,
    ShowText,
    Withdraw,
    return_arg,
)
from bot.chat.cards.reports.content import content_lines, today_of
from bot.chat.cards.reports.joint import partner_rows
from bot.chat.cards.reports.suspect import suspect_lines
from bot.chat.cards.reports.words import REASON, STATUS, person_text, reason_text
from bot.chat.conversation.model import Begin
from bot.chat.desk import Desk
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Month, Plain, T, Text, tn
from bot.core.text import units
from bot.features.outbox.payload import Attachment
from bot.features.people.actor import Actor
from bot.features.reports import rules
from bot.features.reports.content import Content
from bot.features.reports.models import PartnerState, Report, ReportStatus
from bot.features.reports.partners import standings
from bot.features.reports.queries import ReportCard
from bot.features.reports.suspects import suspects

_CARD_TEXT_UNITS = 1600
_MOST_ON_RECEIPT = 20
_MANY_VALUES = 12
"""Beyond this the numbers may take the room of the text: its own message is offered as well."""


def card_text(desk: Desk, card: ReportCard) -> Text:
    """Return a filed report with its number and state; what is odd while it waits for review."""
    waits = card.status is ReportStatus.submitted
    odd = suspects(desk.work, desk.config, card.content, report_id=card.id) if waits else []
    return Lines(
        T("report.of_unit", unit=card.unit_name),
        T("report.head", number=card.number, status=STATUS[card.status]),
        T("report.submitted_by", name=person_text(card.submitted_by), at=card.submitted_at),
        T("report.version", version=str(card.version)) if card.version > 1 else None,
        _review_line(card),
        BLANK,
        content_lines(
            desk.config,
            card.content,
            today=today_of(desk),
            text_units=_CARD_TEXT_UNITS,
            files=file_lines(card.files),
            partners=card.partners,
        ),
        suspect_lines(desk.config, odd),
    )


def _review_line(card: ReportCard) -> Text | None:
    if card.reviewed_by is None or card.reviewed_at is None:
        return None
    name = person_text(card.reviewed_by)
    if card.status is ReportStatus.returned:
        reason = reason_text(card.return_reason, card.return_text)
        return T("report.returned_by", name=name, at=card.reviewed_at, reason=reason)
    return T("report.accepted_by", name=name, at=card.reviewed_at)


def report_screen(desk: Desk, card: ReportCard, *, actor: Actor, reviews: bool) -> Screen:
    """Return a report's card with what `actor` can do; `reviews` is whether as a coordinator."""
    waits = card.status is ReportStatus.submitted
    rows: list[Row] = []
    if reviews and waits:
        rows.append(review_row(card))
    if card.content.unit_id in actor.unit_ids:
        rows.append(_own_row(desk, card))
    rows += partner_rows(card, actor)
    rows.append(attachments_row(card.id, card.content))
    if reviews and not waits:
        rows.append([Button(T("report.next_pending"), NextPending())])
    back = ListReports(status=card.status) if reviews else ListReports()
    rows.append([Button(T("report.back_to_list"), back), home_button()])
    return Screen(card_text(desk, card), rows)


def review_row(card: ReportCard) -> Row:
    """Return the row with which a coordinator decides."""
    return [
        Button(T("report.accept"), Accept(card.id, card.version), Style.primary),
        Button(T("report.return"), AskReturn(card.id, card.version)),
    ]


def attachments_row(report_id: int, content: Content) -> Row:
    """Return the buttons for what a card has no room for: the photos, a long text."""
    row = []
    if content.photos:
        pictures = all(photo.is_picture for photo in content.photos)
        count = len(content.photos)
        label = (
            T("report.show_photos", count=count)
            if pictures
            else T("report.show_files", count=count)
        )
        row.append(Button(label, ShowPhotos(report_id)))
    long = content.text is not None and units(content.text) > _CARD_TEXT_UNITS
    if content.text and (long or len(content.values) > _MANY_VALUES):
        row.append(Button(T("report.show_text"), ShowText(report_id)))
    return row


def _own_row(desk: Desk, card: ReportCard) -> Row:
    if rules.is_open_for_change(card.status):
        return [rework_button(card.id)]
    supply = [supply_button(card.id)] if card.status in rules.COUNTED else []
    if rules.may_be_withdrawn(card.status, card.submitted_at, desk.now):
        return [withdraw_button(card.id, card.version), *supply]
    return supply


def supply_button(report_id: int) -> Button:
    """Return the button that adds to a filed report what it lacks (ARC-03)."""
    return Button(T("report.supply"), Begin("supply", str(report_id)))


def rework_button(report_id: int) -> Button:
    """Return the button that opens a returned or withdrawn report again, with everything in it."""
    return Button(T("report.rework"), Begin("rework", str(report_id)), Style.primary)


def withdraw_button(report_id: int, version: int) -> Button:
    """Return the button that takes a report back."""
    label = T("report.withdraw", minutes=rules.WITHDRAW_MINUTES)
    return Button(label, Withdraw(report_id, version))


def photos_screen(card: ReportCard) -> Screen:
    """Return a report's photos and other files as albums, in messages of their own.

    Programs, and what Telegram has lost, are left out and named.
    """
    lost = {one.file_id for one in card.files if not one.can_be_shown}
    files = [
        Attachment(kind=photo.kind, file_id=photo.file_id)
        for photo in card.content.photos
        if photo.file_id not in lost
    ]
    caption = T("report.photos_of", number=card.number, title=card.content.title)
    if not files:
        return Screen(Lines(caption, *file_lines(card.files)), new=True)
    return Screen(caption, files=files, new=True)


def text_screen(card: ReportCard) -> Screen:
    """Return a report's whole text, which is at most what one message holds."""
    return Screen(Plain(card.content.text or ""), new=True)


def ask_return_screen(card: ReportCard) -> Screen:
    """Ask why a report goes back: the usual reasons, own words, or not at all."""
    reasons = [
        Button(label, Return(card.id, card.version, reason)) for reason, label in REASON.items()
    ]
    words = Begin("return", return_arg(card.id, card.version))
    return Screen(
        T("report.ask_return", number=card.number, title=card.content.title),
        [
            *rows_of(reasons, width=2),
            [Button(T("report.own_words"), words)],
            [Button(T("report.do_not_return"), OpenReport(card.id))],
        ],
    )


def receipt(desk: Desk, report: Report, *, filed: int) -> Screen:
    """Confirm that `report` was filed; `filed` is how many its unit has filed in its month."""
    asked = [
        Plain(one.unit_name)
        for one in standings(desk.work, report.id)
        if one.state is PartnerState.pending
    ]
    office = desk.config.unit(desk.config.campaign.coordinator).name
    month = Month(report.month)
    return Screen(
        Lines(
            T("report.receipt", number=report.number),
            tn("report.receipt_next", filed, office=office, month=month),
            T("joint.receipt", units=Listed(asked)) if asked else None,
        ),
        [
            [
                withdraw_button(report.id, report.version),
                Button(T("report.again"), Begin("report")),
            ],
            [Button(T("report.open"), OpenReport(report.id)), home_button()],
        ],
        event=True,
    )


def receipt_of_many(desk: Desk, reports: Sequence[Report]) -> Screen:
    """Confirm that several reports were filed at once."""
    office = desk.config.unit(desk.config.campaign.coordinator).name
    return Screen(
        Lines(
            tn("report.receipt_many", len(reports), office=office),
            *(
                T("report.receipt_line", number=report.number, title=report.title)
                for report in reports[:_MOST_ON_RECEIPT]
            ),
            Plain("…") if len(reports) > _MOST_ON_RECEIPT else None,
        ),
        [[Button(T("report.see_own"), ListReports()), home_button()]],
        event=True,
    )


def withdrawn_screen(*, report_id: int, number: str) -> Screen:
    """Confirm that a report was taken back."""
    return Screen(
        T("report.withdrawn", number=number), [[rework_button(report_id)], [home_button()]]
    )
