"""What people are reminded of before a post, and what its lead is told (VOL-03)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.chat.callback import callback
from bot.chat.cards.cover.buttons import NotComing
from bot.chat.cards.home import home_button
from bot.chat.cards.posts.buttons import MyPosts, Roster, ShowPost
from bot.chat.cards.posts.pins import pins
from bot.chat.cards.posts.words import duties, figures, label, mark, when
from bot.chat.desk import Desk, Letter
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Listed, Plain, T, Text, tn
from bot.core.dates import local_day
from bot.features.outbox.models import Lane
from bot.features.people.queries import people_by_id
from bot.features.places.located import places_by_id
from bot.features.places.models import Place
from bot.features.posts.leadlists import Comer, LeadList, Roll
from bot.features.posts.remindlines import Line, Reminder
from bot.features.posts.unsaid import TOPIC, context_of

_MOST_NAMES = 20
_MOST_POSTS = 6


@callback("rd.y")
@dataclass(frozen=True)
class Sure:
    """Says that the person will come to a post.

    `until` is the day of the last post in the message; None where it is about one post alone.
    """

    post_id: int
    until: date | None


@dataclass(frozen=True)
class About:
    """What reminders say of posts besides the posts themselves: leads' names, places by id."""

    names: Mapping[int, str]
    places: Mapping[int, Place]


def about(desk: Desk, lines: Collection[Line]) -> About:
    """Return what is to be said of the posts of `lines`; two statements."""
    posts = [line.post for line in lines]
    leads = people_by_id(
        desk.work, [post.lead_person_id for post in posts if post.lead_person_id is not None]
    )
    places = places_by_id(desk.work, [post.place_id for post in posts if post.place_id is not None])
    return About({person.id: person.name for person in leads.values()}, places)


def remind(desk: Desk, reminders: Sequence[Reminder]) -> None:
    """Write the reminders; the number of statements does not grow with theirs."""
    known = about(desk, [line for one in reminders for line in one.lines])
    letters = [
        Letter(
            one.recipient_id,
            replace(
                reminder_screen(desk, one.lines, known, with_pins=True),
                context=context_of(line.post.id for line in one.lines),
            ),
            key=f"post-reminder:{one.number}:{len(one.lines)}",
            topic=TOPIC,
        )
        for one in reminders
    ]
    desk.send_each(letters, lane=Lane.reminder)


def reminder_screen(
    desk: Desk, lines: Sequence[Line], known: About, *, with_pins: bool = False
) -> Screen:
    """Return what one person is reminded of, with what they can say to it."""
    several = len(lines) > 1
    own = [line for line in lines if line.mine]
    asked = any(not line.sure for line in own)
    last = max(line.post.starts_at for line in lines)
    until = local_day(last, desk.config.time.zone_info) if several else None
    parts = [_entry(desk, line, known, number, several=several) for number, line in _counted(lines)]
    return Screen(
        Lines(
            _head(desk, lines),
            *(part for one in parts for part in (BLANK, one)),
            *((BLANK, T("before.ask")) if asked else ()),
        ),
        [
            *(_answers(line, number, until) for number, line in _counted(lines) if line.mine),
            _ways(lines),
        ],
        files=pins(desk.config, [line.post for line in lines], known.places) if with_pins else (),
        event=True,
    )


def send_lists(desk: Desk, lists: Sequence[LeadList]) -> None:
    """Write the leads' lists."""
    letters = [
        Letter(one.lead_id, list_screen(desk, one.rolls), key=f"post-lead-list:{one.number}")
        for one in lists
    ]
    desk.send_each(letters, lane=Lane.reminder)


def list_screen(desk: Desk, rolls: Sequence[Roll]) -> Screen:
    """Return who comes to the posts that one person leads."""
    return Screen(
        Lines(
            tn("before.list_head", len(rolls)),
            *(part for roll in rolls for part in (BLANK, _roll(desk, roll))),
        ),
        [
            *(
                [
                    Button(
                        _marked(T("posts.roster"), number, several=len(rolls) > 1),
                        Roster(roll.post.id, 1),
                    )
                ]
                for number, roll in enumerate(rolls[:_MOST_POSTS], 1)
            ),
            [Button(T("posts.mine"), MyPosts(1)), home_button()],
        ],
        protected=True,
    )


def _counted(lines: Sequence[Line]) -> Sequence[tuple[int, Line]]:
    return list(enumerate(lines, 1))


def _head(desk: Desk, lines: Sequence[Line]) -> Text:
    zone = desk.config.time.zone_info
    today = local_day(desk.now, zone)
    days = {local_day(line.post.starts_at, zone) for line in lines}
    if days == {today}:
        return T("before.today")
    return T("before.tomorrow") if days == {today + timedelta(days=1)} else T("before.soon")


def _entry(desk: Desk, line: Line, known: About, number: int, *, several: bool) -> Text:
    post = line.post
    title = label(post, desk.config)
    lead = known.names.get(post.lead_person_id or 0)
    names = [Plain(name) for name in line.names[:_MOST_NAMES]]
    return Lines(
        T("posts.entry", mark=mark(number), label=title)
        if several and number <= _MOST_POSTS
        else T("posts.card_title", label=title),
        T("posts.receipt_lead", time=when(post), name=lead) if lead else when(post),
        duties(post, desk.config),
        T("posts.card_note", note=post.note) if post.note else None,
        tn("before.bring", line.size - 1) if line.mine and line.size > 1 else None,
        T("before.is_sure") if line.sure else None,
        T("before.pass_on", names=Listed(names)) if names else None,
    )


def _answers(line: Line, number: int, until: date | None) -> Row:
    if number > _MOST_POSTS:
        return []
    several = until is not None
    cannot = Button(_marked(T("before.cannot"), number, several=several), NotComing(line.post.id))
    if line.sure:
        return [cannot]
    can = _marked(T("before.can"), number, several=several)
    return [Button(can, Sure(line.post.id, until), Style.primary), cannot]


def _ways(lines: Sequence[Line]) -> Row:
    if len(lines) == 1:
        return [Button(T("posts.see_post"), ShowPost(lines[0].post.id)), home_button()]
    return [Button(T("posts.mine"), MyPosts(1)), home_button()]


def _marked(text: Text, number: int, *, several: bool) -> Text:
    return T("before.marked", mark=mark(number), text=text) if several else text


def _roll(desk: Desk, roll: Roll) -> Text:
    sure = [one for one in roll.comers if one.sure]
    unsure = [one for one in roll.comers if not one.sure]
    return Lines(
        T("posts.card_title", label=label(roll.post, desk.config)),
        when(roll.post),
        figures(roll.post),
        T("before.list_sure", count=_people(sure), names=_names(sure)) if sure else None,
        T("before.list_unsure", count=_people(unsure), names=_names(unsure)) if unsure else None,
        None if roll.comers else T("before.list_nobody"),
    )


def _people(comers: Sequence[Comer]) -> int:
    return sum(one.size for one in comers)


def _names(comers: Sequence[Comer]) -> Text:
    shown: list[Text] = [
        Plain(one.name) if one.size == 1 else T("before.with", name=one.name, count=one.size - 1)
        for one in comers[:_MOST_NAMES]
    ]
    if len(comers) > _MOST_NAMES:
        shown.append(T("before.and_more", count=len(comers) - _MOST_NAMES))
    return Listed(shown)
