"""What happens once a person has proved that an address is theirs; packages above register what waited for it."""

from collections.abc import Callable
from datetime import datetime

from .models import Account

AddressProven = Callable[[Account, datetime], None]

_waiting: list[AddressProven] = []


def register_address_proven(then: AddressProven) -> None:
    """Let something be done for each account whose address is proved, in the same transaction."""
    if then not in _waiting:
        _waiting.append(then)


def address_is_proven(account: Account, *, now: datetime) -> None:
    """Do what waited for the address of an account. Flushes; the caller commits."""
    for then in _waiting:
        then(account, now)
