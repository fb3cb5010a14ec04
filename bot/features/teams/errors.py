"""What the rules of teams refuse (ORG-09, VOL-08).

BusinessError
 ├─ LinkEnded            the link to a team opens nothing any more
 ├─ NoTheme, NoPlan      what was typed for a plan cannot be that
 └─ PlanIsOver
"""

from bot.core.errors import BusinessError


class LinkEnded(BusinessError):
    """The link was replaced by a new one, or is none of ours."""

    key = "teams.error.link_ended"


class NoTheme(BusinessError):
    """A theme is text of at most `most` characters."""

    key = "teams.error.theme"


class NoNumber(BusinessError):
    """A plan has from one to `most` activities."""

    key = "teams.error.number"


class NoDays(BusinessError):
    """No two days can be read, or the last is before the first."""

    key = "teams.error.days"


class PlanIsOver(BusinessError):
    """The plan was ended."""

    key = "teams.error.plan_over"
