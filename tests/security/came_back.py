"""What came back from the notice in the house, and a meeting to which everybody is invited."""

from datetime import timedelta
from typing import TypedDict

from bot.config import Config
from bot.core.roles import Role
from bot.db.work import Work
from bot.features.meetings.service import NewMeeting, call_meeting
from bot.features.notices.models import Notice
from bot.features.people.actor import Actor
from bot.features.receipts.replying import Written, write_back
from tests.security.skipped import furnish_skipped
from tests.support.audiences import holders

_AHEAD = timedelta(days=3)


class CameBack(TypedDict):
    """The numbers of a reply and of a meeting."""

    reply: int
    skipped: int
    meeting: int


def came_back(
    work: Work, config: Config, notice: Notice, office: Actor, contact: Actor, *, words: str
) -> CameBack:
    """Let the notice want receipts and the contact write back to it; invite everybody.

    Returns the numbers of the reply, of the meeting, which is in three days, and of a message to
    come that the office cancelled.
    """
    notice.wants_receipt = True
    reply = write_back(work, actor=contact, notice_id=notice.id, written=Written(f"{words}回复"))
    given = NewMeeting(f"{words}会议", work.now + _AHEAD, "二楼会议室")
    meeting = call_meeting(work, actor=office, config=config, given=given, audience=holders(Role))
    return {
        "reply": reply.id,
        "meeting": meeting.id,
        "skipped": furnish_skipped(work, office),
    }
