"""A post with several roles, on one card: each with its figures and its button (VOL-01)."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.posts.buttons import Leave, to_sign_up
from bot.chat.cards.posts.words import figures
from bot.chat.screen import Button, Row, Style
from bot.chat.text import Lines, T, Text
from bot.features.posts.models import SignupState
from bot.features.posts.queries import Listed
from bot.features.posts.rules import is_open, is_over, missing


def role_lines(roles: Sequence[Listed]) -> Text:
    """Return what each role lacks, and where the reader stands."""
    return Lines(*(_line(one) for one in roles))


def role_rows(call: Call, roles: Sequence[Listed]) -> list[Row]:
    """Return a button for each role; who holds or waits for one can leave it."""
    own = [one for one in roles if one.own is not None]
    if own:
        return [_leaving(call, one) for one in own]
    return [row for one in roles if (row := _joining(call, one))]


def _line(one: Listed) -> Text:
    line = T("planning.role_line", role=one.post.role or "", figures=figures(one.post))
    if one.own is None:
        return line
    held = T("posts.you_are_in") if one.own is not SignupState.waiting else T("posts.you_wait")
    return T("posts.entry_own", line=line, own=held)


def _joining(call: Call, one: Listed) -> Row:
    if not is_open(one.post, now=call.now, config=call.config):
        return []
    role = one.post.role or ""
    text = T("planning.sign_up_as", role=role)
    if not missing(one.post):
        text = T("planning.wait_as", role=role)
    return [Button(text, to_sign_up(one.post), Style.primary)]


def _leaving(call: Call, one: Listed) -> Row:
    if is_over(one.post, now=call.now):
        return []
    waits = one.own is SignupState.waiting
    return [Button(T("posts.stop_waiting") if waits else T("posts.leave"), Leave(one.post.id))]
