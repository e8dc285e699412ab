"""What a person's home page shows of proposed side events: to change, to confirm as a co-host, under way, to decide."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .enums import ProposalState
from .models import Forum, ProposalCoHost, SideEvent, SideEventProposal

_TO_DO = (ProposalState.DRAFT, ProposalState.CHANGES_ASKED)
_OPEN = (ProposalState.PROPOSED, ProposalState.UNDER_REVIEW)
_UNDER_WAY = (*_OPEN, ProposalState.AGREED, ProposalState.PUBLISHED)


def proposals_waiting(account: Account) -> Iterator[HomeItem]:
    """Yield what the person has to do about proposals."""
    for each in _of(account, *_TO_DO):
        asked = each.state is ProposalState.CHANGES_ASKED
        yield HomeItem(
            title=each.title or _("A side event without a title"),
            text=_("The organiser asks for changes.") if asked else _("Your draft was not sent yet."),
            url=url_for("forum_proposals.show", forum=each.forum, proposal_id=each.id),
            button=_("Change it") if asked else _("Go on"),
            state=each.state,
        )
    named = (
        select(ProposalCoHost)
        .join(ProposalCoHost.proposal)
        .where(
            ProposalCoHost.email_key == account.email_key,
            ProposalCoHost.confirmed_at.is_(None),
            ProposalCoHost.declined_at.is_(None),
            SideEventProposal.state.in_((*_OPEN, ProposalState.CHANGES_ASKED)),
        )
        .options(joinedload(ProposalCoHost.proposal).joinedload(SideEventProposal.forum))
    )
    for co_host in db.session.scalars(named):
        yield HomeItem(
            title=_("Are you a co-host of “%(title)s”?", title=co_host.proposal.title),
            text=co_host.proposal.forum.title,
            url=url_for("forum_proposals.signed_in", forum=co_host.proposal.forum, co_host_id=co_host.id),
            button=_("Answer"),
        )
    yield from _to_decide(account)


def proposals_sent_by(account: Account) -> Iterator[HomeItem]:
    """Yield the person's proposals that are under way."""
    for each in _of(account, *_UNDER_WAY):
        yield HomeItem(
            title=each.title,
            text=_("Proposed for %(forum)s", forum=each.forum.title),
            url=url_for("forum_proposals.show", forum=each.forum, proposal_id=each.id),
            state=each.state,
        )


def hosted_side_events(account: Account) -> Iterator[HomeItem]:
    """Yield the side events that the person hosts."""
    hosted = [grant.scope_id for grant in account.live_grants if grant.role is Role.SIDE_EVENT_HOST]
    statement = select(SideEvent).where(SideEvent.id.in_(hosted)).options(joinedload(SideEvent.forum))
    for each in db.session.scalars(statement.order_by(SideEvent.starts_at, SideEvent.id)):
        yield HomeItem(
            title=each.title,
            text=_("You host it · %(forum)s", forum=each.forum.title),
            url=url_for("forum_host.overview", forum=each.forum, side_event=each),
        )


def _of(account: Account, *states: ProposalState) -> list[SideEventProposal]:
    statement = (
        select(SideEventProposal)
        .where(SideEventProposal.account_id == account.id, SideEventProposal.state.in_(states))
        .options(joinedload(SideEventProposal.forum))
        .order_by(SideEventProposal.id)
    )
    return list(db.session.scalars(statement))


def _to_decide(account: Account) -> Iterator[HomeItem]:
    organised = [
        grant.scope_id for grant in account.live_grants if grant.role is Role.ORGANISER and grant.scope_kind == "forum"
    ]
    statement = (
        select(Forum, func.count())
        .join(SideEventProposal, SideEventProposal.forum_id == Forum.id)
        .where(Forum.id.in_(organised), SideEventProposal.state.in_(_OPEN))
        .group_by(Forum.id)
    )
    for forum, count in db.session.execute(statement):
        yield HomeItem(
            title=ngettext("%(num)s proposed side event to decide", "%(num)s proposed side events to decide", count),
            text=forum.title,
            url=url_for("forum_manage.proposal_list", forum=forum),
            button=_("Read them"),
        )
