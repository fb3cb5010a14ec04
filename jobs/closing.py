"""Asking the lead to close a post, and reminding the office of those that nobody closed (VOL-09).

The lead is asked at the end of the post, at most a day late. The office is reminded on the morning
after, at most until midnight; the reminder of a later morning names the posts of the three days
before it, so that a day of downtime hides none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.chat.cards.closing.screens import ask_to_close, remind_office
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.core.dates import local_day, start_of
from bot.db.work import View
from bot.features.attendance.queries import roll
from bot.features.closing.queries import ended_unclosed
from bot.features.outbox.models import Lane
from bot.features.people.queries import office
from bot.features.posts.access import get_post
from bot.features.posts.models import PostState
from bot.features.runs.service import claim, noted

_KIND = "closing"
_ASK = "ask"
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


def due(view: View, config: Config) -> Sequence[AskLead | RemindOffice]:
    """Return whom to ask and whom to remind now."""
    ended = ended_unclosed(view, start=view.now - _LATEST, end=view.now)
    before = {scope for scope, _ in noted(view, _KIND, [_ASK])} if ended else set()
    asks = [
        AskLead(post.id)
        for post in ended
        if post.lead_person_id is not None and _scope(post.id) not in before
    ]
    return [*asks, *_reminders(view, config)]


def _reminders(view: View, config: Config) -> list[RemindOffice]:
    zone = config.time.zone_info
    today = local_day(view.now, zone)
    if view.now < start_of(today, zone, _MORNING):
        return []
    midnight = start_of(today, zone)
    unclosed = ended_unclosed(view, start=midnight - _LATEST, end=midnight)
    if not unclosed or ("office", today.isoformat()) in noted(view, _KIND, [today.isoformat()]):
        return []
    return [RemindOffice(today)]


def carry_out(desk: Desk, effect: AskLead | RemindOffice) -> None:
    """Ask the lead, or remind the office, unless another copy did."""
    match effect:
        case AskLead():
            _ask(desk, effect.post_id)
        case RemindOffice():
            _remind(desk, effect.day)


def _ask(desk: Desk, post_id: int) -> None:
    if not claim(desk.work, _KIND, _scope(post_id), _ASK):
        return
    post = get_post(desk.work, post_id)
    if post.state is not PostState.published or post.lead_person_id is None:
        return
    screen = ask_to_close(desk, post, roll(desk.work, post.id))
    key = f"post:{post.id}:close:{post.lead_person_id}"
    desk.send(post.lead_person_id, screen, lane=Lane.reminder, key=key)


def _remind(desk: Desk, day: date) -> None:
    if not claim(desk.work, _KIND, "office", day.isoformat()):
        return
    midnight = start_of(day, desk.config.time.zone_info)
    unclosed = ended_unclosed(desk.work, start=midnight - _LOOKS_BACK, end=midnight)
    for person_id in office(desk.work) if unclosed else ():
        key = f"closing:{day.isoformat()}:{person_id}"
        desk.send(person_id, remind_office(desk, unclosed), lane=Lane.digest, key=key)


def _scope(post_id: int) -> str:
    return f"post:{post_id}"


job = Job("closing", due, carry_out)
"""The job that asks for what came of posts."""
