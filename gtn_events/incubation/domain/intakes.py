"""The places that a host gives in a call: offered, changed, taken back."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record

from ..enums import CallState, HostState, OfferState, Trait
from ..errors import HostRefused, ReasonMissing, TransitionRefused
from ..models import Call, Host, Intake, Offer
from ..notifications_hosts import tell_of_withdrawn_places
from ..queries.intakes import intake_of
from .verification import is_verified

MOST_PLACES = 500


@dataclass(frozen=True, kw_only=True)
class IntakeTerms:
    """What a host gives and asks in one call; see ``Intake`` for the fields."""

    places: int
    economy_cap: int | None
    sector_cap: int | None
    reserves: list[dict[str, Any]]
    only_sectors: list[str]
    stay_from: date
    stay_until: date
    gives: str
    asks: str
    mentor: str


def why_no_places(call: Call, host: Host, *, now: datetime) -> str:
    """Return why a host cannot give new places in a call, one sentence; empty when it can."""
    if why := _why_closed(call, now=now):
        return why
    if host.state is not HostState.LISTED:
        return f"{host.name} is not in the catalogue. Complete its profile and put it there first."
    if not is_verified(host, now=now):
        return f"{host.name} is not verified now. The coordinator of its economy has to verify it first."
    return ""


def offer_places(
    call: Call, host: Host, terms: IntakeTerms, *, seen: int | None, actor: Account, now: datetime
) -> Intake:
    """Give places in a call, or change what was given.

    Args:
        seen: the lock version of the places that the person saw, None when there were none.

    Raises:
        HostRefused: the terms break a rule, with the field; or the host cannot give places now.
        TransitionRefused: the host has sent its ranking already.
        Stale: somebody else gave or changed places meanwhile.

    Flushes; the caller commits.
    """
    intake = intake_of(call, host)
    if (intake.lock_version if intake else None) != seen:
        raise Stale("The places were changed while you had them open.")
    stands = intake is not None and intake.withdrawn_at is None
    why = _why_closed(call, now=now) if stands else why_no_places(call, host, now=now)
    if why:
        raise HostRefused(why)
    check_terms(call, terms)
    if intake is None:
        return _add(call, host, terms, actor=actor, now=now)
    if intake.ranking_sent_at is not None:
        raise TransitionRefused(f"{host.name} has sent its ranking. Its places stay as they are.")
    _lock(intake)
    if terms.places < (held := _held(intake)):
        raise HostRefused(f"{held} places are offered or taken already.", field="places")
    _change(intake, terms, actor=actor, now=now)
    return intake


def withdraw_places(intake: Intake, *, reason: str, actor: Account, now: datetime) -> None:
    """Take the places of a host back; the firms that named it are told, their order of hosts stays.

    Raises:
        ReasonMissing: no reason is given.
        TransitionRefused: they are taken back already, or one of them is offered or taken.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing("Say why the places are taken back.", field="reason")
    # Giving an offer takes the same lock first, so none can come in between.
    _lock(intake)
    if intake.withdrawn_at is not None:
        raise TransitionRefused("These places are taken back already.")
    if _held(intake):
        raise TransitionRefused("A place here is offered or taken. The organiser has to settle that first.")
    intake.withdrawn_at = now
    changes = {"places": (intake.places, 0)}
    scope = intake.call.scope
    record("places taken back", intake, actor=actor, now=now, scope=scope, changes=changes, reason=reason)
    db.session.flush()
    tell_of_withdrawn_places(intake, reason=reason, now=now)


def check_terms(call: Call, terms: IntakeTerms) -> None:
    """Refuse terms that break a rule.

    Raises:
        HostRefused: with the field it belongs to.
    """
    if not 1 <= terms.places <= MOST_PLACES:
        raise HostRefused(f"Give 1 to {MOST_PLACES} places.", field="places")
    for name in ("economy_cap", "sector_cap"):
        cap = getattr(terms, name)
        if cap is not None and not 1 <= cap <= terms.places:
            raise HostRefused("The limit has to lie between 1 and the number of places.", field=name)
    _check_reserves(terms)
    if not set(terms.only_sectors) <= {sector["key"] for sector in call.sectors}:
        raise HostRefused("Choose sectors of the call.", field="only_sectors")
    _check_stay(call, terms)


def _lock(intake: Intake) -> None:
    lock = select(Intake).where(Intake.id == intake.id).with_for_update(of=Intake)
    db.session.execute(lock.execution_options(populate_existing=True))


def _held(intake: Intake) -> int:
    """Return how many places of a host nobody else can have."""
    holding = [each for each in OfferState if each.holds_a_place]
    statement = select(func.count()).select_from(Offer)
    return db.session.scalar(statement.where(Offer.intake_id == intake.id, Offer.state.in_(holding))) or 0


def _why_closed(call: Call, *, now: datetime) -> str:
    if call.state is not CallState.PUBLISHED:
        return f"{call.title} takes no places now."
    if now >= call.ranking_until:
        return f"Hosts have ranked in {call.title}. Places can be given or changed no more."
    return ""


def _check_reserves(terms: IntakeTerms) -> None:
    traits = [reserve["trait"] for reserve in terms.reserves]
    if len(set(traits)) != len(traits) or not set(traits) <= set(Trait):
        raise HostRefused("Choose each kind of kept places once.", field="places")
    if any(reserve["places"] < 1 for reserve in terms.reserves):
        raise HostRefused("Keep at least one place, or none.", field="places")
    kept = sum(reserve["places"] for reserve in terms.reserves)
    if kept > terms.places:
        raise HostRefused(f"{kept} places are kept, but there are {terms.places}.", field="places")


def _check_stay(call: Call, terms: IntakeTerms) -> None:
    if terms.stay_from < call.placements_from:
        raise HostRefused(f"Stays of this call begin on {call.placements_from:%Y-%m-%d} or later.", field="stay_from")
    if terms.stay_until > call.placements_until:
        raise HostRefused(f"Stays of this call end by {call.placements_until:%Y-%m-%d}.", field="stay_until")
    if terms.stay_until - terms.stay_from < timedelta(weeks=call.weeks_at_least):
        raise HostRefused(
            f"The shortest stay of this call is {call.weeks_at_least} weeks, so the dates are too close.",
            field="stay_until",
        )


def _add(call: Call, host: Host, terms: IntakeTerms, *, actor: Account, now: datetime) -> Intake:
    intake = Intake(call_id=call.id, host_id=host.id, offered_at=now, **_values(terms))
    try:
        with db.session.begin_nested():
            db.session.add(intake)
    except IntegrityError as collision:
        # Another manager was first; the unique index decides.
        raise Stale("The places were changed while you had them open.") from collision
    changes = {name: (None, _plain(value)) for name, value in _values(terms).items() if value}
    record("places offered", intake, actor=actor, now=now, scope=call.scope, changes=changes)
    return intake


def _change(intake: Intake, terms: IntakeTerms, *, actor: Account, now: datetime) -> None:
    given = _values(terms)
    changes = {
        name: (_plain(getattr(intake, name)), _plain(value))
        for name, value in given.items()
        if getattr(intake, name) != value
    }
    again = intake.withdrawn_at is not None
    if not changes and not again:
        return
    for name, value in given.items():
        setattr(intake, name, value)
    if again:
        intake.withdrawn_at, intake.offered_at = None, now
    action = "places offered again" if again else "places changed"
    record(action, intake, actor=actor, now=now, scope=intake.call.scope, changes=changes)
    db.session.flush()


def _values(terms: IntakeTerms) -> dict[str, Any]:
    return {field.name: getattr(terms, field.name) for field in fields(terms)}


def _plain(value: Any) -> Any:  # Any: a column's value, made ready for JSON
    if isinstance(value, list):
        kept = (f"{Trait(each['trait']).label} {each['places']}" if isinstance(each, dict) else each for each in value)
        return "; ".join(kept)
    return value.isoformat() if isinstance(value, date) else value
