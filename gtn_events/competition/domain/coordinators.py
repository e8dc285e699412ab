"""Telling coordinators what came, once a day at most, and reminding those who owe a decision."""

from datetime import datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import EntryPath
from ..errors import EndorsementRefused
from ..models import Competition
from ..notifications_endorsement import DIGEST, REMINDER, tell_coordinator
from ..queries.endorsement import day_of_last_mail, waiting_since
from ..queries.places import EconomyStanding, standings_of
from .endorsement_window import endorsement_until, may_decide

LONGEST_BACK = timedelta(days=7)
BEFORE_THE_DATE = timedelta(days=3)


def owes_a_word(competition: Competition, standing: EconomyStanding) -> bool:
    """Say whether an economy has something left to do: entries to decide on, or places to nominate for."""
    if competition.entry_path is EntryPath.NOMINATED:
        return bool(standing.places.left)
    return standing.waiting > 0


def tell_what_came(competition: Competition, *, now: datetime) -> int:
    """Put one digest for each coordinator into the outbox for whose economy entries came until the day before (UTC).

    A digest tells of what came since the one before it, so a day on which the clock did not run is made good.

    Returns:
        How many were written; those of the day that were written before are not written again. Flushes.
    """
    if not may_decide(competition, now=now):
        return 0
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    oldest = today - LONGEST_BACK
    since = max(oldest, day_of_last_mail(competition, DIGEST, before=today) or oldest)
    came = waiting_since(competition, since, today)
    occasion = today.date().isoformat()
    return sum(
        tell_coordinator(
            DIGEST,
            competition,
            coordinator,
            standing,
            occasion=occasion,
            until=endorsement_until(competition),
            now=now,
            new=came[standing.code],
            since=since,
        )
        for standing, coordinator in _coordinators(standings_of(competition, list(came)) if came else [])
    )


def remind_before_the_date(competition: Competition, *, now: datetime) -> int:
    """Remind, once, the coordinators who owe a decision when the date is near; return how many. Flushes."""
    until = endorsement_until(competition)
    if not may_decide(competition, now=now) or now < until - BEFORE_THE_DATE:
        return 0
    return _remind(competition, occasion=f"until {until.isoformat()}", now=now)


def remind_coordinators(competition: Competition, *, actor: Account, now: datetime) -> int:
    """Remind the coordinators who owe a decision, each once a day at most, and return how many were.

    Raises:
        EndorsementRefused: the date is over.

    Flushes; the caller commits.
    """
    if not may_decide(competition, now=now):
        raise EndorsementRefused("The date until which economies decide is over, so nobody is reminded.")
    count = _remind(competition, occasion=now.date().isoformat(), now=now)
    if count:
        changes = {"mails": (None, count)}
        record("coordinators reminded", competition, actor=actor, now=now, scope=competition.scope, changes=changes)
    db.session.flush()
    return count


def _remind(competition: Competition, *, occasion: str, now: datetime) -> int:
    owing = [standing for standing in standings_of(competition) if owes_a_word(competition, standing)]
    until = endorsement_until(competition)
    return sum(
        tell_coordinator(REMINDER, competition, coordinator, standing, occasion=occasion, until=until, now=now)
        for standing, coordinator in _coordinators(owing)
    )


def _coordinators(standings: list[EconomyStanding]) -> list[tuple[EconomyStanding, Account]]:
    known = coordinators_of() if standings else {}
    return [(standing, each) for standing in standings for each in known.get(standing.code, [])]
