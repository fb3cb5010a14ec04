"""Who is asked to close posts, and whom the office is reminded of (VOL-09).

The lead is asked at the end of the post, at most a day late. The office is reminded on the morning
after, at most until midnight; the reminder of a later morning names the posts of the three days
before it, so that a day of downtime hides none of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.config import Config
from bot.core.dates import local_day, start_of
from bot.db.work import View
from bot.features.closing.queries import ended_unclosed
from bot.features.people.queries import office
from bot.features.posts.models import Post
from bot.features.runs.cancelled import person_scope
from bot.features.runs.foresight import About, Foresight, Planned
from bot.features.runs.service import Claiming, claim, noted

KIND = "closing"
_ASK = "ask"
_OFFICE = "office"
_LATEST = timedelta(days=1)
_MORNING = time(9)
_LOOKS_BACK = timedelta(days=3)


@dataclass(frozen=True)
class AskLead:
    """The lead of a post is asked to close it."""

    post_id: int


@dataclass(frozen=True)
class RemindOffice:
    """The office hears in the morning of `day` which posts nobody closed."""

    day: date


def due(view: View, config: Config) -> list[AskLead | RemindOffice]:
    """Return whom to ask and whom to remind now."""
    ended = ended_unclosed(view, start=view.now - _LATEST, end=view.now)
    day = _day_to_remind(view, config)
    midnight = start_of(day, config.time.zone_info) if day is not None else None
    if midnight is None or not ended_unclosed(view, start=midnight - _LATEST, end=midnight):
        day = None
    return [*_to_ask(view, ended), *([] if day is None else [RemindOffice(day)])]


def claim_asking(work: Claiming, post_id: int) -> bool:
    """Claim that the lead of a post is asked."""
    return claim(work, KIND, _scope(post_id), _ASK)


def claim_reminding(work: Claiming, day: date) -> bool:
    """Claim that the office is reminded on a day."""
    return claim(work, KIND, _OFFICE, day.isoformat())


def claim_telling(work: Claiming, day: date, person_id: int) -> bool:
    """Claim that one person of the office is told; False where it was cancelled for them."""
    return claim(work, KIND, person_scope(person_id), day.isoformat())


def to_remind_of(view: View, config: Config, day: date) -> Sequence[Post]:
    """Return the posts that the office is reminded of on `day`."""
    midnight = start_of(day, config.time.zone_info)
    return ended_unclosed(view, start=midnight - _LOOKS_BACK, end=midnight)


def foresee(view: Foresight, config: Config, until: datetime) -> Iterator[Planned]:
    """Yield who is asked and reminded from now until `until`, as long as nobody closes a post."""
    ended = ended_unclosed(view, start=view.now - _LOOKS_BACK, end=until)
    people = office(view) if ended else []
    put_off = {at for _, at in view.put_off(KIND, until)}
    for moment in sorted(put_off.union(_moments(ended, config, view.now, until))):
        then = view.at(moment)
        late = moment - _LATEST
        asked = _to_ask(then, [post for post in ended if late <= post.ends_at < moment])
        for effect in asked:
            [post] = [post for post in ended if post.id == effect.post_id]
            if claim_asking(then, effect.post_id):
                claims = ((KIND, _scope(effect.post_id), _ASK),)
                about = (About("post", _ASK, effect.post_id),)
                lead, before = post.lead_person_id or 0, post.ends_at + _LATEST
                yield Planned(KIND, lead, moment, about, claims, before=before)
        yield from _reminders(then, config, ended, people)


def _reminders(
    view: Foresight, config: Config, ended: Iterable[Post], people: Iterable[int]
) -> Iterator[Planned]:
    day = _day_to_remind(view, config)
    if day is None:
        return
    midnight = start_of(day, config.time.zone_info)
    if not any(midnight - _LATEST <= post.ends_at < midnight for post in ended):
        return
    if claim_reminding(view, day):
        for person_id in people:
            if claim_telling(view, day, person_id):
                key = day.isoformat()
                yield Planned(
                    KIND,
                    person_id,
                    view.now,
                    (About("office", _OFFICE),),
                    ((KIND, person_scope(person_id), key),),
                    ((KIND, _OFFICE, key),),
                )


def _to_ask(view: View, ended: Sequence[Post]) -> list[AskLead]:
    before = {scope for scope, _ in noted(view, KIND, [_ASK])} if ended else set()
    return [
        AskLead(post.id)
        for post in ended
        if post.lead_person_id is not None and _scope(post.id) not in before
    ]


def _day_to_remind(view: View, config: Config) -> date | None:
    """Return the day of which the office is still to be reminded; None: not now."""
    zone = config.time.zone_info
    today = local_day(view.now, zone)
    if view.now < start_of(today, zone, _MORNING):
        return None
    key = today.isoformat()
    return None if (_OFFICE, key) in noted(view, KIND, [key]) else today


def _moments(
    ended: Iterable[Post], config: Config, start: datetime, until: datetime
) -> list[datetime]:
    """Return when something may be due: now, just after each end, and every morning."""
    found = {start, *(post.ends_at + timedelta(microseconds=1) for post in ended)}
    day = local_day(start, config.time.zone_info)
    while (morning := start_of(day, config.time.zone_info, _MORNING)) < until:
        found.add(morning)
        day += timedelta(days=1)
    return sorted(moment for moment in found if start <= moment < until)


def _scope(post_id: int) -> str:
    return f"post:{post_id}"
