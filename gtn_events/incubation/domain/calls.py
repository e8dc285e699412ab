"""What an organiser says about a call, and changing it."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record

from ..enums import CallState, MatchingMethod
from ..errors import CallRefused
from ..models import Call, Intake
from .call_sectors import Sector, refuse_used_sectors

SLUG = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){2,59}")
PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,7}")
RESERVED_SLUGS = frozenset({"new", "hosts", "economy", "how-places-are-given", "figures", "dashboard"})
# What firms were told when the call was published: how they are brought together, and by how many wishes.
FIXED = ("slug", "method", "most_wishes", "reference_prefix")
FROM, UNTIL = "placements_from", "placements_until"
# The journal outlives an erasure, so it never holds who answers for a call.
OF_A_PERSON = frozenset({"contact_name", "contact_email"})


@dataclass(frozen=True, kw_only=True)
class CallDetails:
    """Everything an organiser says about a call; moments are UTC, days those of the call's time zone."""

    slug: str
    title: str
    tagline: str
    description: str
    funding: str
    time_zone: str
    opens_at: datetime
    closes_at: datetime
    ranking_until: datetime
    match_on: date
    accept_days: int
    placements_from: date
    placements_until: date
    weeks_at_least: int
    weeks_at_most: int
    sectors: list[Sector]
    method: MatchingMethod
    most_wishes: int
    declaration: str
    privacy_notice: str
    contact_name: str
    contact_email: str
    reference_prefix: str


def check_details(details: CallDetails, *, call: Call | None) -> None:
    """Refuse details that break a rule; ``call`` is the one being changed, if any.

    Raises:
        CallRefused: with the field it belongs to.
    """
    if details.slug in RESERVED_SLUGS or not SLUG.fullmatch(details.slug):
        raise CallRefused(
            "Use 3 to 60 small letters, digits and single hyphens, starting with a letter, such as co-incubation-2027.",
            field="slug",
        )
    if not PREFIX.fullmatch(details.reference_prefix):
        raise CallRefused(
            "Use 2 to 8 capital letters and digits, starting with a letter, such as COI27.", field="reference_prefix"
        )
    _check_dates(details)
    if details.weeks_at_most < details.weeks_at_least:
        raise CallRefused("The longest stay is shorter than the shortest.", field="weeks_at_most")
    _check_slug_is_free(details.slug, call)
    if call is not None and call.state is not CallState.DRAFT:
        _check_promises(call, details)
        _check_stays(call, details)


def edit_call(call: Call, details: CallDetails, *, lock_version: int, actor: Account, now: datetime) -> None:
    """Change a call's settings and write what changed to the journal.

    Args:
        lock_version: the version that the person saw.

    Raises:
        Stale: somebody else changed the call since then.
        CallRefused: the details break a rule.

    Flushes; the caller commits.
    """
    if call.lock_version != lock_version:
        raise Stale("The settings were changed while you had them open.")
    check_details(details, call=call)
    changes = differences(call, details)
    if "sectors" in changes:
        refuse_used_sectors(call, details.sectors)
    if not changes:
        return
    for name in changes:
        setattr(call, name, getattr(details, name))
    written = {
        name: (_plain(before), _plain(after)) for name, (before, after) in changes.items() if name not in OF_A_PERSON
    }
    record("settings changed", call, actor=actor, now=now, scope=call.scope, changes=written)
    db.session.flush()


def differences(call: Call, details: CallDetails) -> dict[str, tuple[Any, Any]]:
    """Return the settings that differ: name to (stored, given)."""
    pairs = {field.name: (getattr(call, field.name), getattr(details, field.name)) for field in fields(details)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _check_dates(details: CallDetails) -> None:
    if details.closes_at <= details.opens_at:
        raise CallRefused("Applications close before they open.", field="closes_at")
    if details.ranking_until < details.closes_at:
        raise CallRefused("Hosts would have to rank before applications close.", field="ranking_until")
    if details.match_on < details.ranking_until.date():
        raise CallRefused("Places would be given before the hosts have ranked.", field="match_on")
    if details.placements_from < details.match_on:
        raise CallRefused("Stays would begin before places are given.", field="placements_from")
    if details.placements_until <= details.placements_from:
        raise CallRefused("Stays would end before they begin.", field="placements_until")


def _check_promises(call: Call, details: CallDetails) -> None:
    for name in FIXED:
        if getattr(call, name) != getattr(details, name):
            raise CallRefused("This was told when the call was published, so it stays.", field=name)


def _check_stays(call: Call, details: CallDetails) -> None:
    standing = select(func.min(Intake.stay_from), func.max(Intake.stay_until)).where(
        Intake.call_id == call.id, Intake.withdrawn_at.is_(None)
    )
    first, last = db.session.execute(standing).one()
    if first is not None and first < details.placements_from:
        raise CallRefused("A host gives places that begin earlier. Its places would have to change first.", field=FROM)
    if last is not None and last > details.placements_until:
        raise CallRefused("A host gives places that end later. Its places would have to change first.", field=UNTIL)


def _check_slug_is_free(slug: str, call: Call | None) -> None:
    owner = db.session.scalar(select(Call.id).where(Call.slug == slug))
    if owner is not None and (call is None or call.id != owner):
        raise CallRefused("Another call has this address. Choose a different one.", field="slug")


def _plain(value: Any) -> Any:  # Any: a column's value, made ready for JSON
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(sector["label"] for sector in value)
    if isinstance(value, str) and len(value) > 200:
        return value[:199] + "…"
    return value
