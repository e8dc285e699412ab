"""Funding people: who may be, in one category, within the ceiling of their economy; journey and amounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete, select

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.sealing import shred_of
from gtn_events.core.upsert import insert_unless_there
from gtn_events.core.versions import require_as_seen
from gtn_events.forum.domain.locking import lock_registration
from gtn_events.forum.domain.passports import APPROVED_BY_ALL
from gtn_events.forum.enums import Funding
from gtn_events.forum.models import Forum, Registration

from ..models import TravelCeiling, Traveller, TravelSettings
from ..queries.travel import ceilings_of, funded_participants, live_traveller, missing_papers, paper_states
from ..travel_enums import FundingCategory, PaperKind, PaperState, TravellerState
from ..travel_errors import TravelRefused
from .travel_locking import lock_traveller

USUAL_CEILING = 2
ZERO = Decimal("0.00")
AMOUNTS = ("planned_fare", "planned_other", "paid_fare", "paid_per_diem", "paid_other")


@dataclass(frozen=True, kw_only=True)
class TravelRules:
    """What an organiser sets for funded travel; ``ceilings`` differ from ``ceiling`` for some economies."""

    ceiling: int
    currency: str
    daily_rate: Decimal
    papers: tuple[PaperKind, ...]
    due_on: date | None
    ceilings: dict[str, int]


def edit_travel_rules(
    forum: Forum, rules: TravelRules, *, seen: int | None = None, actor: Account, now: datetime
) -> None:
    """Set the rules. Who is funded stays funded, also where a ceiling is lower now. Flushes; the caller commits.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: somebody else changed them since.
    """
    settings = locked_travel_settings(forum)
    require_as_seen(settings, seen)
    settings.ceiling, settings.currency, settings.daily_rate = rules.ceiling, rules.currency, rules.daily_rate
    settings.lock_version += 1
    settings.papers, settings.due_on = [each.value for each in rules.papers], rules.due_on
    db.session.execute(delete(TravelCeiling).where(TravelCeiling.forum_id == forum.id))
    for code, places in rules.ceilings.items():
        db.session.add(TravelCeiling(forum_id=forum.id, economy_code=code, places=places))
    journal.record("travel rules changed", forum, actor=actor, now=now, scope=forum.scope)
    db.session.flush()


def fund_traveller(
    registration: Registration,
    category: FundingCategory,
    *,
    planned_fare: Decimal = ZERO,
    actor: Account,
    now: datetime,
) -> Traveller:
    """Pay the travel of a delegate.

    Args:
        planned_fare: what the fare may cost at most, 0 while nobody knows.

    Raises:
        TravelRefused: not approved by economy and host; funded at this forum already, in whatever category; a
            participant of an economy that is not travel-eligible, or beyond its ceiling.

    Flushes; the caller commits.
    """
    forum = registration.forum
    # Held until the end: nobody is funded in the moment in which the registration is cancelled.
    lock_registration(registration)
    if registration.state not in APPROVED_BY_ALL:
        raise TravelRefused("Only people whose registration is approved by economy and host can be funded.")
    # Held until the end: two organisers cannot both give the last place of an economy.
    settings = locked_travel_settings(forum)
    there = live_traveller(forum_id=forum.id, account_id=registration.account_id)
    if there is not None:
        raise TravelRefused(
            f"{registration.delegate_name} is funded as {there.category.label.lower()} already. A person is funded in "
            "one category only."
        )
    if category is FundingCategory.PARTICIPANT:
        _refuse_beyond_ceiling(forum, registration.economy, settings)
    traveller = Traveller(
        forum=forum,
        registration=registration,
        account=registration.account,
        economy_code=registration.economy_code,
        category=category,
        planned_fare=planned_fare,
        funded_at=now,
    )
    db.session.add(traveller)
    registration.funding = Funding.APEC
    db.session.flush()
    _record("travel funded", traveller, actor=actor, now=now, changes={"category": (None, category.value)})
    return traveller


def withdraw_funding(traveller: Traveller, *, reason: str, actor: Account, now: datetime) -> None:
    """Take the funding back: its place is free again, and the papers are shredded.

    Raises:
        TravelRefused: without a reason, or when it is over.

    Flushes; the caller commits.
    """
    lock_registration(traveller.registration)
    lock_traveller(traveller)
    _refuse_unless_funded(traveller)
    if not reason:
        raise TravelRefused("Say why the funding is taken back; the traveller reads it.", field="reason")
    for paper in traveller.papers:
        shred_of(paper, now=now)
    traveller.state, traveller.ended_reason = TravellerState.WITHDRAWN, reason
    traveller.registration.funding = Funding.OWN
    _record("travel funding withdrawn", traveller, actor=actor, now=now, reason=reason)


def set_journey(
    traveller: Traveller,
    *,
    arrives_on: date,
    departs_on: date,
    seen: int | None = None,
    actor: Account,
    now: datetime,
) -> None:
    """Set the days of arrival and departure at the venue, which the per diem comes from.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: days or amounts were changed since.
        TravelRefused: they are in the wrong order or miss the forum.

    Flushes; the caller commits.
    """
    lock_traveller(traveller)
    require_as_seen(traveller, seen)
    _refuse_unless_funded(traveller)
    if departs_on < arrives_on:
        raise TravelRefused("The departure is before the arrival.", field="departs_on")
    if departs_on < traveller.forum.starts_on or arrives_on > traveller.forum.ends_on:
        raise TravelRefused("These days miss the forum.", field="arrives_on")
    changes = {
        "arrives_on": (_text(traveller.arrives_on), arrives_on.isoformat()),
        "departs_on": (_text(traveller.departs_on), departs_on.isoformat()),
    }
    traveller.arrives_on, traveller.departs_on = arrives_on, departs_on
    traveller.lock_version += 1
    _record("journey set", traveller, actor=actor, now=now, changes=changes)


def set_amounts(
    traveller: Traveller, amounts: dict[str, Decimal], *, seen: int | None = None, actor: Account, now: datetime
) -> None:
    """Set what is planned and what was paid, in the currency of the forum; the planned per diem is computed.

    Args:
        amounts: by the names of ``AMOUNTS``.
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: days or amounts were changed since.

    Flushes; the caller commits.
    """
    lock_traveller(traveller)
    require_as_seen(traveller, seen)
    changes = {
        name: (f"{getattr(traveller, name):f}", f"{amounts[name]:f}")
        for name in AMOUNTS
        if getattr(traveller, name) != amounts[name]
    }
    for name in changes:
        setattr(traveller, name, amounts[name])
    if changes:
        traveller.lock_version += 1
        _record("travel amounts set", traveller, actor=actor, now=now, changes=changes)


def settle(traveller: Traveller, *, actor: Account, now: datetime) -> None:
    """Close the journey: everything was paid.

    Raises:
        TravelRefused: a needed paper is not accepted.

    Flushes; the caller commits.
    """
    needed = locked_travel_settings(traveller.forum).papers
    lock_traveller(traveller)
    _refuse_unless_funded(traveller)
    states = paper_states(traveller, needed)
    waiting = [kind.label for kind in states if kind.value in needed and states[kind] is not PaperState.ACCEPTED]
    if waiting or missing_papers(traveller, needed):
        raise TravelRefused(f"Not accepted yet: {', '.join(waiting).lower()}.")
    traveller.state = TravellerState.SETTLED
    _record("travel settled", traveller, actor=actor, now=now)


def locked_travel_settings(forum: Forum) -> TravelSettings:
    """Return the rules of a forum, held until the transaction ends; made when they are missing."""
    statement = select(TravelSettings).where(TravelSettings.forum_id == forum.id).with_for_update()
    found = db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        start = {"ceiling": USUAL_CEILING, "currency": "USD", "daily_rate": Decimal("0.00")}
        papers = [each.value for each in PaperKind]
        db.session.execute(insert_unless_there(TravelSettings, forum_id=forum.id, papers=papers, **start))
        found = db.session.scalars(statement).one()
    return found


def _refuse_beyond_ceiling(forum: Forum, economy: Economy | None, settings: TravelSettings) -> None:
    if economy is None or not economy.travel_eligible:
        name = economy.short_name if economy else "A person without an economy"
        raise TravelRefused(f"{name} is not travel-eligible: participants from there cannot be funded.")
    places = ceilings_of(forum).get(economy.code, settings.ceiling)
    if funded_participants(forum, economy.code) >= places:
        raise TravelRefused(f"{economy.short_name} has {places} funded participants already, which is its ceiling.")


def _refuse_unless_funded(traveller: Traveller) -> None:
    if traveller.state is not TravellerState.FUNDED:
        raise TravelRefused(f"This journey is {traveller.state.label.lower()}; nothing of it changes any more.")


def _record(
    action: str,
    traveller: Traveller,
    *,
    actor: Account,
    now: datetime,
    changes: Mapping[str, tuple[str | None, str]] | None = None,
    reason: str | None = None,
) -> None:
    journal.record(action, traveller, actor=actor, now=now, scope=traveller.scope, changes=changes or {}, reason=reason)
    db.session.flush()


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
