"""What follows when a post is closed: whoever keeps hours is told who came, once (VOL-04)."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.config import Config
from bot.db.work import Work
from bot.features.attendance.queries import Present, presences


@dataclass(frozen=True)
class Settled:
    """A post was closed by `by_person_id`, and these came."""

    post_id: int
    by_person_id: int
    presents: tuple[Present, ...]


Settle = Callable[[Work, Config, Settled], None]

_settlers: list[Settle] = []


def settles(settle: Settle) -> Settle:
    """Let the decorated function do what follows from who came to a closed post.

    It is called once for a post, in the transaction that closes it, under the post's lock. Put it
    where its feature's services are, so that it is registered with them.
    """
    _settlers.append(settle)
    return settle


def settle_post(work: Work, config: Config, *, post_id: int, by_person_id: int) -> Settled:
    """Hand over who came to a post that is being closed; the caller holds its lock."""
    work.session.flush()
    settled = Settled(post_id, by_person_id, tuple(presences(work, post_id=post_id)))
    for settle in _settlers:
        settle(work, config, settled)
    return settled
