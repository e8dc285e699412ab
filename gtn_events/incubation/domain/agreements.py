"""Agreements of three or more parties: drafted, sent out, signed by all, amended as the next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from gtn_events.accounts.models import Account
from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record
from gtn_events.core.text import fold
from gtn_events.core.uploads import Upload

from ..enums import AgreementState, PartyRole, PlacementState
from ..errors import AgreementRefused, ReasonMissing
from ..models import Agreement, Party, Placement
from ..notifications_placements import ask_to_sign, tell_parties
from .locking import lock_placement
from .placement_transitions import Action, Side, transition_for

FEWEST_PARTIES = 3


@dataclass(frozen=True)
class Signatory:
    """Somebody who is to sign."""

    role: PartyRole
    organisation_name: str
    name: str
    email: str
    account: Account | None = None


def draft_agreement(
    placement: Placement,
    *,
    clauses: Sequence[Mapping[str, str]],
    plan: Mapping[str, Any],
    parties: Sequence[Signatory],
    reason: str = "",
    actor: Account,
    now: datetime,
) -> Agreement:
    """Write a new version, as a draft; after a signed one it is an amendment.

    Args:
        reason: why a signed agreement is amended; needed then.

    Raises:
        AgreementRefused: a version is a draft or out for signature already, or the placement is over.
        ReasonMissing: it amends a signed version, and nothing says why.

    Flushes; the caller commits.
    """
    lock_placement(placement)
    _require_live(placement)
    standing = current_version(placement)
    if standing is not None and standing.state in (AgreementState.DRAFT, AgreementState.SIGNING):
        raise AgreementRefused(f"Version {standing.number} is {standing.state.label.lower()} already.")
    if standing is not None and standing.state is AgreementState.SIGNED and not reason.strip():
        raise ReasonMissing("Say what the amendment changes and why; it stands in the agreement.", field="reason")
    agreement = Agreement(
        placement=placement,
        number=len(placement.agreements) + 1,
        clauses=[dict(clause) for clause in clauses],
        plan=dict(plan),
        reason=reason.strip(),
        created_at=now,
        parties=_parties(parties),
    )
    db.session.add(agreement)
    _note(agreement, "drafted", actor=actor, now=now)
    return agreement


def change_draft(
    agreement: Agreement,
    *,
    clauses: Sequence[Mapping[str, str]],
    plan: Mapping[str, Any],
    parties: Sequence[Signatory],
    actor: Account,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Change a draft as a whole.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        AgreementRefused: it is no draft any more, or the placement is over.
        Stale: somebody changed it since; that stays.

    Flushes; the caller commits.
    """
    lock_placement(agreement.placement)
    db.session.refresh(agreement)
    _require(agreement, AgreementState.DRAFT, "changed")
    _require_live(agreement.placement)
    if seen is not None and seen != agreement.lock_version:
        raise Stale("Somebody else changed the draft meanwhile. What you typed was not saved over it.")
    # The parties are part of it: a change of them alone is a change of the version, too.
    flag_modified(agreement, "plan")
    agreement.clauses, agreement.plan = [dict(clause) for clause in clauses], dict(plan)
    agreement.parties.clear()
    # Positions are unique: the old parties go first.
    db.session.flush()
    agreement.parties.extend(_parties(parties))
    _note(agreement, "changed", actor=actor, now=now)


def send_for_signature(agreement: Agreement, *, actor: Account, now: datetime) -> None:
    """Fix the text and let the parties sign it.

    Raises:
        AgreementRefused: it is no draft; the placement is over; fewer than three parties; firm or host missing; a
            party without name or address, or the same address twice; or there is no goal in the plan.

    Flushes; the caller commits.
    """
    lock_placement(agreement.placement)
    db.session.refresh(agreement)
    _require(agreement, AgreementState.DRAFT, "sent")
    _require_live(agreement.placement)
    roles = [party.role for party in agreement.parties]
    if len(roles) < FEWEST_PARTIES or PartyRole.FIRM not in roles or PartyRole.HOST not in roles:
        raise AgreementRefused("An agreement has three parties at least, the firm and the host among them.")
    if any(not party.name.strip() or not party.email.strip() for party in agreement.parties):
        raise AgreementRefused("A party has no name or no e-mail address yet.")
    emails = [fold(party.email) for party in agreement.parties]
    if len(set(emails)) < len(emails):
        raise AgreementRefused("Two parties have the same e-mail address; each signs for themselves.")
    if not any(goal.strip() for goal in agreement.plan.get("goals", ())):
        raise AgreementRefused("The activity plan has no goal.")
    agreement.state, agreement.sent_at, agreement.sha256 = AgreementState.SIGNING, now, fingerprint(agreement)
    _note(agreement, "sent for signature", actor=actor, now=now)
    ask_to_sign(agreement.parties[0], now=now)


def sign(
    agreement: Agreement,
    party: Party,
    *,
    typed_name: str,
    seen: str,
    upload: Upload | None = None,
    actor: Account | None,
    now: datetime,
) -> bool:
    """Sign for one party, on the page or by a signed copy; True when it was the last signature.

    Args:
        seen: the fingerprint that stood on the page that was signed.
        upload: the signed copy, when it was signed on paper.

    Raises:
        AgreementRefused: it is not out for signature, was signed by this party, or is not what was seen; the
            typed name is not the name of the party; or the placement is over.

    Flushes; the caller commits.
    """
    lock_placement(agreement.placement)
    db.session.refresh(agreement)
    for each in agreement.parties:
        db.session.refresh(each)
    _require(agreement, AgreementState.SIGNING, "signed")
    _require_live(agreement.placement)
    if party.signed_at is not None:
        raise AgreementRefused(f"{party.name} has signed already.")
    if seen != agreement.sha256 or fingerprint(agreement) != agreement.sha256:
        raise AgreementRefused("The text is not the one that was shown. Read it again before you sign.")
    if _plain(typed_name) != _plain(party.name):
        raise AgreementRefused(f"Type the name as it stands in the agreement: {party.name}.", field="typed_name")
    party.signed_at, party.typed_name, party.sha256 = now, typed_name.strip(), agreement.sha256
    party.upload = upload
    _note(agreement, f"signed by {party.role.label.lower()}", actor=actor, now=now)
    if (following := next_to_sign(agreement)) is not None:
        ask_to_sign(following, now=now)
        return False
    _conclude(agreement, now=now)
    return True


def decline(agreement: Agreement, party: Party, *, reason: str, actor: Account | None, now: datetime) -> None:
    """Say for one party that it does not sign this version; signatures under it are void, another can be written.

    Raises:
        AgreementRefused: it is not out for signature, or the party has signed.
        ReasonMissing: there is no reason.

    Flushes; the caller commits.
    """
    lock_placement(agreement.placement)
    db.session.refresh(agreement)
    db.session.refresh(party)
    _require(agreement, AgreementState.SIGNING, "declined")
    if party.signed_at is not None:
        raise AgreementRefused(f"{party.name} has signed already.")
    if not reason.strip():
        raise ReasonMissing("Give a reason: the other parties read it.", field="reason")
    party.declined_at = now
    agreement.state, agreement.ended_reason = AgreementState.DECLINED, reason.strip()
    _note(agreement, f"declined by {party.role.label.lower()}", actor=actor, now=now, reason=reason)
    tell_parties(agreement, "incubation/agreement_declined", now=now, declined_by=party)


def take_back(agreement: Agreement, *, reason: str, actor: Account, now: datetime) -> None:
    """Take a version back that is a draft or not signed by all; signatures under it are void.

    Raises:
        AgreementRefused: it is signed by all, or was replaced.
        ReasonMissing: it is out for signature, and there is no reason.

    Flushes; the caller commits.
    """
    lock_placement(agreement.placement)
    db.session.refresh(agreement)
    if agreement.state not in (AgreementState.DRAFT, AgreementState.SIGNING):
        raise AgreementRefused(f"Version {agreement.number} is {agreement.state.label.lower()}.")
    if agreement.state is AgreementState.SIGNING and not reason.strip():
        raise ReasonMissing("Give a reason: the parties read it.", field="reason")
    was_out = agreement.state is AgreementState.SIGNING
    agreement.state, agreement.ended_reason = AgreementState.SUPERSEDED, reason.strip()
    _note(agreement, "taken back", actor=actor, now=now, reason=reason)
    if was_out:
        tell_parties(agreement, "incubation/agreement_declined", now=now, declined_by=None)


def current_version(placement: Placement) -> Agreement | None:
    """Return the newest version that was not declined, taken back or replaced."""
    standing = [each for each in placement.agreements if each.state.stands]
    return standing[-1] if standing else None


def fingerprint(agreement: Agreement) -> str:
    """Return the SHA-256 over the canonical JSON of all that is signed: keys sorted, no spaces, UTF-8."""
    return sha256_of(content_of(agreement))


def content_of(agreement: Agreement) -> dict[str, Any]:  # Any: JSON
    """Return all that is signed."""
    return {
        "placement": str(agreement.placement),
        "version": agreement.number,
        "reason": agreement.reason,
        "clauses": agreement.clauses,
        "plan": agreement.plan,
        "parties": [
            {"role": each.role.value, "organisation": each.organisation_name, "name": each.name, "email": each.email}
            for each in agreement.parties
        ],
    }


def next_to_sign(agreement: Agreement) -> Party | None:
    """Return whose signature is waited for first; others may sign before."""
    waits = agreement.state is AgreementState.SIGNING
    return next((party for party in agreement.parties if waits and party.signed_at is None), None)


def _parties(parties: Sequence[Signatory]) -> list[Party]:
    return [
        Party(
            position=position,
            role=each.role,
            organisation_name=each.organisation_name,
            name=each.name,
            email=each.email,
            account=each.account,
        )
        for position, each in enumerate(parties, start=1)
    ]


def _conclude(agreement: Agreement, *, now: datetime) -> None:
    """Let a version that all have signed stand in place of the one before; the first one agrees the placement."""
    for each in agreement.placement.agreements:
        if each.number < agreement.number and each.state is AgreementState.SIGNED:
            each.state = AgreementState.SUPERSEDED
    agreement.state, agreement.signed_at = AgreementState.SIGNED, now
    placement = agreement.placement
    if placement.state is PlacementState.PREPARING:
        placement.state = transition_for(placement.state, Action.AGREE, Side.ALL).to
        placement.state_changed_at = now
    _note(agreement, "signed by all", actor=None, now=now)
    tell_parties(agreement, "incubation/agreement_signed", now=now)


def is_live(placement: Placement) -> bool:
    """Say whether an agreement can still be written and signed: before and during the placement."""
    return placement.state in (PlacementState.PREPARING, PlacementState.AGREED, PlacementState.RUNNING)


def _require_live(placement: Placement) -> None:
    if not is_live(placement):
        raise AgreementRefused(f"The placement is {placement.state.label.lower()}.")


def _require(agreement: Agreement, state: AgreementState, act: str) -> None:
    if agreement.state is not state:
        raise AgreementRefused(
            f"Version {agreement.number} is {agreement.state.label.lower()}; it cannot be {act} now."
        )


def _plain(name: str) -> str:
    return " ".join(fold(name).split())


def _note(agreement: Agreement, what: str, *, actor: Account | None, now: datetime, reason: str = "") -> None:
    db.session.flush()
    record(
        f"agreement {what}",
        agreement.placement,
        actor=actor,
        now=now,
        scope=agreement.placement.scope,
        changes={"version": (None, agreement.number)},
        reason=reason.strip() or None,
    )
