"""Registers somebody who stands at the door without a registration, and lets them in at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.sign_up import account_of_key, create_bare_account
from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.core.journal import record
from gtn_events.core.references import new_reference
from gtn_events.questionnaire.domain.answers import store_answers
from gtn_events.questionnaire.queries.versions import published_version

from ..enums import ForumState, Outcome, RegistrationState
from ..errors import AlreadyRegistered, WalkInRefused
from ..models import Checkpoint, Forum, ForumCategory, Registration
from .door_scans import SentScan, new_nonce, scan_at_door
from .locking import lock_forum
from .registrations import admit_registration
from .submission import active_registration_of


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """What staff ask somebody at the door."""

    given_name: str
    family_name: str
    email: str
    delegation_class: DelegationClass
    economy_code: str | None
    organisation_name: str
    category: ForumCategory


def register_walk_in(
    checkpoint: Checkpoint, walk_in: WalkIn, *, station: str, actor: Account, now: datetime
) -> tuple[Registration, Outcome]:
    """Register, confirm and check somebody in; the ticket goes to their address.

    An address without an account gets one, for which its owner sets a password by a link.

    Returns:
        The confirmed registration, and what the checkpoint says to it.

    Raises:
        WalkInRefused: no place is free, others wait for one, or the forum takes nobody (any more).
        AlreadyRegistered: the address has an active registration.
        DomainError: it is no address.

    Flushes; the caller commits.
    """
    forum = checkpoint.forum
    lock_forum(forum)
    if forum.state is ForumState.DRAFT or forum.is_over(now):
        raise WalkInRefused(f"{forum.title} takes nobody now.")
    registration = _registration(forum, _account(walk_in, now=now), walk_in, now=now)
    record("registered at the door", registration, actor=actor, now=now, scope=forum.scope)
    state = admit_registration(registration, actor=actor, now=now)
    if state is not RegistrationState.CONFIRMED:
        raise WalkInRefused(_why_full(walk_in.category), field="category_id")
    sent = SentScan(nonce=new_nonce(), code=registration.reference, at=now, station=station)
    scan, _result = scan_at_door(registration, checkpoint, sent, actor=actor, now=now)
    return registration, scan.outcome


def _account(walk_in: WalkIn, *, now: datetime) -> Account:
    address = parse_address(walk_in.email)
    account = account_of_key(address.key)
    if account is not None:
        return account
    account = create_bare_account(address, now=now)
    account.given_name, account.family_name = walk_in.given_name, walk_in.family_name
    account.delegation_class, account.economy_code = walk_in.delegation_class, walk_in.economy_code
    return account


def _registration(forum: Forum, account: Account, walk_in: WalkIn, *, now: datetime) -> Registration:
    version = published_version(forum.questionnaire)
    if version is None:
        raise WalkInRefused(f"{forum.title} has no published questions.")
    already = AlreadyRegistered(f"{account.email} is registered already. Find the person by name.", field="email")
    if active_registration_of(forum, account) is not None:
        raise already
    registration = Registration(
        forum=forum,
        category=walk_in.category,
        account=account,
        reference=new_reference(forum.reference_prefix),
        given_name=walk_in.given_name,
        family_name=walk_in.family_name,
        gender=Gender.NOT_SAID.value,
        email=account.email,
        delegation_class=walk_in.delegation_class,
        economy_code=walk_in.economy_code,
        organisation_name=walk_in.organisation_name,
        submitted_at=now,
        state_changed_at=now,
        answer_set=store_answers(None, version, {}, now=now, purge_on=forum.purge_sensitive_on),
    )
    db.session.add(registration)
    try:
        db.session.flush()
    except IntegrityError:
        raise already from None
    return registration


def _why_full(category: ForumCategory) -> str:
    if category.pool.free <= 0:
        return f"No place as {category.label} is free: all {category.pool.capacity} are taken."
    pool = category.forum.pool
    if pool is not None and pool.free <= 0:
        return f"The forum is full: all {pool.capacity} places are taken."
    return f"Others wait for a place as {category.label}; they come first."
