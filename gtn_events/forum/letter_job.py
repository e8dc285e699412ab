"""Invitation letters for everybody who is approved and has none, some at a time."""

from itertools import islice

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .documents_letters import letter_pdf
from .domain.letters import issue_letter, opened_letter
from .enums import LetterKind
from .models import Forum, Registration
from .notifications_letters import tell_of_letter
from .queries.letters import live_letter, people_for_letters

KIND = "forum.invitation_letters"
COMMIT_EVERY = 10


@job_handler(KIND, permission=Permission.FORUM_SENSITIVE_SEE)
def issue_invitations(job: JobRun) -> None:
    """Issue them; a second run is safe, since whoever has a letter by then is left out."""
    forum = db.session.get_one(Forum, job.params["forum_id"])
    actor = db.session.get_one(Account, job.owner_id)
    ids = [each.id for each in db.session.scalars(people_for_letters(forum, "without"))]
    job.set_total(len(ids))
    remaining = iter(ids)
    while part := list(islice(remaining, COMMIT_EVERY)):
        job.check_cancelled()
        for registration_id in part:
            _issue(job, registration_id, actor)
        db.session.commit()
        job.advance(len(part))


def _issue(job: JobRun, registration_id: int, actor: Account) -> None:
    registration = db.session.get_one(Registration, registration_id)
    name = registration.delegate_name
    if live_letter(registration, LetterKind.INVITATION) is not None:
        return
    try:
        with db.session.begin_nested():
            letter = issue_letter(registration, LetterKind.INVITATION, replaces=0, actor=actor, now=job.now())
            letter_pdf(opened_letter(letter))
            tell_of_letter(letter, now=job.now())
    except Stale:
        return  # somebody issued it by hand at this moment
    except DomainError as error:
        job.fail_item(f"{name}: {error.message}")
