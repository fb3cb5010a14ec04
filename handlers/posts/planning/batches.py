"""Drafts and batches: looking at them, publishing them, taking them back (VOL-01)."""

from bot.chat.access import OFFICE_ONLY
from bot.chat.call import Call
from bot.chat.cards.planning import batch as cards
from bot.chat.cards.planning.buttons import (
    PublishBatch,
    PublishDraft,
    ShowBatch,
    ShowDrafts,
    UndoBatch,
)
from bot.chat.screen import Answer
from bot.chat.text import T
from bot.features.posts import batches
from bot.features.posts.access import get_post
from bot.features.posts.drafting import publish_drafts, siblings
from bot.features.posts.errors import StartsInPast
from bot.features.posts.models import PostState
from bot.features.posts.planerrors import NotThatWay
from handlers.posts.browse import card_of
from handlers.posts.feature import feature


@feature.press(ShowDrafts, OFFICE_ONLY)
def show_drafts(call: Call, pressed: ShowDrafts) -> Answer:
    """Show a page of the drafts."""
    posts, total = batches.draft_posts(call.work, page=pressed.page, size=cards.PAGE)
    return cards.drafts(call, posts, total=total, page=pressed.page)


@feature.press(ShowBatch, OFFICE_ONLY)
def show_batch(call: Call, pressed: ShowBatch) -> Answer:
    """Show a batch."""
    return cards.batch_card(call, batches.get_batch(call.work, pressed.batch_id))


@feature.press(PublishDraft, OFFICE_ONLY)
def publish_draft(call: Call, pressed: PublishDraft) -> Answer:
    """Ask whether to publish a draft, or do it; its roles go with it."""
    post = get_post(call.work, pressed.post_id)
    if post.state is not PostState.draft:
        raise NotThatWay(state=post.state)
    if not pressed.sure:
        return cards.ask_publish_post(call, post)
    ids = [one.id for one in siblings(call.work, post)]
    if publish_drafts(call.work, actor=call.actor, post_ids=ids).past:
        raise StartsInPast
    return card_of(call, post.id, note=T("posts.published"))


@feature.press(PublishBatch, OFFICE_ONLY)
def publish_batch(call: Call, pressed: PublishBatch) -> Answer:
    """Ask whether to publish the drafts of a batch, or do it."""
    batch = batches.get_batch(call.work, pressed.batch_id)
    counts = batches.counts_of(call.work, batches.posts_of_batch(call.work, batch.id))
    if batch.undone_at is not None or not counts.drafts:
        return cards.batch_card(call, batch)
    if not pressed.sure:
        return cards.ask_publish_batch(batch, counts)
    done = batches.publish_batch(call.work, actor=call.actor, batch_id=batch.id)
    return cards.batch_published(call, batch, done)


@feature.press(UndoBatch, OFFICE_ONLY)
def undo_batch(call: Call, pressed: UndoBatch) -> Answer:
    """Ask whether to take a batch back, or do it."""
    batch = batches.get_batch(call.work, pressed.batch_id)
    if batch.undone_at is not None:
        return cards.batch_card(call, batch)
    if not pressed.sure:
        posts = batches.posts_of_batch(call.work, batch.id)
        return cards.ask_undo(batch, batches.counts_of(call.work, posts))
    done = batches.undo(call.work, actor=call.actor, batch_id=batch.id)
    return cards.batch_undone(done)
