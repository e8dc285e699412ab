"""Which mail about a proposed side event goes to whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.outbox import Recipient, enqueue_mail
from gtn_events.core.permissions import Scope

from .models import ProposalCoHost, SideEventProposal


def tell_proposer(proposal: SideEventProposal, template: str, *, now: datetime) -> None:
    """Tell the proposer what became of it, once for each change of its state."""
    key = f"proposal:{proposal.id}:{template}:{proposal.state_changed_at.isoformat()}"
    _mail(proposal, key, template, _recipient(proposal.account), now=now)


def tell_organisers(proposal: SideEventProposal, *, now: datetime) -> None:
    """Tell every organiser of the forum that a proposal waits, once for each time it is sent."""
    for account in organisers_of(proposal.scope):
        key = f"proposal:{proposal.id}:to-review:{account.id}:{proposal.state_changed_at.isoformat()}"
        _mail(proposal, key, "forum/proposal_to_review", _recipient(account), now=now)


def ask_co_host(co_host: ProposalCoHost, token: str, *, now: datetime) -> None:
    """Mail a co-host the link with which they confirm."""
    key = f"proposal:{co_host.proposal_id}:co-host:{co_host.id}:{now.isoformat()}"
    to = Recipient(address=co_host.email, time_zone=co_host.proposal.forum.time_zone)
    _mail(co_host.proposal, key, "forum/proposal_co_host", to, now=now, co_host=co_host, token=token)


def organisers_of(scope: Scope) -> list[Account]:
    """Return who organises a forum, for mails."""
    statement = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role == Role.ORGANISER,
            RoleGrant.scope_kind == scope.kind,
            RoleGrant.scope_id == scope.id,
            RoleGrant.ended_at.is_(None),
        )
        .order_by(Account.id)
    )
    return list(db.session.scalars(statement))


def _mail(
    proposal: SideEventProposal,
    key: str,
    template: str,
    to: Recipient,
    *,
    now: datetime,
    **context: Any,  # Any: as the mail's template wants it
) -> None:
    forum = proposal.forum
    enqueue_mail(
        key,
        template,
        to=to,
        context={"proposal": proposal, "forum": forum, **context},
        now=now,
        scope=forum.scope,
        hold=forum.hold_mail,
    )


def _recipient(account: Account) -> Recipient:
    return Recipient(
        address=account.email, name=account.display_name, language=account.language, time_zone=account.time_zone
    )
