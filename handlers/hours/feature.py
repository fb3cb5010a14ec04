"""The feature of hours, and who decides on them."""

from bot.chat.access import needs
from bot.chat.feature import Feature
from bot.core.roles import Role

feature = Feature("hours")

IN_CHARGE = needs(Role.coordinator, Role.post_lead)
"""Those who may be a second person; whether they are is checked with each request."""
