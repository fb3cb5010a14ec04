"""The buttons of hours."""

from dataclasses import dataclass
from datetime import date

from bot.chat.callback import callback

ADD_HOURS = "houradd"
"""The conversation that asks for missing hours; about `post` or `post.person`, or about neither."""
SAY_WRONG = "hourwrong"
"""The conversation that says what is wrong with an own entry."""
CORRECT_HOURS = "hourfix"
"""The conversation that corrects an entry, or `r` and a request about one."""
DECLINE_HOURS = "hourno"
"""The conversation that declines a request."""


@callback("hr", shows=True)
@dataclass(frozen=True)
class MyHours:
    """Shows the person's own hours with a page of the entries."""

    page: int


@callback("hr.d", shows=True)
@dataclass(frozen=True)
class HoursDesk:
    """Shows a page of the requests that wait for the person's decision."""

    page: int


@callback("hr.o", shows=True)
@dataclass(frozen=True)
class OpenRequest:
    """Shows a request."""

    request_id: int


@callback("hr.g")
@dataclass(frozen=True)
class GrantHours:
    """Confirms hours that were asked for."""

    request_id: int


@callback("hr.l", shows=True)
@dataclass(frozen=True)
class PostsWithHours:
    """Shows the last posts that the person answers for."""


@callback("hr.p", shows=True)
@dataclass(frozen=True)
class PostHours:
    """Shows a page of the people of a post with their hours."""

    post_id: int
    page: int


@callback("hr.c", shows=True)
@dataclass(frozen=True)
class CertificateMonths:
    """Asks of which month the person wants a certificate."""


@callback("hr.i")
@dataclass(frozen=True)
class IssueCertificate:
    """Issues the certificate of the month, or sends it again."""

    month: date


@callback("hr.x")
@dataclass(frozen=True)
class ExportHours:
    """Has everybody's hours made into a workbook, or into a plain table."""

    plain: bool
