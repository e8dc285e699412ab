"""Links for many nominees, some at a time; each gets one mail, also when the worker is killed on the way."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission
from gtn_events.forum.models import Forum

from .domain.nominee_links import invite_once
from .models import Delegation
from .queries.nominations import nomination_of

KIND = "delegations.invitations"
COMMIT_EVERY = 10


@job_handler(KIND, permission=Permission.DELEGATION_MANAGE)
def invite_many(job: JobRun) -> None:
    """Invite them; state and mail are one transaction, so a second run leaves out whoever was invited by the first."""
    forum = db.session.get_one(Forum, job.params["forum_id"])
    delegation = Delegation(forum, db.session.get_one(Economy, job.params["economy"]))
    actor = db.session.get_one(Account, job.owner_id)
    asked_at = datetime.fromisoformat(job.params["asked_at"])
    ids: list[int] = job.params["ids"]
    job.set_total(len(ids))
    for start in range(0, len(ids), COMMIT_EVERY):
        job.check_cancelled()
        part = ids[start : start + COMMIT_EVERY]
        for nomination_id in part:
            _invite(job, delegation, nomination_id, actor, asked_at)
        db.session.commit()
        job.advance(len(part))


def _invite(job: JobRun, delegation: Delegation, nomination_id: int, actor: Account, asked_at: datetime) -> None:
    nomination = db.session.scalar(nomination_of(delegation, nomination_id))
    if nomination is None:
        return
    name = nomination.name
    try:
        with db.session.begin_nested():
            invite_once(nomination, actor=actor, asked_at=asked_at, now=job.now())
    except DomainError as error:
        job.fail_item(f"{name}: {error.message}")
