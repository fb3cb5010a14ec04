"""Closes a post and is killed with signal 9 at a moment: `python -m … URL POST PERSON MOMENT`."""

import os
import signal
import sys
from datetime import UTC, timedelta
from typing import NoReturn

from bot.chat import telling
from bot.chat.desk import Desk
from bot.chat.offered import offer
from bot.chat.telling import tell_all
from bot.db.store import Store
from bot.db.work import Work
from bot.features.attendance import settling
from bot.features.closing.facts import PostClosed, ResultProposed
from bot.features.closing.outcome import Outcome
from bot.features.closing.service import close_post
from bot.features.models import MODEL_MODULES
from bot.features.people.actor import actor_of
from bot.features.people.models import Person
from handlers import FEATURES
from tests.features.posts.scene import SATURDAY
from tests.support.clock import SetClock
from tests.support.config import make_config

MOMENTS = ("hours", "thanks", "draft", "commit")
"""When it dies; every other word lets it live."""


def _die(*_: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def main(url: str, post_id: int, person_id: int, moment: str) -> None:
    """Close the post, and die at the moment."""
    config = make_config()
    assert MODEL_MODULES, "every table is known"
    offer(FEATURES)
    if moment == "hours":
        settling.settles(_die)
    for fact, name in ((PostClosed, "thanks"), (ResultProposed, "draft")):
        if moment == name:
            telling.tells(fact)(_die)

    def tell(work: Work) -> None:
        tell_all(Desk(work, config, "test_bot"))
        if moment == "commit":
            work.session.flush()
            _die()

    clock = SetClock((SATURDAY + timedelta(minutes=95)).astimezone(UTC))
    store = Store(url, clock=clock, tell=tell)

    def write(work: Work) -> None:
        actor = actor_of(work, work.session.get_one(Person, person_id))
        close_post(work, actor=actor, post_id=post_id, outcome=Outcome(), config=config)

    store.write_now(write)
    store.close_now()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
