"""What the clock sets off: one module a job."""

from bot.chat.job import Job
from jobs import notices

JOBS: tuple[Job, ...] = (notices.job,)
"""All scheduled jobs."""
