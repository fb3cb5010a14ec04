"""What the parts of the teams' feature share."""

from bot.chat.access import needs
from bot.chat.feature import Feature
from bot.core.roles import Role

feature = Feature("teams")

LEADING = needs(Role.team_lead, Role.coordinator)
"""Those who answer for a team."""
