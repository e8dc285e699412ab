"""What an agreement begins with: the clauses, the plan, and the parties as the application knows them."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.text import day

from ..agreement_clauses import CLAUSES
from ..enums import PartyRole
from ..models import Agreement, Party, Placement
from ..notifications_placements import people_of
from .activity_plan import first_plan
from .agreements import Signatory, current_version, draft_agreement


def write_agreement(placement: Placement, *, actor: Account, now: datetime, reason: str = "") -> Agreement:
    """Write the next version as a draft: the first from what is known, a later one from the version before it.

    Raises:
        AgreementRefused: a version is a draft or out for signature already, or the placement is over.
        ReasonMissing: it amends a signed version, and nothing says why.

    Flushes; the caller commits.
    """
    before = current_version(placement) or (placement.agreements[-1] if placement.agreements else None)
    if before is None:
        clauses, plan, parties = first_clauses(placement), first_plan(placement), first_parties(placement)
    else:
        clauses, plan, parties = before.clauses, before.plan, signatories_of(before)
    return draft_agreement(placement, clauses=clauses, plan=plan, parties=parties, reason=reason, actor=actor, now=now)


def first_clauses(placement: Placement) -> list[dict[str, str]]:
    """Return the usual clauses with the names of this placement."""
    names = {
        "firm": placement.application.organisation_name,
        "host": placement.intake.host.name,
        "title": placement.application.title,
        "stays": "From " + "; from ".join(f"{day(stay.starts_on)} to {day(stay.ends_on)}" for stay in placement.stays),
    }
    return [{"heading": heading, "text": text.format(**names)} for heading, text in CLAUSES]


def first_parties(placement: Placement) -> list[Signatory]:
    """Return firm, host and home coordinator; who is not known is left empty for the parties to fill in."""
    application, host = placement.application, placement.intake.host
    managers, home = people_of(placement, PartyRole.HOST), people_of(placement, PartyRole.HOME)
    firm = Signatory(
        PartyRole.FIRM,
        application.organisation_name,
        application.account.display_name,
        application.account.email,
        application.account,
    )
    return [
        firm,
        _signatory(PartyRole.HOST, host.name, managers, host.contact_name, host.contact_email),
        _signatory(PartyRole.HOME, application.home_name, home, "", application.home_email),
    ]


def signatories_of(agreement: Agreement) -> list[Signatory]:
    """Return the parties of a version, to be those of the next one."""
    return [_of(party) for party in agreement.parties]


def with_accounts(parties: list[Signatory]) -> list[Signatory]:
    """Return the parties with the accounts that their addresses belong to."""
    keys = {each.email.casefold() for each in parties}
    found = {each.email_key: each for each in db.session.scalars(select(Account).where(Account.email_key.in_(keys)))}
    return [
        Signatory(each.role, each.organisation_name, each.name, each.email, found.get(each.email.casefold()))
        for each in parties
    ]


def _signatory(role: PartyRole, organisation: str, people: list[Account], name: str, email: str) -> Signatory:
    if people:
        first = people[0]
        home = first.organisation.name if first.organisation else ""
        return Signatory(role, organisation or home, first.display_name, first.email, first)
    return Signatory(role, organisation, name, email)


def _of(party: Party) -> Signatory:
    return Signatory(party.role, party.organisation_name, party.name, party.email, party.account)
