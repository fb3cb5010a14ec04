"""Hours follow from who came, when a post is closed (VOL-04)."""

from bot.config import Config
from bot.db.work import Work
from bot.features.attendance.settling import Settled, settles
from bot.features.hours.ledger import credit
from bot.features.hours.rules import Presence
from bot.features.posts.access import get_post


@settles
def credit_attendance(work: Work, config: Config, settled: Settled) -> None:
    """Enter the hours of those who came to a post that is closed.

    Who did not check out counts until the planned end, as confirmed by whoever closed the post.
    """
    post = get_post(work, settled.post_id)
    there = [
        Presence(one.person_id, one.in_at, one.out_at or one.ends_at, signed=one.by_themselves)
        for one in settled.presents
    ]
    credit(work, config, post, there, by=settled.by_person_id)
