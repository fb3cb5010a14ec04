"""The feature that the modules of this package add to."""

from bot.chat.access import Needs, needs
from bot.chat.feature import Feature
from bot.core.roles import Role

feature = Feature("routines")

UNIT_PEOPLE: Needs = needs(Role.contact, Role.unit_head)
"""Contacts and heads: a routine is the unit's own choice, the office has no part in it."""
