"""Batches, drafts and templates as the office sees them."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.home import home_button
from bot.chat.cards.planning.buttons import (
    SERIES,
    TEMPLATE,
    PublishBatch,
    PublishDraft,
    RemoveTemplate,
    ShowBatch,
    ShowBoard,
    ShowDrafts,
    ShowTemplates,
    UndoBatch,
)
from bot.chat.cards.posts.buttons import ShowPost
from bot.chat.cards.posts.words import label, mark, when
from bot.chat.conversation.model import Begin, Restart
from bot.chat.pager import page_count, pager
from bot.chat.render import rows_of
from bot.chat.screen import Button, Row, Screen, Style
from bot.chat.text import BLANK, Lines, Plain, T, Text, tn
from bot.features.posts.batches import BatchCounts, Undone, counts_of, posts_of_batch
from bot.features.posts.drafting import Published
from bot.features.posts.models import Post, PostBatch, PostTemplate

PAGE = 8
_FIRST = 3
_ACROSS = 4


def batch_made(call: Call, batch: PostBatch) -> Screen:
    """Return the receipt of a batch; it stays when its buttons show something."""
    card = batch_card(call, batch)
    return Screen(card.text, card.rows, event=True)


def batch_card(call: Call, batch: PostBatch) -> Screen:
    """Return how a batch stands, and what can be done with it."""
    posts = posts_of_batch(call.work, batch.id)
    counts = counts_of(call.work, posts)
    lines = [_row(call, post) for post in posts[:_FIRST]]
    if len(posts) > _FIRST + 1:
        lines.append(T("planning.between", posts=len(posts) - _FIRST - 1))
    if len(posts) > _FIRST:
        lines.append(T("planning.last_row", row=_row(call, posts[-1])))
    return Screen(
        Lines(_state(batch, counts), BLANK, *lines),
        [*_batch_rows(batch, counts), [_to_board(), home_button()]],
    )


def batch_published(call: Call, batch: PostBatch, done: Published) -> Screen:
    """Return what publishing the drafts of a batch did."""
    card = batch_card(call, batch)
    past = tn("planning.past", done.past) if done.past else None
    return Screen(Lines(card.text, past), card.rows)


def ask_publish_batch(batch: PostBatch, counts: BatchCounts) -> Screen:
    """Ask whether to publish the drafts of a batch."""
    return Screen(
        tn("planning.ask_publish", counts.drafts),
        [
            [
                Button(T("planning.not_yet"), ShowBatch(batch.id)),
                Button(T("posts.publish_now"), PublishBatch(batch.id, sure=True), Style.primary),
            ]
        ],
    )


def ask_publish_post(call: Call, post: Post) -> Screen:
    """Ask whether to publish a draft."""
    return Screen(
        Lines(label(post, call.config), when(post), BLANK, tn("planning.ask_publish", 1)),
        [
            [
                Button(T("planning.not_yet"), ShowPost(post.id)),
                Button(T("posts.publish_now"), PublishDraft(post.id, sure=True), Style.primary),
            ]
        ],
    )


def ask_undo(batch: PostBatch, counts: BatchCounts) -> Screen:
    """Ask whether to take a batch back, and say whom it concerns."""
    posts = counts.drafts + counts.published - counts.begun
    return Screen(
        Lines(
            tn("planning.ask_undo", posts),
            tn("planning.undo_tells", counts.people)
            if counts.people
            else T("planning.undo_tells_nobody"),
            tn("planning.undo_begun", counts.begun) if counts.begun else None,
        ),
        [
            [
                Button(T("planning.keep_batch"), ShowBatch(batch.id)),
                Button(T("planning.undo_sure"), UndoBatch(batch.id, sure=True), Style.danger),
            ]
        ],
    )


def batch_undone(done: Undone) -> Screen:
    """Return what taking a batch back did."""
    return Screen(
        Lines(
            tn("planning.undone", done.posts),
            tn("planning.undone_told", done.people) if done.people else None,
            tn("planning.undo_begun", done.begun) if done.begun else None,
        ),
        [[_to_board(), home_button()]],
    )


def drafts(call: Call, posts: Sequence[Post], *, total: int, page: int) -> Screen:
    """Return a page of the drafts."""
    pages = page_count(total, size=PAGE)
    rows = [
        T("planning.numbered", mark=mark(number), row=_row(call, post))
        for number, post in enumerate(posts, 1)
    ]
    looks = [
        Button(T("posts.look", mark=mark(number)), ShowPost(post.id))
        for number, post in enumerate(posts, 1)
    ]
    return Screen(
        Lines(
            tn("planning.drafts_head", total) if total else T("planning.no_drafts"),
            BLANK if rows else None,
            *rows,
        ),
        [
            *rows_of(looks, width=_ACROSS),
            pager(min(max(page, 1), pages), pages, ShowDrafts),
            [_to_board(), home_button()],
        ],
    )


def template_rows(kept: Sequence[PostTemplate]) -> list[Row]:
    """Return a button for each template, which begins a series with it."""
    return [
        [Button(T("planning.template", name=one.name), Restart(SERIES, f"t{one.id}"))]
        for one in kept
    ]


def template_list(kept: Sequence[PostTemplate]) -> Screen:
    """Return the templates: a tap begins a series, another removes one."""
    rows: list[Row] = [
        [
            Button(Plain(one.name), Begin(SERIES, f"t{one.id}")),
            Button(T("planning.remove_template"), RemoveTemplate(one.id, sure=False)),
        ]
        for one in kept
    ]
    text = T("planning.templates_head") if kept else T("planning.no_templates")
    return Screen(text, [*rows, [_to_board(), home_button()]])


def ask_remove_template(template: PostTemplate) -> Screen:
    """Ask whether to remove a template."""
    sure = RemoveTemplate(template.id, sure=True)
    return Screen(
        T("planning.ask_remove_template", name=template.name),
        [
            [
                Button(T("planning.keep_batch"), ShowTemplates()),
                Button(T("planning.remove_template"), sure, Style.danger),
            ]
        ],
    )


def template_kept(template: PostTemplate) -> Screen:
    """Return the receipt of a template."""
    return Screen(
        T("planning.template_kept", name=template.name),
        [[Button(T("planning.templates"), ShowTemplates()), home_button()]],
        event=True,
    )


def _state(batch: PostBatch, counts: BatchCounts) -> Text:
    if batch.undone_at is not None:
        return tn("planning.batch_undone", counts.cancelled)
    return Lines(
        tn("planning.batch_published", counts.published) if counts.published else None,
        tn("planning.batch_drafts", counts.drafts) if counts.drafts else None,
        tn("planning.batch_cancelled", counts.cancelled) if counts.cancelled else None,
    )


def _batch_rows(batch: PostBatch, counts: BatchCounts) -> list[Row]:
    if batch.undone_at is not None:
        return []
    rows: list[Row] = []
    if counts.drafts:
        publish = PublishBatch(batch.id, sure=False)
        rows.append(
            [
                Button(T("planning.publish_batch"), publish, Style.primary),
                Button(T("planning.see_drafts"), ShowDrafts(1)),
            ]
        )
    more = [Button(T("planning.undo_batch"), UndoBatch(batch.id, sure=False))]
    if batch.given is not None:
        more.append(Button(T("planning.as_template"), Begin(TEMPLATE, f"b{batch.id}")))
    return [*rows, more]


def _row(call: Call, post: Post) -> Text:
    return T("planning.told_row", time=when(post), label=label(post, call.config))


def _to_board() -> Button:
    return Button(T("planning.board"), ShowBoard(None, 1))
