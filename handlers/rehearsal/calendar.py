"""What will go out in the coming days, and what went out: /calendar (design, section 6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.posts.words import label
from bot.chat.cards.rehearsal import changing
from bot.chat.cards.rehearsal import days as day_cards
from bot.chat.cards.rehearsal import people as cards
from bot.chat.cards.rehearsal.buttons import (
    CancelLetter,
    MoveLetter,
    RestoreLetter,
    ShowCalendar,
    ShowCancelled,
    ShowDay,
    ShowGroup,
    ShowLetter,
    ShowSent,
    ShowTimes,
    moment_of,
)
from bot.chat.cards.rehearsal.days import WEEK, Shown
from bot.chat.feature import HomePart
from bot.chat.pager import Page, page_count, page_of
from bot.chat.screen import Button, Screen
from bot.chat.text import Plain, T, Text
from bot.core.dates import end_of, local_day, start_of
from bot.features.deadlines.noting import MESSAGES
from bot.features.notices.queries import undecided
from bot.features.people.queries import people_by_id
from bot.features.posts.access import posts_by_id
from bot.features.rehearsal.errors import GoneOut
from bot.features.rehearsal.looking import (
    DayAhead,
    Letter,
    days_ahead,
    find_letter,
    letters_of,
    unreachable_of,
)
from bot.features.rehearsal.looking_back import addressees, counts_of, outcomes
from bot.features.rehearsal.models import SkippedSend
from bot.features.rehearsal.skipping import move, skip, skipped_between, unskip
from bot.features.rehearsal.times import choices
from bot.features.units.queries import units_by_id
from handlers.rehearsal.feature import feature

_ORDER = 83
_MOST_UNDECIDED = 5


@feature.command("calendar", OFFICE_ONLY)
def show_this_week(call: Call, _: str) -> Screen:
    """Show what goes out in the coming week."""
    return _calendar(call, None)


@feature.press(ShowCalendar, OFFICE_ONLY)
def show_week(call: Call, asked: ShowCalendar) -> Screen:
    """Show what goes out in a week."""
    return _calendar(call, asked.first)


@feature.press(ShowDay, OFFICE_ONLY)
def show_day(call: Call, asked: ShowDay) -> Screen:
    """Show what goes out on a day, or went out."""
    return _day(call, asked)


@feature.press(ShowGroup, OFFICE_ONLY)
def show_group(call: Call, asked: ShowGroup) -> Screen:
    """Show who gets the messages of one line of a day; what has gone out is shown as that."""
    letters = letters_of(call.work, call.config, asked.key)
    day = local_day(asked.key.at, call.config.time.zone_info)
    if not letters:
        return gone(call, day)
    page = page_of(letters, asked.page, size=cards.PAGE)
    people = [letter.planned.person_id for letter in page.items]
    return cards.group_screen(
        call.config,
        cards.group_of(asked.key, letters),
        page,
        names=_names(call, people),
        lost=unreachable_of(call.work, people),
    )


@feature.press(ShowLetter, OFFICE_ONLY)
def show_letter(call: Call, asked: ShowLetter) -> Screen:
    """Show one message to one person."""
    at = moment_of(asked.minute)
    letter = find_letter(call.work, call.config, kind=asked.kind, at=at, person_id=asked.person_id)
    if letter is None:
        return gone(call, local_day(at, call.config.time.zone_info))
    return cards.letter_screen(
        call.config,
        letter,
        name=_names(call, [asked.person_id]).get(asked.person_id, ""),
        things=_things(call, letter),
        lost=bool(unreachable_of(call.work, [asked.person_id])),
    )


@feature.press(CancelLetter, OFFICE_ONLY)
def cancel(call: Call, asked: CancelLetter) -> Screen:
    """Cancel one message to one person, unless it has gone out."""
    return changed(
        call,
        moment_of(asked.minute),
        lambda: skip(
            call.work,
            actor=call.actor,
            config=call.config,
            kind=asked.kind,
            at=moment_of(asked.minute),
            person_id=asked.person_id,
            reason=asked.reason,
        ),
    )


@feature.press(ShowTimes, OFFICE_ONLY)
def show_times(call: Call, asked: ShowTimes) -> Screen:
    """Show to which times one message to one person can be moved."""
    at = moment_of(asked.minute)
    letter = find_letter(call.work, call.config, kind=asked.kind, at=at, person_id=asked.person_id)
    if letter is None:
        return gone(call, local_day(at, call.config.time.zone_info))
    offered = choices(call.work, call.config, letter)
    name = _names(call, [asked.person_id]).get(asked.person_id, "")
    return changing.times_screen(letter, offered, name=name)


@feature.press(MoveLetter, OFFICE_ONLY)
def move_one(call: Call, asked: MoveLetter) -> Screen:
    """Move one message to one person to a later time, unless it has gone out."""
    return changed(
        call,
        moment_of(asked.minute),
        lambda: move(
            call.work,
            actor=call.actor,
            config=call.config,
            kind=asked.kind,
            at=moment_of(asked.minute),
            person_id=asked.person_id,
            to=moment_of(asked.to_minute),
        ),
    )


@feature.press(RestoreLetter, OFFICE_ONLY)
def restore(call: Call, asked: RestoreLetter) -> Screen:
    """Let a cancelled or moved message go out as it would have."""
    row = unskip(call.work, actor=call.actor, skip_id=asked.skip_id)
    return changing.restored_screen(call.config, row, name=_name_of(call, row))


@feature.press(ShowCancelled, OFFICE_ONLY)
def show_cancelled(call: Call, asked: ShowCancelled) -> Screen:
    """Show the cancelled and the moved messages of a day."""
    zone = call.config.time.zone_info
    rows = skipped_between(call.work, start_of(asked.day, zone), end_of(asked.day, zone))
    people = [person for row in rows for person in (row.person_id, row.by_person_id) if person]
    return changing.changed_list(call.config, rows, asked.day, asked.page, _names(call, people))


@feature.press(ShowSent, OFFICE_ONLY)
def show_sent(call: Call, asked: ShowSent) -> Screen:
    """Show what became of the messages of a sender on a day."""
    zone = call.config.time.zone_info
    start, end = start_of(asked.day, zone), end_of(asked.day, zone)
    first = max(0, asked.page - 1) * cards.PAGE
    found, total = addressees(call.work, asked.kind, start, end, first=first, most=cards.PAGE)
    pages = page_count(total, size=cards.PAGE)
    return cards.sent_screen(call.config, asked, Page(found, min(asked.page, pages), pages))


@feature.home(_ORDER, OFFICE_ONLY)
def home(call: Call) -> HomePart:
    """Offer the calendar."""
    del call
    return HomePart(buttons=[Button(T("rehearsal.open"), ShowCalendar(None))])


def _calendar(call: Call, first: date | None) -> Screen:
    today = _today(call)
    start = max(today, first or today)
    days = days_ahead(call.work, call.config, start, start + timedelta(days=WEEK - 1))
    most = call.config.rehearsal.most_a_day
    waiting = undecided(call.work, most=_MOST_UNDECIDED)
    return day_cards.calendar_screen(days, today, most=most, undecided=waiting)


def _day(call: Call, asked: ShowDay) -> Screen:
    zone, today = call.config.time.zone_info, _today(call)
    start, end = start_of(asked.day, zone), end_of(asked.day, zone)
    most = call.config.rehearsal.most_a_day
    ahead = None
    if asked.day >= today:
        [ahead] = days_ahead(call.work, call.config, asked.day, asked.day)
    back = outcomes(call.work, start, end) if asked.day <= today else []
    if ahead is not None and back:
        ahead.counts.update(counts_of(call.work, list(ahead.counts), start, end))
    shown = Shown(
        day=asked.day,
        today=today,
        ahead=ahead,
        back=back,
        changed=skipped_between(call.work, start, end),
        names=_overloaded_names(call, ahead, most),
    )
    return day_cards.day_screen(shown, call.config, number=asked.page, most=most)


def changed(call: Call, at: datetime, change: Callable[[], SkippedSend]) -> Screen:
    """Show what was changed, or the day as it is now where it has gone out meanwhile."""
    try:
        with call.work.savepoint():
            row = change()
    except GoneOut:
        return gone(call, local_day(at, call.config.time.zone_info))
    return changing.changed_screen(call.config, row, name=_name_of(call, row))


def _name_of(call: Call, row: SkippedSend) -> str:
    found = _names(call, [] if row.person_id is None else [row.person_id])
    return found.get(row.person_id or 0, "")


def gone(call: Call, day: date) -> Screen:
    """Show the day as it is now, over it that the message does not go out any more."""
    screen = _day(call, ShowDay(day, 1))
    return replace(screen, toast=T(GoneOut.key), alert=True)


def _overloaded_names(call: Call, ahead: DayAhead | None, most: int) -> Mapping[int, str]:
    return {} if ahead is None else _names(call, list(ahead.overloaded(most)))


def _names(call: Call, people: Sequence[int]) -> Mapping[int, str]:
    return {person.id: person.name for person in people_by_id(call.work, people).values()}


def _things(call: Call, letter: Letter) -> Mapping[int, Text]:
    """Return the names of the units, or of the posts, that a message is about."""
    ids = [one.of for one in letter.planned.about if one.of is not None]
    if letter.planned.kind == MESSAGES:
        units = units_by_id(call.work, ids).values()
        return {unit.id: Plain(unit.name) for unit in units}
    return {post.id: label(post, call.config) for post in posts_by_id(call.work, ids)}


def _today(call: Call) -> date:
    return local_day(call.now, call.config.time.zone_info)
