"""How roles are called."""

from bot.chat.text import Plain, T, Text
from bot.core.roles import Role


def role_name(role: Role) -> Text:
    """Return what a role is called."""
    return T(f"role.{role}")


def role_for(role: Role, unit: str | None) -> Text:
    """Return a role with the name of its unit before it; `unit` None for a role without one."""
    if unit is None:
        return role_name(role)
    return T("role.of_unit", unit=Plain(unit), role=role_name(role))
