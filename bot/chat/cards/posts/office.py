"""What those who answer for a post can do with it, on its card."""

from bot.chat.call import Call
from bot.chat.cards.cover.buttons import PreviewCover
from bot.chat.cards.planning.buttons import COPY, PublishDraft, ShowBatch
from bot.chat.cards.posts.buttons import CancelPost, PostLink, Roster, SignOthers
from bot.chat.cards.posts.lists import NEW_POST
from bot.chat.conversation.model import Begin
from bot.chat.screen import Button, Row, Style
from bot.chat.text import T
from bot.core.roles import OFFICE
from bot.features.posts.access import leads
from bot.features.posts.models import Post, PostState
from bot.features.posts.rules import is_open, is_over, missing

EDIT_POST = "postedit"
"""The conversation that changes a post."""
RESIZE_POST = "postsize"
"""The conversation that changes the number of places."""


def office_rows(call: Call, post: Post) -> list[Row]:
    """Return the rows for the office, the post lead, and those who sign up others."""
    others = _others_row(call, post)
    if not leads(call.actor, post.id):
        return others
    if post.state is PostState.draft:
        return _draft_rows(post)
    roster = Button(T("posts.roster"), Roster(post.id, 1))
    lacks = missing(post) and is_open(post, now=call.now, config=call.config)
    cover = [Button(T("cover.cover"), PreviewCover(post.id))] if lacks else []
    if not call.actor.roles & OFFICE:
        return [[roster, *cover], *others]
    again = Button(T("posts.publish_again"), Begin(NEW_POST, str(post.id)))
    if is_over(post, now=call.now):
        return [[roster, again]]
    return [
        [
            Button(T("posts.edit_capacity"), Begin(RESIZE_POST, str(post.id))),
            Button(T("posts.edit"), Begin(EDIT_POST, str(post.id))),
        ],
        [roster, again],
        *others,
        [Button(T("planning.copy"), Begin(COPY, f"p{post.id}")), *_batch(post)],
        [*cover, Button(T("posts.cancel"), CancelPost(post.id, sure=False), Style.danger)],
    ]


def _others_row(call: Call, post: Post) -> list[Row]:
    """Return what those may do who sign up others: the office, the lead, team leads."""
    if is_over(post, now=call.now) or not (leads(call.actor, post.id) or call.actor.led_teams):
        return []
    return [
        [
            Button(T("others.sign_up"), SignOthers(post.id, 1)),
            Button(T("others.link"), PostLink(post.id)),
        ]
    ]


def _draft_rows(post: Post) -> list[Row]:
    return [
        [
            Button(T("posts.publish_now"), PublishDraft(post.id, sure=False), Style.primary),
            Button(T("posts.edit"), Begin(EDIT_POST, str(post.id))),
        ],
        [
            *_batch(post),
            Button(T("planning.drop"), CancelPost(post.id, sure=False), Style.danger),
        ],
    ]


def _batch(post: Post) -> list[Button]:
    if post.batch_id is None:
        return []
    return [Button(T("planning.see_batch"), ShowBatch(post.batch_id))]
