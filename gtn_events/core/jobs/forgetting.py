"""What jobs could not do names people; the names of one whose data is erased go."""

from collections.abc import Collection

from sqlalchemy import select

from ..db import db
from ..permissions import Scope
from .models import Job

ERASED = "Somebody whose data was erased since could not be served."


def forget_failures(scope: Scope, names: Collection[str]) -> None:
    """Take the lines with one of these names out of what the jobs for a scope could not do. Flushes."""
    statement = select(Job).where(Job.scope_kind == scope.kind, Job.scope_id == scope.id).order_by(Job.id)
    for job in db.session.scalars(statement).all():
        kept = [ERASED if any(name in str(line) for name in names if name) else line for line in job.failures]
        if kept != job.failures:
            job.failures = kept
    db.session.flush()
