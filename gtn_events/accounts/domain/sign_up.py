"""New accounts, confirmed addresses and passwords: the writes behind sign-up, reset and change."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass

from ..errors import AddressTaken, LinkRefused
from ..models import Account
from ..proven_addresses import address_is_proven
from . import passwords, throttle
from .addresses import Address
from .signed_links import state_of
from .time_zones import first_zone


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """What a person says of themselves when the account is made; ``browser_zone`` is what their browser says."""

    given_name: str
    family_name: str
    delegation_class: DelegationClass
    economy_code: str | None
    browser_zone: str = ""


def account_of_key(email_key: str) -> Account | None:
    """Return the account that uses an address, by its comparable form."""
    return db.session.scalar(select(Account).where(Account.email_key == email_key, Account.erased_at.is_(None)))


def create_account(address: Address, password: str, person: NewPerson, *, now: datetime) -> Account:
    """Make the account of a person who has proved that the address is theirs.

    Raises:
        AddressTaken: the address got an account since the mail was sent.
        DomainError: the password is too easy; belongs to the field ``password``.

    Flushes; the caller commits.
    """
    passwords.require_good_password(password, email=address.email)
    account = Account(
        email=address.email,
        email_key=address.key,
        email_confirmed_at=now,
        password_hash=passwords.hash_password(password),
        given_name=person.given_name,
        family_name=person.family_name,
        delegation_class=person.delegation_class,
        economy_code=person.economy_code,
        time_zone=first_zone(person.browser_zone, person.economy_code),
        created_at=now,
    )
    _add(account)
    journal.record("account created", account, actor=account, now=now)
    address_is_proven(account, now=now)
    return account


def create_bare_account(address: Address, *, now: datetime) -> Account:
    """Make an account without a password, for a person who sets one by a link. Flushes; the caller commits.

    Raises:
        AddressTaken: the address has an account.
    """
    account = Account(email=address.email, email_key=address.key, created_at=now)
    _add(account)
    journal.record("account created", account, actor=None, now=now)
    return account


def set_password(account: Account, password: str, *, now: datetime) -> None:
    """Give an account a new password and forget the failed sign-ins of its address.

    Raises:
        DomainError: the password is too easy; belongs to the field ``password``.

    Flushes; the caller commits.
    """
    passwords.require_good_password(password, email=account.email)
    account.password_hash = passwords.hash_password(password)
    throttle.forgive_address(account.email_key)
    db.session.flush()
    journal.record("password changed", account, actor=account, now=now)


def confirm_address(account: Account, *, now: datetime) -> None:
    """Write that the person reads mail at their address. Flushes; the caller commits."""
    if account.email_confirmed_at is None:
        account.email_confirmed_at = now
        db.session.flush()
        journal.record("address confirmed", account, actor=account, now=now)
        address_is_proven(account, now=now)


def change_address(account: Account, address: Address, *, now: datetime) -> None:
    """Give an account a new, confirmed address.

    The journal says that it changed and not from what to what: addresses leave with an erasure.

    Raises:
        AddressTaken: another account uses the address.

    Flushes; the caller commits.
    """
    other = account_of_key(address.key)
    if other is not None and other.id != account.id:
        raise AddressTaken("Another account uses this address. Your address was not changed.", field="email")
    account.email, account.email_key, account.email_confirmed_at = address.email, address.key, now
    db.session.flush()
    journal.record("address changed", account, actor=account, now=now)
    address_is_proven(account, now=now)


def account_of_link(account_id: int, state: str) -> Account:
    """Return the account that a link was made for.

    Raises:
        LinkRefused: the link was used, or the address or the password changed since.
    """
    account = db.session.get(Account, account_id)
    if account is None or account.erased_at is not None or state_of(account) != state:
        raise LinkRefused("This link was used already, or a newer one replaced it. Ask for a new one if you need it.")
    return account


def _add(account: Account) -> None:
    taken = AddressTaken("This address has an account already. Sign in, or set a new password.", field="email")
    if account_of_key(account.email_key) is not None:
        raise taken
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        # Two requests with one link at the same moment: the database lets one through.
        raise taken from None
