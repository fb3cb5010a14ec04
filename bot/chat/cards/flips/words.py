"""How decisions about many posts are said."""

from bot.chat.cards.posts.words import label
from bot.chat.text import Lines, Plain, Span, T, Text
from bot.config import Config
from bot.features.flips.models import Flip, What
from bot.features.flips.queries import Changed

REASONS: dict[str, Text] = {
    "rain": T("flips.why_rain"),
    "heat": T("flips.why_heat"),
    "event": T("flips.why_event"),
}
"""Reasons that are offered; any other is shown as it was typed."""

DOING: dict[What, Text] = {
    What.pause: T("flips.what_pause"),
    What.move: T("flips.what_move"),
    What.end: T("flips.what_end"),
    What.cancel: T("flips.what_cancel"),
    What.resume: T("flips.what_resume"),
}
"""What can be done, as a button and as a head says it."""

MEANS: dict[What, Text] = {
    What.pause: T("flips.means_pause"),
    What.move: T("flips.means_move"),
    What.end: T("flips.means_end"),
    What.cancel: T("flips.means_cancel"),
    What.resume: T("flips.means_resume"),
}
"""What it means for who stands there."""


def reason_of(reason: str) -> Text:
    """Return why it was decided."""
    return REASONS.get(reason) or Plain(reason)


def head(flip: Flip) -> Text:
    """Return what was decided and why."""
    return T("flips.told_head", what=DOING[flip.what], reason=reason_of(flip.reason))


def entry(config: Config, changed: Changed, what: What) -> Text:
    """Return one post, as it was and as it is now."""
    post, before = changed.post, changed.before
    was = Span(before.old_starts_at, before.old_ends_at)
    title = T("posts.card_title", label=label(post, config))
    now = Span(post.starts_at, post.ends_at)
    if what is What.move:
        return Lines(title, T("flips.was", time=was), T("flips.now", time=now))
    return Lines(title, was)


def restored_entry(config: Config, changed: Changed) -> Text:
    """Return one post that is again as it was."""
    post = changed.post
    return Lines(
        T("posts.card_title", label=label(post, config)), Span(post.starts_at, post.ends_at)
    )
