"""Long work: one row a job is the truth, the queue only says "look"."""

from .enqueue import cancel_job, enqueue_job
from .forgetting import forget_failures
from .models import Job, JobState, PeriodicRun
from .registry import JobCancelled, job_handler, permission_of
from .rounds import periodic, run_due_periodic_tasks
from .run import JobRun
from .running import has_due_jobs, run_due_jobs

__all__ = [
    "Job",
    "JobCancelled",
    "JobRun",
    "JobState",
    "PeriodicRun",
    "cancel_job",
    "enqueue_job",
    "forget_failures",
    "has_due_jobs",
    "job_handler",
    "periodic",
    "permission_of",
    "run_due_jobs",
    "run_due_periodic_tasks",
]
