"""How roles are called."""

from bot.chat.text import Plain, T, Text
from bot.config import Config
from bot.core.roles import Role


def role_name(role: Role) -> Text:
    """Return what a role is called."""
    return T(f"role.{role}")


def role_for(role: Role, unit: str | None) -> Text:
    """Return a role with the name of its unit before it; `unit` None for a role without one."""
    if unit is None:
        return role_name(role)
    return T("role.of_unit", unit=Plain(unit), role=role_name(role))


def team_name(config: Config, slug: str) -> str:
    """Return what a team is called; one that was taken out keeps its short name."""
    return next((team.name for team in config.volunteer_teams if team.slug == slug), slug)


def bound_to(config: Config, unit: str | None, team: str | None) -> str | None:
    """Return the name of what a role is held for, its unit or its team; None for neither."""
    return team_name(config, team) if unit is None and team is not None else unit
