"""What the rules of meetings refuse."""

from bot.core.errors import BusinessError


class NobodyInvited(BusinessError):
    """The bot can reach nobody of those who were chosen."""

    key = "meetings.error.nobody"


class MeetingInPast(BusinessError):
    """A meeting cannot be called for a time that has gone by."""

    key = "meetings.error.past"


class MeetingOver(BusinessError):
    """The meeting has begun: what was answered stays."""

    key = "meetings.error.over"


class MeetingCancelled(BusinessError):
    """The meeting was called off, `at`."""

    key = "meetings.error.cancelled"


class NothingChanged(BusinessError):
    """Time and place are what they were."""

    key = "meetings.error.unchanged"


class MinutesFiled(BusinessError):
    """The meeting has its minutes already."""

    key = "meetings.error.minutes_filed"


class NotATime(BusinessError):
    """No day or no time of day can be read in `given`."""

    key = "meetings.error.time"


class TooEarlyToSign(BusinessError):
    """Nobody signs in before the day of the meeting."""

    key = "meetings.error.too_early"
