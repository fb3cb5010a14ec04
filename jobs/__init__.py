"""What the clock sets off: one module a job."""

from bot.chat.job import Job
from jobs import (
    attendance,
    closing,
    cover,
    digest,
    drafts,
    flips,
    forgotten,
    meetings,
    moved,
    notices,
    offers,
    postreminders,
    purging,
    receipts,
    reminders,
    retention,
    routines,
)

JOBS: tuple[Job, ...] = (
    notices.job,
    flips.job,
    receipts.job,
    meetings.job,
    cover.job,
    drafts.job,
    forgotten.job,
    offers.job,
    offers.filling,
    moved.job,
    reminders.job,
    routines.job,
    postreminders.job,
    digest.job,
    purging.job,
    attendance.job,
    closing.job,
    retention.job,
)
"""All scheduled jobs."""
