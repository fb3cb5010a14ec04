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
    take_back_unsent,
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


@tells(Flipped)
def tell_flipped(desk: Desk, fact: Flipped) -> None:
    """Tell everyone who stands at, waits for or leads one of the posts."""
    flip = desk.work.session.get_one(Flip, fact.flip_id)
    changed = changed_posts(desk.work, flip.id)
    withdraw(desk.work, [one.post.id for one in changed])
    everybody = concerned(desk.work, changed)

    def text(theirs: Sequence[Concern]) -> Text:
        entries = [_entry(desk, one, entry(desk.config, one.changed, flip.what)) for one in theirs]
        return Lines(head(flip), *_spaced(entries), BLANK, MEANS[flip.what])

    _send(desk, everybody, text, key=topic_of(flip.id), topic=topic_of(flip.id))


@tells(FlipUndone)
def tell_undone(desk: Desk, fact: FlipUndone) -> None:
    """Tell everyone who heard of it that it takes place after all; who did not, hears nothing."""
    flip = desk.work.session.get_one(Flip, fact.flip_id)
    left = changed_posts(desk.work, flip.id, restored=False)
    unheard = set() if left else take_back_unsent(desk.work, flip.id)
    changed = changed_posts(desk.work, flip.id, restored=True)
    withdraw(desk.work, [one.post.id for one in changed])
    everybody = concerned(desk.work, changed)

    def text(theirs: Sequence[Concern]) -> Text:
        entries = [_entry(desk, one, restored_entry(desk.config, one.changed)) for one in theirs]
        return Lines(T("flips.told_undone"), *_spaced(entries), BLANK, T("flips.undone_means"))

    heard = {reader: theirs for reader, theirs in everybody.items() if reader not in unheard}
    _send(desk, heard, text, key=f"{topic_of(flip.id)}:undone", topic=None)


def _send(
    desk: Desk,
    everybody: Mapping[int, Sequence[Concern]],
    text: Callable[[Sequence[Concern]], Text],
    *,
    key: str,
    topic: str | None,
) -> None:
    in_calendar = given_posts(desk.work, everybody)
    by_lane: dict[Lane, list[Letter]] = {Lane.alarm: [], Lane.reminder: []}
    for reader, theirs in everybody.items():
        has_file = any(one.changed.post.id in in_calendar.get(reader, ()) for one in theirs)
        screen = Screen(text(theirs), [_see(theirs), _renew(has_file=has_file), [home_button()]])
        by_lane[_lane(desk, theirs)].append(Letter(reader, screen, f"{key}:{reader}", topic))
    for lane, letters in by_lane.items():
        for at in range(0, len(letters), _AT_ONCE):
            desk.send_each(letters[at : at + _AT_ONCE], lane=lane)


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
