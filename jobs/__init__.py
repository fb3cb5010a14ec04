"""What the clock sets off: one module a job."""

from bot.chat.job import Job

JOBS: tuple[Job, ...] = ()
"""All scheduled jobs."""
