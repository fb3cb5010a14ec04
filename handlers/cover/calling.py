"""The office and post leads ask people to come, and see which posts are at risk."""

from datetime import timedelta

from bot.chat.access import OFFICE_ONLY, needs
from bot.chat.call import Call
from bot.chat.cards.cover import calls as cards
from bot.chat.cards.cover.buttons import CallForCover, PostsAtRisk, PreviewCover
from bot.chat.screen import Answer
from bot.chat.text import Plain, Text
from bot.core.roles import Role
from bot.features.cover import calling, queries
from bot.features.cover.access import find_open
from bot.features.cover.models import CoverKind
from bot.features.posts.models import Post
from handlers.cover.feature import feature
from handlers.cover.quiet import check_can_ask

RISK_HOURS = 48
"""How far ahead the office looks for posts at risk."""
_IN_CHARGE = needs(Role.coordinator, Role.post_lead)


@feature.press(PreviewCover, _IN_CHARGE)
def preview(call: Call, pressed: PreviewCover) -> Answer:
    """Show who would be asked, and why others are not."""
    asked = calling.preview(
        call.work, actor=call.actor, post_id=pressed.post_id, config=call.config
    )
    held_until = _held_until(call, asked.post)
    found = find_open(call.work, CoverKind.places, pressed.post_id)
    answers = {} if found is None else queries.answers(call.work, found.id)
    return cards.preview(call, asked, answers, held_until=held_until)


@feature.press(CallForCover, _IN_CHARGE)
def call_for_cover(call: Call, pressed: CallForCover) -> Answer:
    """Ask people to come."""
    asked = calling.preview(
        call.work, actor=call.actor, post_id=pressed.post_id, config=call.config
    )
    held_until = _held_until(call, asked.post)
    found = calling.call_for_cover(
        call.work,
        actor=call.actor,
        post_id=pressed.post_id,
        most=pressed.most,
        config=call.config,
    )
    answers = queries.answers(call.work, found.id)
    return cards.called(call, asked.post, answers, held_until=held_until)


@feature.press(PostsAtRisk, OFFICE_ONLY)
def posts_at_risk(call: Call, pressed: PostsAtRisk) -> Answer:
    """Show a page of the posts that may lack people when they begin."""
    until = call.now + timedelta(hours=RISK_HOURS)
    rows, total = queries.at_risk(call.work, until=until, page=pressed.page, size=cards.PAGE)
    return cards.at_risk(call, rows, total=total, page=pressed.page, hours=RISK_HOURS)


def _held_until(call: Call, post: Post) -> Text | None:
    until = check_can_ask(call, post)
    if until is None:
        return None
    return Plain(f"{until.astimezone(call.config.time.zone_info):%H:%M}")
