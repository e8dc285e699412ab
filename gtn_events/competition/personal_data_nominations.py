"""What is kept about nominated people and about coordinators: told in the export, let go in the erasure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.domain.throttle import INVITED_ADDRESS
from gtn_events.accounts.models import Account, SignInAttempt
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail, forget_mails

from .domain.endorsement import fill_places
from .domain.locking import lock_competition
from .enums import NominationState
from .models import Entry, Nomination
from .notifications_endorsement import coordinator_mails, nomination_mails


def export_nominations(account: Account) -> dict[str, Any]:
    """Return each nomination of a person, whom they nominated and what they decided for their economy, JSON-ready."""
    decided = select(Entry).where(Entry.endorsement_by_id == account.id).options(joinedload(Entry.competition))
    return {
        "nominated": [
            _told(each) | {"firm": each.organisation_name, "name": each.name, "email": each.email}
            for each in _nominations_of(account)
        ],
        # Who else was nominated is their own data, not the coordinator's.
        "nominated_others": [_told(each) for each in _made_by(account)],
        "decided": [
            {
                "competition": entry.competition.title,
                "entry": entry.reference,
                "endorsement": entry.endorsement.value,
                "reason": entry.endorsement_reason,
                "at": entry.endorsement_at.isoformat() if entry.endorsement_at else None,
            }
            for entry in db.session.scalars(decided.order_by(Entry.id))
        ],
    }


def erase_nominations(account: Account, now: datetime) -> None:
    """Take the person out of their nominations; a place that was kept for them is given to whoever waits for one."""
    for nomination in _nominations_of(account):
        attempts = SignInAttempt.subject == INVITED_ADDRESS.subject(nomination.email_key)
        db.session.execute(delete(SignInAttempt).where(attempts))
        nomination.organisation_name = nomination.name = "Erased"
        nomination.email, nomination.email_key = "", f"erased:{nomination.id}"
        if nomination.state is NominationState.OPEN:
            lock_competition(nomination.competition)
            nomination.state = NominationState.WITHDRAWN
            db.session.flush()
            fill_places(nomination.competition, nomination.economy_code, actor=None, now=now)
        forget_mails(OutboxMail.key.startswith(nomination_mails(nomination.id)))
    # Their name stands in the mails to those whom they nominated.
    for made in _made_by(account):
        forget_mails(OutboxMail.key.startswith(nomination_mails(made.id)))
    # By their number, so that what went to an address they had before is found, too.
    forget_mails(or_(*(OutboxMail.key.startswith(prefix) for prefix in coordinator_mails(account.id))))
    db.session.flush()


def _nominations_of(account: Account) -> Sequence[Nomination]:
    """Return the nominations that the person used, and those that wait at their address."""
    waiting = and_(Nomination.account_id.is_(None), Nomination.email_key == account.email_key)
    statement = (
        select(Nomination)
        .where(or_(Nomination.account_id == account.id, waiting))
        .options(joinedload(Nomination.competition), joinedload(Nomination.economy))
        .order_by(Nomination.id)
    )
    return db.session.scalars(statement).all()


def _made_by(account: Account) -> Sequence[Nomination]:
    statement = (
        select(Nomination)
        .where(Nomination.nominated_by_id == account.id)
        .options(joinedload(Nomination.competition), joinedload(Nomination.economy))
        .order_by(Nomination.id)
    )
    return db.session.scalars(statement).all()


def _told(nomination: Nomination) -> dict[str, Any]:
    return {
        "competition": nomination.competition.title,
        "economy": nomination.economy.formal_name,
        "state": nomination.state.value,
        "nominated_at": nomination.nominated_at.isoformat(),
        "mailed_at": nomination.mailed_at.isoformat(),
    }
