"""Proving who one is by a password, with every failure counted."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.errors import DomainError

from ..models import Account
from . import throttle
from .passwords import hash_password, needs_new_hash, password_matches
from .sign_up import account_of_key


def password_hash_of(email_key: str) -> str | None:
    """Return the stored hash of an address, None when there is no such account or no password yet."""
    statement = select(Account.password_hash).where(Account.email_key == email_key, Account.erased_at.is_(None))
    return db.session.scalar(statement)


def settle_sign_in(attempt: throttle.Attempt, password: str, *, matches: bool, now: datetime) -> Account | None:
    """Write what a sign-in came to: count a failure, or forget the earlier ones.

    Args:
        attempt: the address and the client.
        password: what was typed; stored anew when today's parameters are stronger.
        matches: whether it belongs to the address.
        now: the moment of the attempt.

    Returns:
        The account, or None when the password does not match.

    Raises:
        TooManyAttempts: others used the limit up while this password was hashed; nothing is told about it.

    Flushes; the caller commits in both cases.
    """
    throttle.take_turns(attempt.sign_in)
    throttle.require_allowed(attempt.sign_in, now=now)
    account = account_of_key(attempt.address_key) if matches else None
    if account is None:
        throttle.count_attempt(attempt.sign_in, now=now)
        return None
    throttle.forgive_address(attempt.address_key)
    if account.password_hash is not None and needs_new_hash(account.password_hash):
        account.password_hash = hash_password(password)
    db.session.flush()
    return account


def password_is_wrong(account: Account, password: str, *, client: str, now: datetime) -> DomainError | None:
    """Check the password of a signed-in person before something that matters.

    Returns:
        The refusal for the field ``current``, its attempt counted so that the caller
        commits it; None when the password is right.

    Raises:
        TooManyAttempts: there were too many wrong ones.
    """
    attempt = throttle.Attempt(account.email_key, client)
    throttle.take_turns(attempt.sign_in)
    throttle.require_allowed(attempt.sign_in, now=now)
    if password_matches(account.password_hash, password):
        return None
    throttle.count_attempt(attempt.sign_in, now=now)
    return DomainError("This is not your password. Nothing was changed.", field="current")
