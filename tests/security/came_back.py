"""What came back from the notice in the house, and a meeting to which everybody is invited."""

from datetime import timedelta

from bot.core.roles import Role
from bot.db.work import Work
from bot.features.meetings.service import NewMeeting, call_meeting
from bot.features.notices.models import Notice
from bot.features.people.actor import Actor
from bot.features.receipts.replying import Written, write_back

_AHEAD = timedelta(days=3)


def written_back(work: Work, notice: Notice, actor: Actor, words: str) -> int:
    """Let the notice want receipts, and `actor` write back to it; return the reply's number."""
    notice.wants_receipt = True
    return write_back(work, actor=actor, notice_id=notice.id, written=Written(words)).id


def called(work: Work, office: Actor, title: str) -> int:
    """Invite everybody to a meeting in three days; return its number."""
    given = NewMeeting(title, work.now + _AHEAD, "二楼会议室")
    return call_meeting(work, actor=office, given=given, roles=list(Role)).id
