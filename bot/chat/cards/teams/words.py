"""How the plans of a team are said."""

from bot.chat.text import T, Text
from bot.features.teams.queries import Progress


def plan_line(one: Progress) -> Text:
    """Return a plan against what was done."""
    plan = one.plan
    return T(
        "teams.plan_line",
        theme=plan.theme,
        done=one.done,
        planned=plan.planned,
        until=plan.last_day,
    )
