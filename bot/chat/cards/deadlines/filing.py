"""What was filed, as its unit and the office see it; receipts and the plan's own screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.cards.archive.files import trouble_lines
from bot.chat.cards.deadlines.buttons import (
    PLAN,
    PLAN_BACK,
    WORDS,
    Accept,
    NextWaiting,
    OpenBoard,
    OpenFiling,
    SendFile,
    ShowMonth,
    ShowPlan,
    arg_of,
    slot_arg,
)
from bot.chat.cards.deadlines.reminder import excuse_row, file_button
from bot.chat.cards.deadlines.words import Holidays, due_line, is_plan, standing_text, title
from bot.chat.cards.home import home_button
from bot.chat.cards.reports.words import person_text
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Plain, T, Text
from bot.config import Config, Form
from bot.features.deadlines.board import FilingCard
from bot.features.deadlines.filing import Filed
from bot.features.deadlines.models import FilingState, Submission
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import Deadline, is_monthly
from bot.features.deadlines.review import needs_review
from bot.features.deadlines.rules import PHOTO
from bot.features.outbox.payload import Attachment

STATES = {
    FilingState.submitted: T("deadlines.state_submitted"),
    FilingState.no_activity: T("deadlines.state_no_activity"),
    FilingState.explained: T("deadlines.state_explained"),
    FilingState.accepted: T("deadlines.state_accepted"),
    FilingState.returned: T("deadlines.state_returned"),
    FilingState.withdrawn: T("deadlines.state_withdrawn"),
}
"""What a version of a filing is called by what became of it."""


@dataclass(frozen=True)
class MonthParts:
    """What the card of a filed month shows besides: lines of its contents, the ways into them."""

    lines: Sequence[Text]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Reader:
    """What somebody who looks at a filing may do: review it, file it again."""

    reviews: bool
    files: bool


def plan_screen(
    slot: Slot, *, config: Config, today: date, holidays: Holidays, may_file: bool
) -> Screen:
    """Return the plan of a unit: until when, what was filed, and what can be done."""
    rows: list[Row] = []
    if may_file:
        rows.append([_file_button(slot)])
        if not slot.is_settled:
            rows.append(excuse_row(slot, today=today))
    if slot.filing is not None:
        rows.append([Button(T("deadlines.see_filing"), OpenFiling(slot.filing.submission_id))])
    return Screen(
        Lines(
            T("deadlines.month_head", title=title(slot.deadline), unit=slot.unit.name),
            due_line(slot.deadline, holidays),
            BLANK,
            T("deadlines.state_line", standing=standing_text(slot, holidays, today)),
            details_line(slot.deadline),
            official_note(slot.deadline, config),
        ),
        [*rows, [home_button()]],
    )


def _file_button(slot: Slot) -> Button:
    if not slot.is_settled or not is_plan(slot.deadline):
        return file_button(slot)
    return Button(T("deadlines.file_again"), Begin(PLAN, slot_arg(slot)), Style.primary)


def details_line(deadline: Deadline) -> Text | None:
    """Return what the office wrote about what it asks for; None where it wrote nothing."""
    details = deadline.obligation.note
    return None if details is None else Plain(details)


def official_note(deadline: Deadline, config: Config) -> Text | None:
    """Return that the official channel stays what it is; None where there is none (TIME-03)."""
    obligation = deadline.obligation
    if obligation.channel is None:
        return None
    office = receiver(deadline, config)
    return T("deadlines.official_note", channel=obligation.channel, office=office)


def receiver(deadline: Deadline, config: Config) -> str:
    """Return the name of the office that it is filed with."""
    return config.unit(deadline.obligation.to or config.campaign.coordinator).name


def plan_receipt(filed: Filed, *, config: Config, late: bool) -> Screen:
    """Return that a plan came in."""
    submission = filed.submission
    return Screen(
        Lines(
            T(
                "deadlines.plan_received",
                title=title(filed.deadline),
                unit=filed.unit.name,
                version=str(submission.version),
            ),
            _received(submission, late=late),
            official_note(filed.deadline, config),
            T("deadlines.will_hear", office=receiver(filed.deadline, config))
            if submission.state is FilingState.submitted
            else None,
        ),
        [
            [Button(T("deadlines.see_filing"), OpenFiling(submission.id))],
            [*_receipt_again(filed), home_button()],
        ],
        event=True,
    )


def filing_screen(
    card: FilingCard, reader: Reader, *, holidays: Holidays, month: MonthParts | None = None
) -> Screen:
    """Return what was filed; the office may accept or return it, its unit may file it again."""
    return Screen(
        filing_text(card, holidays=holidays, month=month),
        [
            *(() if month is None else month.rows),
            *_filing_rows(card, reader),
            _ways_back(card, reader),
        ],
    )


def filing_text(card: FilingCard, *, holidays: Holidays, month: MonthParts | None = None) -> Text:
    """Return what was filed, when and by whom, and what became of it."""
    submission = card.submission
    return Lines(
        T(
            "deadlines.filing_head",
            title=title(card.deadline),
            unit=card.unit.name,
            version=str(submission.version),
        ),
        due_line(card.deadline, holidays),
        T(
            "deadlines.filing_state",
            state=STATES[submission.state],
            at=submission.filed_at,
            late=T("deadlines.late") if card.late else T("deadlines.on_time"),
            by=person_text(card.filed_by),
        ),
        None if card.is_latest else T("deadlines.replaced"),
        *_contents(card),
        *(() if month is None else month.lines),
    )


def file_row(submission: Submission) -> Row:
    """Return the button that sends the file; empty where there is none."""
    if submission.file_id is None:
        return []
    return [Button(T("deadlines.send_file"), SendFile(submission.id))]


def return_button(submission: Submission) -> Button:
    """Return the button that asks why a filing goes back (退回)."""
    return Button(T("deadlines.return"), Begin(PLAN_BACK, str(submission.id)))


def file_message(card: FilingCard) -> Screen | None:
    """Return the file that was filed as a message of its own; None when there is none."""
    submission = card.submission
    if submission.file_id is None or submission.file_kind is None:
        return None
    if card.file is not None and not card.file.can_be_shown:
        return Screen(Lines(*trouble_lines([card.file])), new=True)
    file = Attachment(
        kind=submission.file_kind, file_id=submission.file_id, name=submission.file_name
    )
    caption = T("deadlines.file_caption", title=title(card.deadline), unit=card.unit.name)
    return Screen(caption, files=[file], new=True)


def file_text(name: str | None, kind: str | None) -> Text:
    """Return what a file is called; a photo has no name."""
    if kind == PHOTO:
        return T("deadlines.file_photo")
    return Plain(name) if name else T("deadlines.file_unnamed")


def _received(submission: Submission, *, late: bool) -> Text:
    word = T("deadlines.late") if late else T("deadlines.on_time")
    return T("deadlines.received_at", at=submission.filed_at, late=word)


def _receipt_again(filed: Filed) -> Row:
    form = filed.deadline.obligation.handed_in
    if form is Form.confirm:
        return []
    label = T("deadlines.file_again" if is_plan(filed.deadline) else "deadlines.file_anew")
    return [Button(label, Begin(WORDS if form is Form.text else PLAN, _arg(filed)))]


def _arg(filed: Filed) -> str:
    return arg_of(filed.deadline.obligation.id, filed.deadline.period, filed.unit.id)


def _contents(card: FilingCard) -> list[Text]:
    one = card.submission
    parts = (
        (T("deadlines.label_reason"), one.text),
        (T("deadlines.label_returned"), one.return_reason),
    )
    lines: list[Text] = []
    if one.file_id is not None:
        file = file_text(one.file_name, one.file_kind)
        lines.append(T("deadlines.file_line", file=file))
    if one.excused_until is not None:
        lines.append(T("deadlines.excused_line", day=one.excused_until))
    if card.file is not None:
        lines += trouble_lines([card.file])
    if one.official_day is not None:
        lines.append(T("deadlines.official_line", day=one.official_day))
    for label, text in parts:
        if text:
            lines += [BLANK, T("deadlines.part", label=label, text=text)]
    return lines


def _filing_rows(card: FilingCard, reader: Reader) -> list[Row]:
    one = card.submission
    rows: list[Row] = [file_row(one)]
    if reader.reviews and card.is_latest and one.state not in _CAME_BACK:
        back = return_button(one)
        accept = Button(T("deadlines.accept"), Accept(one.id), Style.primary)
        rows.append([accept, back] if needs_review(one) else [back])
    if reader.files and card.is_latest and not is_monthly(card.deadline.obligation):
        arg = arg_of(one.obligation, one.period, one.unit_id)
        rows.append(_again_row(card, arg))
    return rows


def _again_row(card: FilingCard, arg: str) -> Row:
    form = card.deadline.obligation.handed_in
    if form is Form.confirm:
        return []
    if is_plan(card.deadline):
        return [Button(T("deadlines.file_again"), Begin(PLAN, arg))]
    return [Button(T("deadlines.file_anew"), Begin(WORDS if form is Form.text else PLAN, arg))]


_CAME_BACK = frozenset({FilingState.returned, FilingState.withdrawn})


def _ways_back(card: FilingCard, reader: Reader) -> Row:
    one = card.submission
    if reader.files:
        back: object = (
            ShowMonth(one.unit_id, one.obligation, one.period)
            if is_monthly(card.deadline.obligation)
            else ShowPlan(one.unit_id, one.obligation, one.period)
        )
        return [Button(T("deadlines.back"), back), home_button()]
    board = Button(T("deadlines.back"), OpenBoard(one.obligation, one.period))
    following = [Button(T("deadlines.next"), NextWaiting())] if reader.reviews else []
    return [board, *following, home_button()]
