"""The conversation that closes a post, and that corrects what was said (VOL-09)."""

from bot.chat.access import needs
from bot.chat.call import Call
from bot.chat.callback import read_id
from bot.chat.cards.closing import screens as cards
from bot.chat.cards.closing.buttons import CLOSE_POST
from bot.chat.conversation.model import Answers, Conversation
from bot.chat.screen import Screen
from bot.chat.text import T, Text
from bot.core.roles import Role
from bot.features.attendance.queries import roll
from bot.features.closing import service
from bot.features.closing.queries import find_result
from bot.features.posts.access import get_post
from bot.features.reports.content import photo_to_plain
from handlers.closing.answers import (
    POST,
    VERSION,
    kept_counts,
    outcome_of,
    post_of,
)
from handlers.closing.feature import feature
from handlers.closing.steps import NUMBERS, PHOTOS, PRESENCE, REMARK, add_at_card


def _begin(call: Call, arg: str | None) -> Answers:
    """Begin with what is known; of a closed post, with everything that was said."""
    post = service.access_post_to_close(call.work, actor=call.actor, post_id=read_id(arg))
    found = find_result(call.work, post.id)
    # Photos and a remark are not asked for: they may be sent, or are chosen on the card.
    if found is None:
        return {POST: post.id, "photos": [], "remark": ""}
    return {
        POST: post.id,
        VERSION: found.row.version,
        "numbers": kept_counts(dict(found.outcome.counts)),
        "photos": [photo_to_plain(one) for one in found.outcome.photos],
        "remark": found.outcome.remark or "",
    }


def _preview(call: Call, answers: Answers) -> Text:
    post = post_of(call, answers)
    return cards.closing_text(call, post, roll(call.work, post.id), outcome_of(answers))


def _submit(call: Call, answers: Answers) -> Screen:
    row = service.close_post(
        call.work,
        actor=call.actor,
        post_id=answers[POST],
        outcome=outcome_of(answers),
        config=call.config,
        version=answers.get(VERSION),
    )
    post = get_post(call.work, row.post_id)
    if row.version == 1:
        return cards.closed(call, post, roll(call.work, post.id), row)
    found = find_result(call.work, post.id)
    return cards.corrected(call, post, row, number=found.report_number if found else None)


CLOSING = feature.converse(
    Conversation(
        name=CLOSE_POST,
        needs=needs(Role.coordinator, Role.post_lead),
        steps=[PRESENCE, NUMBERS, PHOTOS, REMARK],
        preview=_preview,
        submit=_submit,
        begin=_begin,
        add=add_at_card,
        submit_label=T("closing.submit_close"),
    )
)
