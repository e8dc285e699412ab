"""Naming the officers of a delegation: one of a kind, exchanged or taken away."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.upsert import insert_unless_there

from ..enums import OfficerKind
from ..errors import OfficerRefused
from ..models import Delegation, DelegationOfficer
from ..queries.officers import officer_of


@dataclass(frozen=True, kw_only=True)
class OfficerDetails:
    """What is said of an officer; days are those of duty."""

    name: str
    post: str
    email: str
    phone: str
    starts_on: date | None
    ends_on: date | None


def name_officer(
    delegation: Delegation, kind: OfficerKind, details: OfficerDetails, *, actor: Account, now: datetime
) -> DelegationOfficer:
    """Set who it is, in the place of whoever was.

    Raises:
        OfficerRefused: nobody could be reached, or the days are in the wrong order.

    Flushes; the caller commits.
    """
    if not (details.email or details.phone):
        raise OfficerRefused(
            "Give an e-mail address or a phone number: officers are there to be reached.", field="email"
        )
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        raise OfficerRefused("The last day of duty is before the first.", field="ends_on")
    key = {"forum_id": delegation.forum.id, "economy_code": delegation.code, "kind": kind}
    db.session.execute(insert_unless_there(DelegationOfficer, name=details.name, changed_at=now, **key))
    officer = officer_of(delegation, kind)
    assert officer is not None  # it was there, or has just been written
    for name, value in asdict(details).items():
        setattr(officer, name, value)
    officer.changed_at = now
    _record("officer named", delegation, kind, actor=actor, now=now)
    return officer


def remove_officer(delegation: Delegation, kind: OfficerKind, *, actor: Account, now: datetime) -> None:
    """Take an officer away; without one, nothing changes. Flushes; the caller commits."""
    officer = officer_of(delegation, kind)
    if officer is not None:
        db.session.delete(officer)
        _record("officer taken away", delegation, kind, actor=actor, now=now)


def _record(action: str, delegation: Delegation, kind: OfficerKind, *, actor: Account, now: datetime) -> None:
    """Write down that somebody was named, not who: an officer may have no account whose data could be erased."""
    changes = {"economy": (None, delegation.code), "officer": (None, kind.value)}
    forum = delegation.forum
    journal.record(action, forum, actor=actor, now=now, scope=forum.scope, changes=changes)
    db.session.flush()
