"""Offered places: what passed goes to the next in line; free places go to those who wait."""

from collections.abc import Sequence

from bot.chat.desk import Desk
from bot.chat.job import Job
from bot.config import Config
from bot.db.work import View
from bot.features.posts.access import lock_post
from bot.features.posts.line import fill_places
from bot.features.posts.offers import DueOffer, due_offers, expire, posts_to_fill


def _due(view: View, config: Config) -> Sequence[DueOffer]:
    del config
    return due_offers(view)


def _carry_out(desk: Desk, due: DueOffer) -> None:
    """End the offer, unless it was answered meanwhile or another copy did it."""
    expire(desk.work, due, desk.config)


def _due_posts(view: View, config: Config) -> Sequence[int]:
    del config
    return posts_to_fill(view)


def _fill(desk: Desk, post_id: int) -> None:
    """Ask those who were busy when the place came free, or waited for a pause to end."""
    fill_places(desk.work, lock_post(desk.work, post_id), desk.config)


job = Job("offers", due=_due, carry_out=_carry_out, every_tick=True)
filling = Job("filling", due=_due_posts, carry_out=_fill)
