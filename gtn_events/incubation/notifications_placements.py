"""Which mail about a placement and its agreement goes to whom: the next party, all parties, a side."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.outbox import Recipient, enqueue_mail

from .enums import PartyRole
from .models import Agreement, Party, Placement
from .notifications import recipient_of
from .notifications_hosts import people_with

SIDES = (PartyRole.FIRM, PartyRole.HOST, PartyRole.HOME)


def people_of(placement: Placement, role: PartyRole) -> list[Account]:
    """Return who acts for a side: the applicant, the host's managers, the coordinators of an economy."""
    match role:
        case PartyRole.FIRM:
            return [placement.application.account]
        case PartyRole.HOST:
            return people_with(Role.HOST_MANAGER, placement.intake.host.scope)
        case PartyRole.HOME:
            return people_with(Role.ECONOMY_COORDINATOR, placement.application.economy.scope)
        case PartyRole.HOST_ECONOMY:
            return people_with(Role.ECONOMY_COORDINATOR, placement.intake.host.economy.scope)
        case PartyRole.FUNDER:
            return []


def tell_sides(
    placement: Placement,
    template: str,
    *,
    occasion: str,
    now: datetime,
    sides: Collection[PartyRole] = SIDES,
    but: Account | None = None,
    **context: Any,  # whatever the mail needs beyond the placement
) -> int:
    """Put one mail for each person of some sides into the outbox, once for each occasion; return how many are new.

    Args:
        but: who did it, and needs no mail.
    """
    people = {account.id: account for role in sides for account in people_of(placement, role)}
    told = [
        _tell(placement, template, f"{occasion}:{account.id}", recipient_of(account), now=now, context=context)
        for account in people.values()
        if but is None or account.id != but.id
    ]
    return sum(told)


def ask_to_sign(party: Party, *, now: datetime) -> None:
    """Tell a party that its signature is waited for, once."""
    context = {"agreement": party.agreement, "party": party}
    placement = party.agreement.placement
    _tell(placement, "incubation/agreement_to_sign", f"party:{party.id}", _address(party), now=now, context=context)


def tell_parties(agreement: Agreement, template: str, *, now: datetime, **context: Any) -> None:  # Any: as above
    """Put one mail to each party of an agreement into the outbox."""
    for party in agreement.parties:
        given = {"agreement": agreement, "party": party, **context}
        _tell(agreement.placement, template, f"party:{party.id}", _address(party), now=now, context=given)


def remind_party(party: Party, *, occasion: str, now: datetime) -> bool:
    """Remind a party of its signature, once for each occasion; say whether the mail is new."""
    context = {"agreement": party.agreement, "party": party, "again": True}
    occasion = f"party:{party.id}:{occasion}"
    return _tell(
        party.agreement.placement,
        "incubation/agreement_to_sign",
        occasion,
        _address(party),
        now=now,
        context=context,
    )


def _tell(
    placement: Placement, template: str, occasion: str, to: Recipient, *, now: datetime, context: dict[str, Any]
) -> bool:
    application, intake = placement.application, placement.intake
    given = {"placement": placement, "application": application, "call": application.call, "host": intake.host}
    mail = enqueue_mail(
        f"placement:{placement.id}:{template}:{occasion}",
        template,
        to=to,
        context=given | context,
        now=now,
        scope=placement.scope,
    )
    return mail is not None


def _address(party: Party) -> Recipient:
    if party.account is not None:
        return recipient_of(party.account)
    zone = party.agreement.placement.intake.host.time_zone
    return Recipient(address=party.email, name=party.name, language="en", time_zone=zone)
