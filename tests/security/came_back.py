"""What came back from the notice in the house."""

from bot.db.work import Work
from bot.features.notices.models import Notice
from bot.features.people.actor import Actor
from bot.features.receipts.replying import Written, write_back


def written_back(work: Work, notice: Notice, actor: Actor, words: str) -> int:
    """Let the notice want receipts, and `actor` write back to it; return the reply's number."""
    notice.wants_receipt = True
    return write_back(work, actor=actor, notice_id=notice.id, written=Written(words)).id
