"""What people are told of a decision about many posts: one message each, however many of theirs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from bot.chat.cards.flips.words import MEANS, entry, head, restored_entry
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import MyPosts, ShowPost
from bot.chat.cards.posts.calendarfile import AddToCalendar
from bot.chat.desk import Desk, Letter
from bot.chat.screen import Button, Row, Screen
from bot.chat.telling import tells
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text
from bot.features.flips.facts import Flipped, FlipUndone
from bot.features.flips.models import Flip
from bot.features.flips.queries import (
    Concern,
    changed_posts,
    concerned,
    half_told,
    lock_half_told,
    take_back_unsent,
    taken_back,
    topic_of,
)
from bot.features.outbox.models import Lane
from bot.features.posts.calendars import given_posts
from bot.features.posts.models import SignupState
from bot.features.posts.unsaid import withdraw

_SOON = timedelta(hours=12)
_MOST_ENTRIES = 12
_MOST_NAMES = 20
_AT_ONCE = 500
"""People whose messages are written in one transaction; the clock sets off the next."""

_Say = Callable[[Sequence[Concern]], Text]


@tells(Flipped)
def tell_flipped(desk: Desk, fact: Flipped) -> None:
    """Begin to tell everyone who stands at, waits for or leads one of the posts."""
    for earlier in half_told(desk.work):
        # Who heard of neither hears of the earlier one first.
        _tell_all(desk, earlier)
    flip = desk.work.session.get_one(Flip, fact.flip_id)
    withdraw(desk.work, [one.post.id for one in changed_posts(desk.work, flip.id)])
    _tell_next(desk, flip)


@tells(FlipUndone)
def tell_undone(desk: Desk, fact: FlipUndone) -> None:
    """Begin to tell everyone who heard of it that it takes place after all.

    Who has not heard of it yet hears nothing, unless some of its posts stay as they were decided.
    """
    flip = desk.work.session.get_one(Flip, fact.flip_id)
    while flip.cursor is not None:
        _send_next(desk, flip, *_of_decision(desk, flip))
    if not changed_posts(desk.work, flip.id, restored=False):
        take_back_unsent(desk.work, flip.id)
    withdraw(desk.work, [one.post.id for one in changed_posts(desk.work, flip.id, restored=True)])
    _tell_next(desk, flip)


def tell_more(desk: Desk, flip_id: int) -> None:
    """Tell the next people of a decision; whoever comes second finds it done."""
    flip = lock_half_told(desk.work, flip_id)
    if flip is not None:
        _tell_next(desk, flip)


def _tell_all(desk: Desk, flip_id: int) -> None:
    flip = lock_half_told(desk.work, flip_id)
    while flip is not None and flip.cursor is not None:
        _tell_next(desk, flip)


def _tell_next(desk: Desk, flip: Flip) -> None:
    told = _of_decision(desk, flip) if flip.undone_at is None else _of_undoing(desk, flip)
    _send_next(desk, flip, *told)


def _of_decision(desk: Desk, flip: Flip) -> tuple[Mapping[int, Sequence[Concern]], _Say, str]:
    def text(theirs: Sequence[Concern]) -> Text:
        entries = [_entry(desk, one, entry(desk.config, one.changed, flip.what)) for one in theirs]
        return Lines(head(flip), *_spaced(entries), BLANK, MEANS[flip.what])

    return concerned(desk.work, changed_posts(desk.work, flip.id)), text, topic_of(flip.id)


def _of_undoing(desk: Desk, flip: Flip) -> tuple[Mapping[int, Sequence[Concern]], _Say, str]:
    def text(theirs: Sequence[Concern]) -> Text:
        entries = [_entry(desk, one, restored_entry(desk.config, one.changed)) for one in theirs]
        return Lines(T("flips.told_undone"), *_spaced(entries), BLANK, T("flips.undone_means"))

    left = changed_posts(desk.work, flip.id, restored=False)
    unheard = set() if left else taken_back(desk.work, flip.id)
    everybody = concerned(desk.work, changed_posts(desk.work, flip.id, restored=True))
    heard = {reader: theirs for reader, theirs in everybody.items() if reader not in unheard}
    return heard, text, f"{topic_of(flip.id)}:undone"


def _send_next(
    desk: Desk,
    flip: Flip,
    everybody: Mapping[int, Sequence[Concern]],
    text: _Say,
    key: str,
) -> None:
    """Write to the next people in the order of their numbers, and note how far that came."""
    rest = [reader for reader in everybody if reader > (flip.cursor or 0)]
    readers = rest[:_AT_ONCE]
    topic = key if key == topic_of(flip.id) else None
    in_calendar = given_posts(desk.work, readers)
    by_lane: dict[Lane, list[Letter]] = {Lane.alarm: [], Lane.reminder: []}
    for reader in readers:
        theirs = everybody[reader]
        has_file = any(one.changed.post.id in in_calendar.get(reader, ()) for one in theirs)
        screen = Screen(text(theirs), [_see(theirs), _renew(has_file=has_file), [home_button()]])
        by_lane[_lane(desk, theirs)].append(Letter(reader, screen, f"{key}:{reader}", topic))
    for lane, letters in by_lane.items():
        desk.send_each(letters, lane=lane)
    flip.cursor = readers[-1] if len(rest) > len(readers) else None


def _entry(desk: Desk, one: Concern, said: Text) -> Text:
    del desk
    names = [Plain(name) for name in one.names[:_MOST_NAMES]]
    waits = one.state in {SignupState.waiting, SignupState.offered}
    return Lines(
        said,
        T("flips.you_wait") if waits else None,
        T("flips.you_lead") if one.leads else None,
        T("before.pass_on", names=Listed(names)) if names else None,
    )


def _spaced(entries: Sequence[Text]) -> Iterable[Text]:
    for one in entries[:_MOST_ENTRIES]:
        yield BLANK
        yield one
    if len(entries) > _MOST_ENTRIES:
        yield BLANK
        yield T("flips.and_more", count=len(entries) - _MOST_ENTRIES)


def _see(theirs: Sequence[Concern]) -> Row:
    mine = Button(T("posts.mine"), MyPosts(1))
    if len(theirs) > 1:
        return [mine]
    return [Button(T("posts.see_post"), ShowPost(theirs[0].changed.post.id)), mine]


def _renew(*, has_file: bool) -> Row:
    return [Button(T("calendarfile.renew"), AddToCalendar(None))] if has_file else []


def _lane(desk: Desk, theirs: Sequence[Concern]) -> Lane:
    """Return a lane that no quiet hours hold back where one of the posts is or was near."""
    first = min(min(one.changed.post.starts_at, one.changed.before.old_starts_at) for one in theirs)
    return Lane.alarm if first - desk.now < _SOON else Lane.reminder
