"""Verifying a host: asked for by its manager, given until a day or sent back by the coordinator of its economy."""

from datetime import date, datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record
from gtn_events.core.venue_time import day_at_venue

from ..enums import HostState, Verification
from ..errors import HostRefused, ReasonMissing, TransitionRefused
from ..models import Host
from ..notifications_hosts import tell_coordinators, tell_managers
from .profile import what_is_missing

LONGEST = timedelta(days=3 * 366)
USUAL = timedelta(days=365)


def verification_of(host: Host, *, now: datetime) -> Verification:
    """Say where the verification of a host stands on this day in its time zone."""
    if host.verified_until is not None and host.verified_at is not None:
        today = day_at_venue(now, host.time_zone)
        if today <= host.verified_until:
            return Verification.VERIFIED
        return Verification.EXPIRED if host.verification_asked_at is None else Verification.ASKED
    if host.verification_asked_at is not None:
        return Verification.ASKED
    return Verification.SENT_BACK if host.verification_note else Verification.NONE


def is_verified(host: Host, *, now: datetime) -> bool:
    """Say whether a host may give new places."""
    return verification_of(host, now=now) is Verification.VERIFIED


def ask_for_verification(host: Host, *, actor: Account, now: datetime) -> None:
    """Tell the coordinators of the economy that a profile is ready to be verified, or to be verified anew.

    Raises:
        HostRefused: something is missing in the profile.
        TransitionRefused: it is asked for already, or the host was taken out of the catalogue.

    Flushes; the caller commits.
    """
    if host.state is HostState.RETIRED:
        raise TransitionRefused(f"{host.name} was taken out of the catalogue. Put it back first.")
    for missing in what_is_missing(host):
        raise HostRefused(missing.sentence)
    if host.verification_asked_at is not None:
        raise TransitionRefused("The coordinator is asked already.")
    host.verification_asked_at = now
    record("verification asked for", host, actor=actor, now=now, scope=host.scope)
    db.session.flush()
    tell_coordinators(host, "incubation/host_to_verify", now=now)


def verify_host(
    host: Host, *, until: date, note: str = "", seen: int | None = None, actor: Account, now: datetime
) -> None:
    """Verify a host until the end of a day.

    Args:
        seen: the ``lock_version`` of the profile that was read, None when it does not matter.

    Raises:
        HostRefused: the day is not in the coming three years, or something is missing in the profile.
        Stale: the profile was changed or decided on since it was read.

    Flushes; the caller commits.
    """
    _require_as_read(host, seen)
    today = day_at_venue(now, host.time_zone)
    if not today < until <= today + LONGEST:
        raise HostRefused("Choose a day after today, at most three years ahead.", field="until")
    for missing in what_is_missing(host):
        raise HostRefused(missing.sentence)
    before = host.verified_until
    host.verified_at, host.verified_by_id, host.verified_until = now, actor.id, until
    host.verification_note, host.verification_asked_at = note, None
    changes = {"verified until": (before.isoformat() if before else None, until.isoformat())}
    record("host verified", host, actor=actor, now=now, scope=host.scope, changes=changes, reason=note or None)
    db.session.flush()
    tell_managers(host, "incubation/host_verified", occasion=now.isoformat(), now=now)


def send_back(host: Host, *, reason: str, seen: int | None = None, actor: Account, now: datetime) -> None:
    """Give a profile back to its managers with a reason; a verification that it had ends.

    Raises:
        ReasonMissing: no reason is given.
        Stale: as in ``verify_host``.

    Flushes; the caller commits.
    """
    _require_as_read(host, seen)
    if not reason.strip():
        raise ReasonMissing("Say what has to change.", field="reason")
    before = host.verified_until
    host.verified_at = host.verified_by_id = host.verified_until = host.verification_asked_at = None
    host.verification_note = reason
    changes = {"verified until": (before.isoformat(), None)} if before else {}
    record("host sent back", host, actor=actor, now=now, scope=host.scope, changes=changes, reason=reason)
    db.session.flush()
    tell_managers(host, "incubation/host_sent_back", occasion=now.isoformat(), now=now)


def _require_as_read(host: Host, seen: int | None) -> None:
    if seen is not None and seen != host.lock_version:
        raise Stale("The profile was changed after you opened this page. Read it again before you decide.")
