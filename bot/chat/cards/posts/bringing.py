"""Bringing people along where a post allows it (VOL-02): one tap each way."""

from bot.chat.call import Call
from bot.chat.cards.posts.buttons import Bring
from bot.chat.screen import Button, Row
from bot.chat.text import T, Text
from bot.features.posts.models import SignupState
from bot.features.posts.queries import PostCard
from bot.features.posts.rules import is_over, missing, most_companions


def companions_row(call: Call, card: PostCard) -> list[Row]:
    """Return the buttons to bring one more or one fewer; none where neither can be."""
    post, signup = card.post, card.signup
    if signup is None or card.own is None or is_over(post, now=call.now):
        return []
    row: list[Button] = []
    fits = card.own is SignupState.waiting or missing(post) > 0
    if fits and signup.size <= most_companions(post, call.config):
        row.append(
            Button(T("others.bring", companions=signup.size), Bring(post.id, signup.size + 1))
        )
    if signup.size > 1:
        row.append(Button(T("others.bring_fewer"), Bring(post.id, signup.size - 1)))
    return [row] if row else []


def companions_line(card: PostCard) -> Text | None:
    """Return how many people come with the person; None for nobody."""
    if card.own is None or card.signup is None or card.signup.size == 1:
        return None
    return T("others.with", companions=card.signup.size - 1)
