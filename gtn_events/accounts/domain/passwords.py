"""Passwords: argon2id, with the same work for an address that nobody has."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gtn_events.core.errors import DomainError

SHORTEST = 10
LONGEST = 200

# OWASP's second recommended setting; 22 ms on the machine it was measured on.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """Return the argon2id hash that is stored."""
    return HASHER.hash(_normal(password))


def password_matches(stored: str | None, password: str) -> bool:
    """Say whether a password belongs to a stored hash; None takes as long and never matches."""
    try:
        HASHER.verify(stored or _nobody(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_new_hash(stored: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def require_good_password(password: str, *, email: str) -> None:
    """Refuse a password that is guessed first.

    Raises:
        DomainError: too short, too long, one repeated sign, or the address itself;
            belongs to the field ``password``.
    """
    if len(password) < SHORTEST:
        raise DomainError(f"Use at least {SHORTEST} signs. A few words in a row are a good password.", field="password")
    if len(password) > LONGEST:
        raise DomainError(f"Use at most {LONGEST} signs.", field="password")
    plain = password.casefold()
    if (
        len(set(plain)) < 4
        or plain in {email.casefold(), email.casefold().partition("@")[0]}
        or plain in "0123456789" * 3
    ):
        raise DomainError(
            "This password is guessed first. Choose another, a few words in a row for example.", field="password"
        )


def _normal(password: str) -> str:
    # The same password typed on two keyboards may arrive composed or decomposed, then up to four signs for one.
    return unicodedata.normalize("NFKC", password[: 4 * LONGEST])


@cache
def _nobody() -> str:
    return HASHER.hash("the password of nobody")
