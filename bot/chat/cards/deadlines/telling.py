"""Who is told of filings: the office silently, the contacts of what became of theirs."""

from collections.abc import Sequence

from bot.chat.cards.deadlines.buttons import PLAN, OpenFiling, ShowMonth, arg_of
from bot.chat.cards.deadlines.filing import file_row
from bot.chat.cards.deadlines.reminder import asked_by_office, context_for, slot_rows
from bot.chat.cards.deadlines.words import last_day, title
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import Begin
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import Lines, Listed, Plain, T, Text
from bot.core.dates import local_day
from bot.features.deadlines import asking
from bot.features.deadlines.access import get_deadline
from bot.features.deadlines.asking import chase_key, note_asked
from bot.features.deadlines.board import FilingCard, boards, filing_card
from bot.features.deadlines.expiry import topic_until
from bot.features.deadlines.facts import DeadlineMoved, FilingReviewed, MissingReminded, PlanFiled
from bot.features.deadlines.models import FilingState, Submission
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import Deadline, is_monthly
from bot.features.outbox.models import Lane
from bot.features.people.queries import contacts_of_units, heads_of_units, office
from bot.features.workdays.queries import holiday_names


@tells(PlanFiled)
def tell_plan_filed(desk: Desk, fact: PlanFiled) -> None:
    """Tell every coordinator, without a sound, that a plan came in."""
    card = _card(desk, fact.submission_id)
    key = (card.submission.obligation, card.submission.period)
    deadline = get_deadline(desk.work, desk.config, *key)
    board = next(iter(boards(desk.work, desk.config, [deadline])), None)
    screen = Screen(
        Lines(
            T(
                "deadlines.news_plan",
                title=title(card.deadline),
                unit=card.unit.name,
                version=str(card.submission.version),
                late=T("deadlines.late") if card.late else T("deadlines.on_time"),
            ),
            None
            if board is None
            else T("deadlines.count_filed", filed=len(board.filed), total=len(board.slots)),
        ),
        [
            [
                Button(T("deadlines.look_at_it"), OpenFiling(card.submission.id)),
                *file_row(card.submission),
            ],
            [home_button()],
        ],
        silent=True,
    )
    for person_id in office(desk.work):
        key_of_message = f"plan:{card.submission.id}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key_of_message)


@tells(FilingReviewed)
def tell_reviewed(desk: Desk, fact: FilingReviewed) -> None:
    """Tell the unit's contacts what became of their filing."""
    card = _card(desk, fact.submission_id)
    one = card.submission
    what, unit = title(card.deadline), card.unit.name
    look: Row = [Button(T("deadlines.see_filing"), OpenFiling(one.id)), home_button()]
    if one.state is FilingState.returned:
        text = T("deadlines.told_returned", title=what, unit=unit, reason=one.return_reason or "")
        again = Button(T("deadlines.mend"), _mending(card), Style.primary)
        screen = Screen(text, [[again], look])
    else:
        screen = Screen(T("deadlines.told_accepted", title=what, unit=unit), [look], silent=True)
    for person_id in contacts_of_units(desk.work, [one.unit_id]).get(one.unit_id, []):
        key = f"reviewed:{one.id}:{one.state}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)


@tells(MissingReminded)
def tell_missing(desk: Desk, fact: MissingReminded) -> None:
    """Remind the contacts of what the office asks for, each in one message."""
    work, config = desk.work, desk.config
    today = local_day(desk.now, config.time.zone_info)
    deadline = get_deadline(work, config, fact.obligation, fact.period)
    slots = {slot.unit.id: slot for slot in boards(work, config, [deadline])[0].missing}
    holidays = holiday_names(work, [deadline.last_day])
    own: dict[int, list[int]] = {}
    for unit_id, people in contacts_of_units(work, fact.unit_ids).items():
        for person_id in people:
            own.setdefault(person_id, []).append(unit_id)
    for person_id in fact.person_ids:
        asked = [slots[unit_id] for unit_id in own.get(person_id, ()) if unit_id in slots]
        if asked:
            screen = asked_by_office(asked, today=today, holidays=holidays)
            key = chase_key(deadline.key, person_id, today)
            # Held by quiet hours, it may come too late.
            ends = [slot.deadline.ends_at for slot in asked]
            topic = topic_until(end for end in ends if desk.now < end)
            row = desk.send(person_id, screen, lane=Lane.reminder, key=key, topic=topic)
            before = desk.now < deadline.ends_at
            note_asked(row, [asking.asked(slot, before=before) for slot in asked])


@tells(DeadlineMoved)
def tell_moved(desk: Desk, fact: DeadlineMoved) -> None:
    """Tell whoever would be reminded of what is not filed that its deadline is another one, once.

    The heads of the units hear of it silently where the ladder would tell them (ORG-06).
    """
    work, config = desk.work, desk.config
    deadline = get_deadline(work, config, fact.obligation, fact.period)
    board = boards(work, config, [deadline])[0]
    holidays = holiday_names(work, [fact.last_day])
    today = local_day(desk.now, config.time.zone_info)
    asked: dict[int, list[Slot]] = {}
    for slot in board.missing:
        for one in board.contacts.get(slot.unit.id, ()):
            asked.setdefault(one.person_id, []).append(slot)
    text = T(
        "deadlines.told_moved",
        title=title(deadline),
        before=fact.before,
        day=last_day(deadline.on(fact.last_day, config), holidays),
    )
    key = f"moved:{fact.obligation}:{fact.period}:v{fact.version}"
    for person_id, slots in sorted(asked.items()):
        screen = Screen(
            text, [*slot_rows(slots, today=today), [home_button()]], context=context_for(slots)
        )
        desk.send(person_id, screen, lane=Lane.reminder, key=f"{key}:{person_id}")
    _tell_heads(desk, deadline, board.missing, text, key)


def _tell_heads(
    desk: Desk, deadline: Deadline, missing: Sequence[Slot], text: Text, key: str
) -> None:
    """Tell the heads of units that have not filed; who is contact as well was told before."""
    if deadline.rule is None or deadline.rule.escalate_after_days is None:
        return
    names: dict[int, list[Text]] = {}
    heads = heads_of_units(desk.work, [slot.unit.id for slot in missing])
    for slot in missing:
        for person_id in heads.get(slot.unit.id, ()):
            names.setdefault(person_id, []).append(Plain(slot.unit.name))
    for person_id, units in sorted(names.items()):
        line = T("extensions.of_units", units=Listed(units))
        screen = Screen(Lines(text, line), [[home_button()]], silent=True)
        desk.send(person_id, screen, lane=Lane.reminder, key=f"{key}:{person_id}")


def _mending(card: FilingCard) -> object:
    """Return what mends a returned filing: a month is mended in place, a plan is sent anew."""
    one = card.submission
    if is_monthly(card.deadline.obligation):
        return ShowMonth(one.unit_id, one.obligation, one.period)
    return Begin(PLAN, arg_of(one.obligation, one.period, one.unit_id))


def _card(desk: Desk, submission_id: int) -> FilingCard:
    submission = desk.work.session.get_one(Submission, submission_id)
    return filing_card(desk.work, desk.config, submission)
