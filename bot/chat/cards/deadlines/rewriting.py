"""Reminders that are changed when what they ask for was given (TIME-15)."""

from dataclasses import replace
from hashlib import sha256

from bot.chat.cards.deadlines.reminder import asked_by_office, reminder
from bot.chat.cards.deadlines.words import Holidays
from bot.chat.desk import Desk
from bot.chat.render import payload
from bot.chat.screen import Screen
from bot.chat.telling import tells
from bot.core.dates import local_day
from bot.features.deadlines import asking
from bot.features.deadlines.asking import CHASED, GIVEN, Standing, asked_by, note_asked
from bot.features.deadlines.expiry import topic_until
from bot.features.deadlines.facts import AskedLess
from bot.features.deadlines.ladder import Step
from bot.features.deadlines.reminding import Thing
from bot.features.outbox.models import OutboxRow, State
from bot.features.outbox.queries import find_by_key
from bot.features.people.models import Person
from bot.features.people.queries import bindings
from bot.features.workdays.queries import holiday_names


@tells(AskedLess)
def ask_less(desk: Desk, fact: AskedLess) -> None:
    """Change the reminders of today that ask for what the fact names, each once."""
    work = desk.work
    people = {one.person_id for one in bindings(work, fact.unit_ids)}
    key = (fact.obligation, fact.period)
    today = local_day(desk.now, desk.config.time.zone_info)
    meant = {(*key, unit_id) for unit_id in fact.unit_ids}
    rows = [
        row
        for row in asking.lock_reminders(work, key, people, today)
        if any(one.key in meant for one in asked_by(row))
    ]
    if not rows:
        return
    standings = asking.standing_now(work, desk.config, rows)
    slots = [slot for one in standings.values() for _, slot in one.open]
    holidays = holiday_names(work, {slot.deadline.last_day for slot in slots})
    for row in rows:
        _change(desk, row, standings[row.id], holidays)


def _change(desk: Desk, row: OutboxRow, now: Standing, holidays: Holidays) -> None:
    if row.state is not State.pending:
        _change_sent(desk, row, _screen(desk, row, now, holidays))
    elif not now.open:
        row.state, row.error = State.cancelled, GIVEN
    elif len(now.open) < len(asked_by(row)):
        left = replace(now, given=())
        _change_waiting(desk, row, _screen(desk, row, left, holidays), left)


def _change_sent(desk: Desk, row: OutboxRow, screen: Screen) -> None:
    """Change what Telegram has, or will have in a moment; once for what it then says."""
    said = payload(screen, desk.voice(desk.config.languages.default)).plain()
    key = f"{row.dedupe_key}:{sha256(repr(said).encode()).hexdigest()[:16]}"
    if find_by_key(desk.work, key) is None:
        desk.edit(row, screen, key=key)


def _change_waiting(desk: Desk, row: OutboxRow, screen: Screen, now: Standing) -> None:
    person = None if row.person_id is None else desk.work.session.get(Person, row.person_id)
    language = desk.config.languages.default if person is None else person.language
    row.payload = payload(screen, desk.voice(language), event=True).plain()
    row.context = screen.context
    row.topic = topic_until(slot.deadline.ends_at for one, slot in now.open if one.before)
    note_asked(row, [one for one, _ in now.open])


def _screen(desk: Desk, row: OutboxRow, now: Standing, holidays: Holidays) -> Screen:
    today = local_day(desk.now, desk.config.time.zone_info)
    if row.dedupe_key.startswith(CHASED):
        slots = [slot for _, slot in now.open]
        return asked_by_office(slots, today=today, holidays=holidays, given=now.given)
    things = [
        Thing(slot, Step("", desk.now, before=one.before), one.for_head) for one, slot in now.open
    ]
    return reminder(things, today=today, holidays=holidays, given=now.given)
