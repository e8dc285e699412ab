"""Slowing down guessing: sliding windows per address and per client."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from gtn_events.core.db import db

from ..errors import TooManyAttempts
from ..models import SignInAttempt


@dataclass(frozen=True)
class Limit:
    """At most ``count`` attempts within any stretch of ``window``, counted under ``prefix``."""

    prefix: str
    count: int
    window: timedelta

    def subject(self, value: str) -> str:
        """Return the name that an attempt of this kind is stored under."""
        return f"{self.prefix}:{value}"[:340]


SIGN_IN_ADDRESS = Limit("address", 10, timedelta(minutes=15))
SIGN_IN_CLIENT = Limit("client", 50, timedelta(minutes=15))
MAIL_ADDRESS = Limit("mail", 5, timedelta(hours=1))
MAIL_CLIENT = Limit("mail-client", 30, timedelta(hours=1))
INVITED_ADDRESS = Limit("invited", 3, timedelta(hours=1))
INVITER = Limit("inviter", 60, timedelta(hours=1))
# A hall full of phones has one address, and people mistype; among 2^40 codes of a badge, this finds none.
BADGE_CLIENT = Limit("badge-client", 2_000, timedelta(minutes=15))


@dataclass(frozen=True)
class Attempt:
    """Who tries: the key of the address that was typed, and the client's network address."""

    address_key: str
    client: str

    @property
    def sign_in(self) -> list[tuple[Limit, str]]:
        """The limits that hold for a password that somebody types."""
        return [(SIGN_IN_ADDRESS, self.address_key), (SIGN_IN_CLIENT, self.client)]

    @property
    def mail(self) -> list[tuple[Limit, str]]:
        """The limits that hold for a mail that somebody asks for."""
        return [(MAIL_ADDRESS, self.address_key), (MAIL_CLIENT, self.client)]


def take_turns(limits: list[tuple[Limit, str]]) -> None:
    """Let attempts under the same limits wait for one another, until this transaction ends.

    Who looks and then counts without it is overtaken by those who look at the same moment. SQLite's writers
    wait for one another anyhow. The order of the locks is fixed, so that nobody waits in a circle.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        for subject in sorted(limit.subject(value) for limit, value in limits):
            db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(subject, 0))))


def require_allowed(limits: list[tuple[Limit, str]], *, now: datetime) -> None:
    """Go on while every limit leaves room for one more attempt.

    Raises:
        TooManyAttempts: one is used up; the text says in how many minutes there is room again.
    """
    waits = [_free_at(limit, value, now=now) - now for limit, value in limits]
    longest = max(waits)
    if longest > timedelta(0):
        minutes = math.ceil(longest.total_seconds() / 60)
        unit = "minute" if minutes == 1 else "minutes"
        raise TooManyAttempts(f"There were too many attempts. Please try again in {minutes} {unit}.")


def count_attempt(limits: list[tuple[Limit, str]], *, now: datetime) -> None:
    """Count one attempt under each limit. Flushes; the caller commits."""
    db.session.add_all(SignInAttempt(subject=limit.subject(value), at=now) for limit, value in limits)
    db.session.flush()


def count_if_allowed(limits: list[tuple[Limit, str]], *, now: datetime) -> None:
    """Count one attempt where every limit leaves room, however many are made at this moment.

    Raises:
        TooManyAttempts: one is used up; nothing is counted.

    Flushes; the caller commits.
    """
    take_turns(limits)
    require_allowed(limits, now=now)
    count_attempt(limits, now=now)


def forgive_address(address_key: str) -> None:
    """Forget the failed sign-ins of an address whose person has proved who they are; the client's stay counted."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.subject == SIGN_IN_ADDRESS.subject(address_key)))


def _free_at(limit: Limit, value: str, *, now: datetime) -> datetime:
    statement = (
        select(SignInAttempt.at)
        .where(SignInAttempt.subject == limit.subject(value), SignInAttempt.at > now - limit.window)
        .order_by(SignInAttempt.at.desc())
        .offset(limit.count - 1)
        .limit(1)
    )
    counted = db.session.scalar(statement)
    return counted + limit.window if counted is not None else now
