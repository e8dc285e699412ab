"""Export and erasure of what is kept about a person; packages above add what they keep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update

from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail, forget_mails
from gtn_events.core.uploads import Upload

from ..enums import Gender
from ..models import Account, AccountSession, Invitation, RoleGrant, SignInAttempt
from ..notifications import invitation_mails
from .roles import end_grant
from .sessions import end_sessions
from .throttle import INVITED_ADDRESS, MAIL_ADDRESS, SIGN_IN_ADDRESS

Exporter = Callable[[Account], Any]  # Any: whatever JSON can hold
Eraser = Callable[[Account, datetime], None]


@dataclass(frozen=True)
class PersonalData:
    """One package's part: what it tells the person, and how it lets go of it."""

    name: str
    exporter: Exporter
    eraser: Eraser


_parts: dict[str, PersonalData] = {}


def register_personal_data(name: str, exporter: Exporter, eraser: Eraser) -> None:
    """Add a part to the export and to the erasure.

    Args:
        name: becomes the file ``<name>.json`` in the download.
        exporter: returns something JSON-ready about an account.
        eraser: takes the person out of the package's rows; raises a DomainError whose
            text says what to settle first, and then nothing at all is erased.
    """
    _parts[name] = PersonalData(name, exporter, eraser)


def export_person(account: Account) -> dict[str, Any]:
    """Return everything kept about a person, by part, JSON-ready."""
    return {part.name: part.exporter(account) for part in _parts.values()}


def erase_person(account: Account, *, now: datetime) -> None:
    """Take a person out of the system; the emptied account stays because records point at it.

    Raises:
        DomainError: a part refuses; the caller rolls back and shows the text.

    Flushes; the caller commits.
    """
    # The parts registered last belong to the packages on top; the account itself goes last.
    for part in reversed(_parts.values()):
        part.eraser(account, now)
    db.session.flush()


def export_account(account: Account) -> dict[str, Any]:
    """Return the account itself, its roles and invitations, its sessions and the mails to its address, JSON-ready."""
    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id).order_by(RoleGrant.id))
    sessions = db.session.scalars(
        select(AccountSession).where(AccountSession.account_id == account.id).order_by(AccountSession.id)
    )
    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.to_address == account.email).order_by(OutboxMail.id))
    return {
        "email": account.email,
        "email_confirmed_at": _text(account.email_confirmed_at),
        "honorific": account.honorific,
        "given_name": account.given_name,
        "family_name": account.family_name,
        "own_script_name": account.own_script_name,
        "own_script_language": account.own_script_language,
        "gender": account.gender.value,
        "position": account.position,
        "phone": account.phone,
        "delegation_class": account.delegation_class.value,
        "economy": account.economy.formal_name if account.economy else None,
        "organisation": account.organisation.name if account.organisation else None,
        "time_zone": account.time_zone,
        "language": account.language,
        "created_at": _text(account.created_at),
        "roles": [
            {"role": grant.role.value, "granted_at": _text(grant.granted_at), "ended_at": _text(grant.ended_at)}
            for grant in grants
        ],
        "invitations": [
            {
                "role": invitation.role.value,
                "invited_at": _text(invitation.invited_at),
                "expires_at": _text(invitation.expires_at),
                "accepted_at": _text(invitation.accepted_at),
                "withdrawn_at": _text(invitation.withdrawn_at),
            }
            for invitation in _invitations_of(account)
        ],
        "sessions": [
            {
                "started_at": _text(session.created_at),
                "last_seen_at": _text(session.last_seen_at),
                "ended_at": _text(session.ended_at),
                "client": session.client,
                "address": session.address,
            }
            for session in sessions
        ],
        "mails": [
            {"written_at": _text(mail.created_at), "sent_at": _text(mail.sent_at), "subject": mail.subject}
            for mail in mails
        ],
    }


def erase_account(account: Account, now: datetime) -> None:
    """Empty the account, end its roles and sessions, and forget its mails, files and attempts.

    Raises:
        LastAdministrator: nobody else could administer the site.
    """
    live = select(RoleGrant).where(RoleGrant.account_id == account.id, RoleGrant.ended_at.is_(None))
    for grant in db.session.scalars(live).all():
        end_grant(grant, actor=account, now=now)
    end_sessions(account, now=now)
    db.session.execute(
        update(AccountSession).where(AccountSession.account_id == account.id).values(client="", address="")
    )
    _forget_address(account)
    _forget_invitations(account, now=now)
    _forget_files(account, now=now)
    _empty(account, now=now)
    journal.record("account erased", account, actor=account, now=now)


def _forget_address(account: Account) -> None:
    subjects = [limit.subject(account.email_key) for limit in (SIGN_IN_ADDRESS, MAIL_ADDRESS)]
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.subject.in_(subjects)))
    # Mails of the account are found by their key as well: an address that was changed since is in no other place.
    forget_mails(or_(OutboxMail.to_address == account.email, OutboxMail.key.like(f"accounts/%/{account.id}/%")))


def _invitations_of(account: Account) -> list[Invitation]:
    """Return what went to the address they have, and what they accepted under one they had before."""
    theirs = or_(Invitation.email_key == account.email_key, Invitation.accepted_by_id == account.id)
    return list(db.session.scalars(select(Invitation).where(theirs).order_by(Invitation.id)))


def _forget_invitations(account: Account, *, now: datetime) -> None:
    """Take the address out of the person's invitations; what is open can no longer be accepted."""
    for invitation in _invitations_of(account):
        attempts = SignInAttempt.subject == INVITED_ADDRESS.subject(invitation.email_key)
        db.session.execute(delete(SignInAttempt).where(attempts))
        invitation.email = invitation.email_key = f"erased-{account.id}@invalid"
        if invitation.accepted_at is None:
            invitation.withdrawn_at = invitation.withdrawn_at or now
        forget_mails(OutboxMail.key.startswith(invitation_mails(invitation)))
    # Their name stands in the mails to those whom they invited.
    for invitation in db.session.scalars(select(Invitation).where(Invitation.invited_by_id == account.id)).all():
        forget_mails(OutboxMail.key.startswith(invitation_mails(invitation)))


def _forget_files(account: Account, *, now: datetime) -> None:
    """Let go of everything the person uploaded, also what no record points at any more."""
    theirs = update(Upload).where(Upload.owner_id == account.id)
    db.session.execute(theirs.where(Upload.deleted_at.is_(None)).values(deleted_at=now))
    db.session.execute(theirs.values(name="erased"))


def _empty(account: Account, *, now: datetime) -> None:
    account.email = account.email_key = f"erased-{account.id}@invalid"
    account.email_confirmed_at = account.password_hash = None
    for name in (
        "honorific",
        "given_name",
        "family_name",
        "own_script_name",
        "own_script_language",
        "position",
        "phone",
    ):
        setattr(account, name, "")
    account.gender = Gender.NOT_SAID
    account.economy = account.organisation = None
    account.time_zone, account.language = "UTC", "en"
    account.erased_at = now
    db.session.flush()


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
