"""Teams: joining by link or QR, and what a team lead sees and plans (ORG-09, VOL-08)."""

from handlers.teams import joining, team
from handlers.teams.feature import feature
from handlers.teams.planning import new_plan

feature.converse(new_plan)

__all__ = ["feature", "joining", "team"]
