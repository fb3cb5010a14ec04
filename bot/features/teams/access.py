"""Who may look at a team, and change what it plans (ORG-09)."""

from collections.abc import Sequence

from bot.config import Config
from bot.config.campaign import VolunteerTeam
from bot.core.errors import NotAllowed, NotFound
from bot.core.roles import OFFICE
from bot.features.people.actor import Actor


def find_team(config: Config, slug: str) -> VolunteerTeam:
    """Return a configured team. Raises NotFound."""
    for team in config.volunteer_teams:
        if team.slug == slug:
            return team
    raise NotFound


def access_team(config: Config, actor: Actor, slug: str) -> VolunteerTeam:
    """Return a team that the actor leads, any to the office. Raises NotFound and NotAllowed."""
    team = find_team(config, slug)
    if not (actor.roles & OFFICE or slug in actor.led_teams):
        raise NotAllowed
    return team


def led_teams(config: Config, actor: Actor) -> Sequence[VolunteerTeam]:
    """Return the teams that the actor answers for: their own, all for the office."""
    if actor.roles & OFFICE:
        return config.volunteer_teams
    return [team for team in config.volunteer_teams if team.slug in actor.led_teams]
