"""Who is told of filings: the office silently, the contacts of what became of theirs."""

from bot.chat.cards.deadlines.buttons import PLAN, OpenFiling, ShowDues, ShowMonth, arg_of
from bot.chat.cards.deadlines.filing import file_row
from bot.chat.cards.deadlines.reminder import asked_by_office, context_for, slot_rows
from bot.chat.cards.deadlines.words import last_day, title
from bot.chat.cards.home import home_button
from bot.chat.conversation.model import Begin
from bot.chat.desk import Desk
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.telling import tells
from bot.chat.text import Lines, Plain, T
from bot.config import Obligation
from bot.core.dates import local_day
from bot.core.errors import NotFound
from bot.features.deadlines import asking
from bot.features.deadlines.access import get_deadline
from bot.features.deadlines.ahead import concerned, first_due_days
from bot.features.deadlines.asking import chase_key, note_asked
from bot.features.deadlines.board import FilingCard, boards, filing_card
from bot.features.deadlines.expiry import topic_until
from bot.features.deadlines.facts import DeadlineMoved, FilingReviewed, MissingReminded, PlanFiled
from bot.features.deadlines.models import FilingState, Submission
from bot.features.deadlines.owing import Slot
from bot.features.deadlines.periods import is_monthly
from bot.features.obligations.facts import ObligationEnded, ObligationMade
from bot.features.obligations.queries import as_made, find_made
from bot.features.outbox.models import Lane
from bot.features.people.queries import contacts_of_units, office
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
    """Tell the contacts of whoever has not filed that the deadline is another one, once."""
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
    for person_id, slots in sorted(asked.items()):
        screen = Screen(
            text, [*slot_rows(slots, today=today), [home_button()]], context=context_for(slots)
        )
        key = f"moved:{fact.obligation}:{fact.period}:v{fact.version}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)


@tells(ObligationMade)
def tell_made(desk: Desk, fact: ObligationMade) -> None:
    """Tell the contacts of whoever owes it that the office asks for something, once."""
    owed = _made(desk, fact.obligation)
    ahead = first_due_days(desk.work, desk.config, owed, most=1)
    day = next(iter(ahead.days), None)
    office_name = desk.config.unit(desk.config.campaign.coordinator).name
    text = Lines(
        T("orders.told_made", name=owed.name, office=office_name),
        None if owed.note is None else Plain(owed.note),
        None if day is None else T("orders.told_day", day=day),
    )
    look: Row = [Button(T("deadlines.see_all"), ShowDues(), Style.primary)]
    _tell_concerned(desk, owed, Screen(text, [look, [home_button()]]), "made")


@tells(ObligationEnded)
def tell_ended(desk: Desk, fact: ObligationEnded) -> None:
    """Tell the contacts of whoever owed it that nothing of it is asked for any more, once."""
    owed = _made(desk, fact.obligation)
    screen = Screen(T("orders.told_ended", name=owed.name), [[home_button()]], silent=True)
    _tell_concerned(desk, owed, screen, "ended")


def _made(desk: Desk, obligation_id: str) -> Obligation:
    row = find_made(desk.work, obligation_id)
    if row is None:
        raise NotFound
    return as_made(row).obligation


def _tell_concerned(desk: Desk, owed: Obligation, screen: Screen, what: str) -> None:
    units = [unit.id for unit in concerned(desk.work, desk.config, owed)]
    people = contacts_of_units(desk.work, units).values()
    for person_id in sorted({one for theirs in people for one in theirs}):
        key = f"obligation:{what}:{owed.id}:{person_id}"
        desk.send(person_id, screen, lane=Lane.reminder, key=key)


def _mending(card: FilingCard) -> object:
    """Return what mends a returned filing: a month is mended in place, a plan is sent anew."""
    one = card.submission
    if is_monthly(card.deadline.obligation):
        return ShowMonth(one.unit_id, one.obligation, one.period)
    return Begin(PLAN, arg_of(one.obligation, one.period, one.unit_id))


def _card(desk: Desk, submission_id: int) -> FilingCard:
    submission = desk.work.session.get_one(Submission, submission_id)
    return filing_card(desk.work, desk.config, submission)
