"""Changes, publishes, closes and opens a competition again."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record
from gtn_events.questionnaire.queries.versions import published_version

from ..enums import CompetitionState, EntryPath, LatePolicy
from ..errors import CompetitionRefused
from ..models import Competition, DeclarationText
from .endorsement_limits import fit_places

SLUG = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){2,59}")
PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,7}")
RESERVED_SLUGS = frozenset({"new"})
# What says how many places an economy has.
PLACES = frozenset({"entry_path", "economy_limit", "host_limit", "host_economy_code"})


@dataclass(frozen=True, kw_only=True)
class CompetitionDetails:
    """Everything an organiser says about a competition; moments are UTC, limits are None where there is none."""

    slug: str
    title: str
    edition: str
    tagline: str
    description: str
    rules: str
    prizes: str
    host_economy_code: str
    city: str
    time_zone: str
    entries_open_at: datetime
    entries_close_at: datetime
    grace_minutes: int
    late_policy: LatePolicy
    entry_path: EntryPath
    economy_limit: int | None
    host_limit: int | None
    endorsement_closes_at: datetime | None = None
    several_categories: bool
    results_embargo_until: datetime | None
    appeal_days: int | None = None
    contact_name: str
    contact_email: str
    privacy_notice: str
    reference_prefix: str


def check_details(details: CompetitionDetails, *, competition: Competition | None) -> None:
    """Refuse details that break a rule; ``competition`` is the one being changed, if any.

    Raises:
        CompetitionRefused: with the field it belongs to.
    """
    if details.slug in RESERVED_SLUGS or not SLUG.fullmatch(details.slug):
        raise CompetitionRefused(
            "Use 3 to 60 small letters, digits and single hyphens, starting with a letter, such as "
            "sme-competition-2027.",
            field="slug",
        )
    if not PREFIX.fullmatch(details.reference_prefix):
        raise CompetitionRefused(
            "Use 2 to 8 capital letters and digits, starting with a letter, such as ISC27.", field="reference_prefix"
        )
    _check_window(details)
    _check_limits(details)
    if details.endorsement_closes_at is not None and details.endorsement_closes_at <= details.entries_open_at:
        raise CompetitionRefused("Economies would decide before entries open.", field="endorsement_closes_at")
    _check_slug_is_free(details.slug, competition)
    if competition is not None and competition.state is not CompetitionState.DRAFT and competition.slug != details.slug:
        raise CompetitionRefused("The address of a published competition stays: people keep links to it.", field="slug")


def edit_competition(
    competition: Competition, details: CompetitionDetails, *, lock_version: int, actor: Account, now: datetime
) -> None:
    """Change a competition's settings and write what changed to the journal.

    Args:
        lock_version: the version that the person saw.

    Raises:
        Stale: somebody else changed the competition since then.
        CompetitionRefused: the details break a rule, or an economy has given away more places than it would have.

    Flushes; the caller commits.
    """
    if competition.lock_version != lock_version:
        raise Stale("The settings were changed while you had them open.")
    check_details(details, competition=competition)
    changes = differences(competition, details)
    if not changes:
        return
    for name in changes:
        setattr(competition, name, getattr(details, name))
    if PLACES & changes.keys():
        fit_places(competition, actor=actor, now=now)
    written = {name: (_plain(before), _plain(after)) for name, (before, after) in changes.items()}
    record("settings changed", competition, actor=actor, now=now, scope=competition.scope, changes=written)
    db.session.flush()


def differences(competition: Competition, details: CompetitionDetails) -> dict[str, tuple[Any, Any]]:
    """Return the settings that differ: name to (stored, given)."""
    pairs = {field.name: (getattr(competition, field.name), getattr(details, field.name)) for field in fields(details)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def write_declaration(competition: Competition, text: str, *, actor: Account, now: datetime) -> DeclarationText:
    """Make a new version of what entrants declare, unless the newest says just that; return the one in force.

    Entries keep the version they were sent under.
    """
    newest = competition.declaration_texts[-1] if competition.declaration_texts else None
    if newest is not None and newest.text == text:
        return newest
    version = DeclarationText(number=(newest.number if newest else 0) + 1, text=text, created_at=now)
    competition.declaration_texts.append(version)
    db.session.flush()
    changes = {"version": (version.number - 1, version.number)}
    record("declaration changed", competition, actor=actor, now=now, scope=competition.scope, changes=changes)
    return version


def publish_competition(competition: Competition, *, actor: Account, now: datetime) -> None:
    """Show a draft to everybody.

    Raises:
        CompetitionRefused: it is no draft, or lacks a category, a declaration or a published entry form.
    """
    if competition.state is not CompetitionState.DRAFT:
        raise CompetitionRefused(f"{competition.title} is {competition.state.value} already.")
    for missing in what_is_missing(competition):
        raise CompetitionRefused(missing)
    _set_state(competition, CompetitionState.PUBLISHED, action="competition published", actor=actor, now=now)


def what_is_missing(competition: Competition) -> list[str]:
    """Return one sentence for each thing without which nobody could enter."""
    missing = []
    if not competition.categories:
        missing.append(f"{competition.title} has no category. Add one first.")
    if not competition.declaration_texts:
        missing.append(f"{competition.title} has no declaration for entrants. Write it first.")
    if published_version(competition.questionnaire) is None:
        missing.append(f"The entry form of {competition.title} is not published. Publish its questions first.")
    return missing


def close_competition(competition: Competition, *, actor: Account, now: datetime) -> None:
    """Take nothing more; the page, the entries and the results stay.

    Raises:
        CompetitionRefused: it is not published.
    """
    if competition.state is not CompetitionState.PUBLISHED:
        raise CompetitionRefused(
            f"{competition.title} is {competition.state.value}; only a published competition can be closed."
        )
    _set_state(competition, CompetitionState.CLOSED, action="competition closed", actor=actor, now=now)


def reopen_competition(competition: Competition, *, actor: Account, now: datetime) -> None:
    """Let a closed competition take entries again, within its window.

    Raises:
        CompetitionRefused: it is not closed.
    """
    if competition.state is not CompetitionState.CLOSED:
        raise CompetitionRefused(
            f"{competition.title} is {competition.state.value}; only a closed competition can be opened again."
        )
    _set_state(competition, CompetitionState.PUBLISHED, action="competition opened again", actor=actor, now=now)


def _check_window(details: CompetitionDetails) -> None:
    if details.entries_close_at <= details.entries_open_at:
        raise CompetitionRefused("Entries close before they open.", field="entries_close_at")
    if details.late_policy is LatePolicy.GRACE and details.grace_minutes < 1:
        raise CompetitionRefused("Say how many minutes of grace there are.", field="grace_minutes")
    if details.appeal_days is not None and details.appeal_days < 1:
        raise CompetitionRefused("Say how many days there are to appeal, or leave it empty.", field="appeal_days")
    if details.results_embargo_until is not None and details.results_embargo_until <= details.entries_close_at:
        raise CompetitionRefused("The embargo would end before entries close.", field="results_embargo_until")


def _check_limits(details: CompetitionDetails) -> None:
    if details.host_limit is not None and details.economy_limit is None:
        raise CompetitionRefused("A limit for the host needs one for the other economies.", field="economy_limit")
    if details.entry_path is EntryPath.NOMINATED and details.economy_limit is None:
        raise CompetitionRefused("Say how many entries an economy may nominate.", field="economy_limit")


def _check_slug_is_free(slug: str, competition: Competition | None) -> None:
    owner = db.session.scalar(select(Competition.id).where(Competition.slug == slug))
    if owner is not None and (competition is None or competition.id != owner):
        raise CompetitionRefused("Another competition has this address. Choose a different one.", field="slug")


def _set_state(
    competition: Competition, state: CompetitionState, *, action: str, actor: Account, now: datetime
) -> None:
    before, competition.state = competition.state, state
    changes = {"state": (before.value, state.value)}
    record(action, competition, actor=actor, now=now, scope=competition.scope, changes=changes)
    db.session.flush()


def _plain(value: Any) -> Any:  # Any: a column's value, made ready for JSON
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and len(value) > 200:
        return value[:199] + "…"
    return value
