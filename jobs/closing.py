"""Asking the lead to close a post, and reminding the office of those nobody closed (VOL-09)."""

from collections.abc import Sequence
from datetime import date

from bot.chat.cards.closing.screens import ask_to_close, remind_office
from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.attendance.queries import roll
from bot.features.closing import asking
from bot.features.closing.asking import AskLead, RemindOffice
from bot.features.outbox.models import Lane
from bot.features.people.queries import office
from bot.features.posts.access import get_post
from bot.features.posts.models import PostState


def due(view: View, config: Config) -> Sequence[AskLead | RemindOffice]:
    """Return whom to ask and whom to remind now."""
    return asking.due(view, config)


def carry_out(desk: Desk, effect: AskLead | RemindOffice) -> None:
    """Ask the lead, or remind the office, unless another copy did."""
    match effect:
        case AskLead():
            _ask(desk, effect.post_id)
        case RemindOffice():
            _remind(desk, effect.day)


def _ask(desk: Desk, post_id: int) -> None:
    if not asking.claim_asking(desk.work, post_id):
        return
    post = get_post(desk.work, post_id)
    if post.state is not PostState.published or post.lead_person_id is None:
        return
    screen = ask_to_close(desk, post, roll(desk.work, post.id))
    key = f"post:{post.id}:close:{post.lead_person_id}"
    desk.send(post.lead_person_id, screen, lane=Lane.reminder, key=key)


def _remind(desk: Desk, day: date) -> None:
    if not asking.claim_reminding(desk.work, day):
        return
    unclosed = asking.to_remind_of(desk.work, desk.config, day)
    for person_id in office(desk.work) if unclosed else ():
        if not asking.claim_telling(desk.work, day, person_id):
            continue
        key = f"closing:{day.isoformat()}:{person_id}"
        desk.send(person_id, remind_office(desk, unclosed), lane=Lane.digest, key=key)


job = Job("closing", due, carry_out)
"""The job that asks for what came of posts."""
