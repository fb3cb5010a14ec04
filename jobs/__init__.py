"""What the clock sets off: one module a job."""

from bot.chat.job import Job
from jobs import drafts, forgotten, notices

JOBS: tuple[Job, ...] = (notices.job, drafts.job, forgotten.job)
"""All scheduled jobs."""
