"""The buttons of teams."""

from dataclasses import dataclass

from bot.chat.callback import callback

NEW_PLAN = "teamplan"
"""The conversation that makes a plan; its argument is the team's slug."""
LINK = "team"
"""The prefix of the links by which people join a team."""


@callback("vt", shows=True)
@dataclass(frozen=True)
class ShowTeam:
    """Shows a team to who leads it."""

    team: str


@callback("vt.l", shows=True)
@dataclass(frozen=True)
class LedTeams:
    """Shows the teams that the person answers for."""


@callback("vt.m", shows=True)
@dataclass(frozen=True)
class Members:
    """Shows a page of the people of a team."""

    team: str
    page: int


@callback("vt.r")
@dataclass(frozen=True)
class RemoveMember:
    """Takes somebody out of their team; asks first unless `sure`."""

    person_id: int
    sure: bool


@callback("vt.i")
@dataclass(frozen=True)
class TeamLink:
    """Makes the link and the QR code by which people join a team; `renew` ends the old ones."""

    team: str
    renew: bool


@callback("vt.j")
@dataclass(frozen=True)
class Join:
    """Joins the team of a link's code."""

    code: str


@callback("vt.p", shows=True)
@dataclass(frozen=True)
class Plans:
    """Shows the plans of a team against what was done."""

    team: str


@callback("vt.e")
@dataclass(frozen=True)
class EndPlan:
    """Ends a plan; asks first unless `sure`."""

    plan_id: int
    sure: bool
