"""Reads of proposed side events."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.core.db import db

from ..enums import ProposalState
from ..models import Forum, ProposalCoHost, SideEventProposal

_WHOLE = (
    joinedload(SideEventProposal.lead_economy),
    joinedload(SideEventProposal.side_event),
    selectinload(SideEventProposal.co_hosts),
)


def proposals_of_person(forum: Forum, account_id: int) -> list[SideEventProposal]:
    """Return what a person has proposed for a forum, drafts too, the newest first."""
    statement = select(SideEventProposal).where(
        SideEventProposal.forum_id == forum.id, SideEventProposal.account_id == account_id
    )
    return list(db.session.scalars(statement.options(*_WHOLE).order_by(SideEventProposal.id.desc())))


def own_proposal(forum: Forum, account_id: int, proposal_id: int) -> Select[SideEventProposal]:
    """Select a proposal of this person for this forum."""
    return (
        select(SideEventProposal)
        .where(
            SideEventProposal.id == proposal_id,
            SideEventProposal.forum_id == forum.id,
            SideEventProposal.account_id == account_id,
        )
        .options(*_WHOLE)
    )


def proposals_sent(forum: Forum, state: ProposalState | None = None) -> list[SideEventProposal]:
    """Return what was proposed for a forum, the longest waiting first; drafts belong to their persons."""
    statement = select(SideEventProposal).where(
        SideEventProposal.forum_id == forum.id, SideEventProposal.state != ProposalState.DRAFT
    )
    if state is not None:
        statement = statement.where(SideEventProposal.state == state)
    return list(
        db.session.scalars(statement.options(*_WHOLE).order_by(SideEventProposal.proposed_at, SideEventProposal.id))
    )


def sent_proposal(forum: Forum, proposal_id: int) -> Select[SideEventProposal]:
    """Select a proposal that was sent for this forum."""
    return (
        select(SideEventProposal)
        .where(
            SideEventProposal.id == proposal_id,
            SideEventProposal.forum_id == forum.id,
            SideEventProposal.state != ProposalState.DRAFT,
        )
        .options(*_WHOLE, selectinload(SideEventProposal.notes), joinedload(SideEventProposal.account))
    )


def proposal_counts(forum: Forum) -> dict[ProposalState, int]:
    """Return how many proposals are in each state, in the order of the states; drafts are nobody's business."""
    statement = (
        select(SideEventProposal.state, func.count())
        .where(SideEventProposal.forum_id == forum.id)
        .group_by(SideEventProposal.state)
    )
    found: dict[ProposalState, int] = {}
    for state, count in db.session.execute(statement):
        found[state] = count
    return {state: found[state] for state in ProposalState if state is not ProposalState.DRAFT and state in found}


def co_hosting(forum: Forum, email_key: str) -> list[ProposalCoHost]:
    """Return where this address is named as a co-host of something that was sent for a forum."""
    statement = (
        select(ProposalCoHost)
        .join(ProposalCoHost.proposal)
        .where(
            SideEventProposal.forum_id == forum.id,
            SideEventProposal.state != ProposalState.DRAFT,
            ProposalCoHost.email_key == email_key,
        )
        .options(joinedload(ProposalCoHost.proposal).joinedload(SideEventProposal.lead_economy))
        .order_by(ProposalCoHost.id)
    )
    return list(db.session.scalars(statement))
