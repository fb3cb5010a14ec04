"""The buttons of meetings."""

from dataclasses import dataclass

from bot.chat.callback import callback

CALL, MOVE, LEAVE, STAND_IN, MINUTES = "meeting", "meetmove", "meetleave", "meetsub", "minutes"
"""The conversations about meetings."""


@callback("mt.l", shows=True)
@dataclass(frozen=True)
class ListMeetings:
    """Shows a page of the meetings."""

    page: int


@callback("mt.o", shows=True)
@dataclass(frozen=True)
class OpenMeeting:
    """Shows a meeting and a page of the answers, by unit."""

    meeting_id: int
    page: int


@callback("mt.y")
@dataclass(frozen=True)
class Attend:
    """Answers that one comes (参加)."""

    meeting_id: int


@callback("mt.c")
@dataclass(frozen=True)
class CancelMeeting:
    """Calls a meeting off; asks first unless `sure`."""

    meeting_id: int
    sure: bool


@callback("mt.s", shows=True)
@dataclass(frozen=True)
class SignList:
    """Shows a page of the list in which the office notes who is there."""

    meeting_id: int
    page: int


@callback("mt.p")
@dataclass(frozen=True)
class SignIn:
    """Notes that a guest is there, or takes that back."""

    meeting_id: int
    person_id: int
    page: int


@callback("mt.f")
@dataclass(frozen=True)
class MakeSheet:
    """Has the list of a meeting made into a workbook."""

    meeting_id: int
