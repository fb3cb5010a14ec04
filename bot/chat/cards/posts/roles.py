"""A post with several roles, on one card: each with its figures and its button (VOL-01)."""

from collections.abc import Sequence

from bot.chat.call import Call
from bot.chat.cards.cover.buttons import NotComing
from bot.chat.cards.posts.buttons import Leave, to_sign_up
from bot.chat.cards.posts.calendarfile import calendar_row
from bot.chat.cards.posts.waiting import answers, until
from bot.chat.cards.posts.words import figures
from bot.chat.screen import Button, Row, Style
from bot.chat.text import Lines, T, Text
from bot.features.posts.models import SignupState
from bot.features.posts.queries import Listed
from bot.features.posts.rules import is_open, is_over, missing


def role_lines(call: Call, roles: Sequence[Listed]) -> Text:
    """Return what each role lacks, and where the reader stands."""
    return Lines(*role_texts(call, roles))


def role_texts(call: Call, roles: Sequence[Listed]) -> list[Text]:
    """Return the lines of the above, one for each role."""
    return [_line(call, one) for one in roles]


def role_rows(call: Call, roles: Sequence[Listed]) -> list[Row]:
    """Return a button for each role; who has one, waits for one or is offered one sees that."""
    own = [one for one in roles if one.own is not None]
    if own:
        return [row for one in own for row in _having(call, one)]
    return [row for one in roles if (row := _joining(call, one))]


def _line(call: Call, one: Listed) -> Text:
    line = T("planning.role_line", role=one.post.role or "", figures=figures(one.post))
    if one.own is None:
        return line
    return T("posts.entry_own", line=line, own=_standing(call, one))


def _standing(call: Call, one: Listed) -> Text:
    if one.own is SignupState.offered and one.until is not None:
        kept = until(one.until, now=call.now, config=call.config)
        return T("waiting.role_offered", until=kept)
    return T("posts.you_wait") if one.own is SignupState.waiting else T("posts.you_are_in")


def _joining(call: Call, one: Listed) -> Row:
    if not is_open(one.post, now=call.now, config=call.config):
        return []
    role = one.post.role or ""
    text = T("planning.sign_up_as", role=role)
    if not missing(one.post):
        text = T("planning.wait_as", role=role)
    return [Button(text, to_sign_up(one.post), Style.primary)]


def _having(call: Call, one: Listed) -> list[Row]:
    post = one.post
    if is_over(post, now=call.now):
        return []
    if one.own is SignupState.offered:
        return [answers(post, call.actor.person_id)]
    if one.own is SignupState.waiting:
        return [[Button(T("posts.stop_waiting"), Leave(post.id))]]
    return [[Button(T("cover.not_coming"), NotComing(post.id))], calendar_row(post)]
