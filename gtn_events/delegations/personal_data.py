"""What delegations keep about nominated people and about coordinators: told in the export, let go in the erasure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.domain.throttle import INVITED_ADDRESS
from gtn_events.accounts.models import Account, SignInAttempt
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail, forget_mails
from gtn_events.forum.models import Registration

from .domain.nomination_record import change_nomination
from .domain.nomination_transitions import Act
from .models import Nomination
from .notifications import mails_of_no, nomination_mails

_WORDS = (
    "honorific",
    "given_name",
    "family_name",
    "own_script_name",
    "gender",
    "position",
    "organisation_name",
    "organisation_kind",
    "relevance",
    "remarks",
    "answer_words",
)


def export_delegations(account: Account) -> dict[str, Any]:
    """Return each nomination of a person, and that they nominated others, JSON-ready."""
    return {
        "nominated": [
            _told(each) | {"email": each.email} | {name: getattr(each, name) for name in _WORDS}
            for each in _nominations(_about(account))
        ],
        # Who else was nominated is their own data, not the coordinator's.
        "nominated_others": [_told(each) for each in _nominations(Nomination.nominated_by_id == account.id)],
    }


def erase_delegations(account: Account, now: datetime) -> None:
    """Take the person out of their nominations; one that is open is withdrawn."""
    for nomination in _nominations(_about(account)):
        attempts = SignInAttempt.subject == INVITED_ADDRESS.subject(nomination.email_key)
        db.session.execute(delete(SignInAttempt).where(attempts))
        if nomination.state.is_open:
            change_nomination(nomination, Act.WITHDRAW, actor=None, now=now)
        for name in _WORDS:
            setattr(nomination, name, "")
        nomination.family_name = "Erased"
        nomination.email, nomination.email_key = "", f"erased:{nomination.id}"
        forget_mails(OutboxMail.key.startswith(nomination_mails(nomination.id)))
    # Their name stands in the mails to those whom they nominated.
    for made in _nominations(Nomination.nominated_by_id == account.id):
        forget_mails(OutboxMail.key.startswith(nomination_mails(made.id)))
    forget_mails(mails_of_no(account.id))
    db.session.flush()


def _about(account: Account) -> ColumnElement[bool]:
    """Return the condition for nominations of the person's address, and for those they registered with."""
    own = select(Registration.id).where(Registration.account_id == account.id)
    return or_(Nomination.email_key == account.email_key, Nomination.registration_id.in_(own))


def _nominations(which: ColumnElement[bool]) -> Sequence[Nomination]:
    statement = (
        select(Nomination)
        .where(which)
        .options(joinedload(Nomination.forum), joinedload(Nomination.economy))
        .order_by(Nomination.id)
    )
    return db.session.scalars(statement).all()


def _told(nomination: Nomination) -> dict[str, Any]:
    return {
        "forum": nomination.forum.title,
        "economy": nomination.economy.formal_name,
        "state": nomination.state.value,
        "function": nomination.function.value,
        "funding": nomination.funding.value,
        "created_at": nomination.created_at.isoformat(),
        "invited_at": nomination.invited_at.isoformat() if nomination.invited_at else None,
    }
