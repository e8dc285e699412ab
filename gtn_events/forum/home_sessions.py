"""What a person's home page shows of calls for sessions: to send, to confirm, to answer, to score, to decide."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .models import Forum, ProposedSpeaker, SessionCall, SessionCallMember, SessionProposal, SessionReview
from .queries.session_calls import has_closed
from .session_call_enums import SessionProposalState as State

_OPEN = (State.RECEIVED, State.WAITLISTED)
_IN_PROGRAMME = (State.ACCEPTED, State.CONFIRMED)


def sessions_section(account: Account, now: datetime) -> HomeSection:
    """Return the part of the home page that is about calls for sessions."""
    own = list(_own(account))
    waiting = [each for each in own if each.state is State.ACCEPTED or _can_be_sent(each, now=now)]
    under_way = [each for each in own if each.state in (*_OPEN, State.CONFIRMED)]
    return HomeSection(
        waiting=[
            *(_to_do(each) for each in waiting),
            *_to_answer(account),
            *_to_score(account, now=now),
            *_to_decide(account, now=now),
        ],
        have=[
            HomeItem(
                title=each.title,
                text=_("A session proposed for %(forum)s", forum=each.call.forum.title),
                url=_page(each),
                state=each.state,
            )
            for each in under_way
        ],
    )


def _own(account: Account) -> Iterator[SessionProposal]:
    statement = (
        select(SessionProposal)
        .where(SessionProposal.account_id == account.id)
        .options(joinedload(SessionProposal.call).joinedload(SessionCall.forum))
        .order_by(SessionProposal.id)
    )
    yield from db.session.scalars(statement)


def _can_be_sent(proposal: SessionProposal, *, now: datetime) -> bool:
    return proposal.state is State.DRAFT and proposal.call.is_open(now)


def _to_do(proposal: SessionProposal) -> HomeItem:
    accepted, forum = proposal.state is State.ACCEPTED, proposal.call.forum
    return HomeItem(
        title=proposal.title or _("A session without a title"),
        text=_("It is accepted: please confirm it.") if accepted else _("Your draft was not sent yet."),
        url=_page(proposal),
        button=_("Confirm") if accepted else _("Go on"),
        state=proposal.state,
        deadline=None if accepted else proposal.call.closes_at,
        venue_zone=forum.time_zone,
        venue_name=forum.city,
    )


def _to_answer(account: Account) -> Iterator[HomeItem]:
    statement = (
        select(ProposedSpeaker)
        .join(ProposedSpeaker.proposal)
        .where(
            ProposedSpeaker.email_key == account.email_key,
            ProposedSpeaker.confirmed_at.is_(None),
            ProposedSpeaker.declined_at.is_(None),
            SessionProposal.state.in_(_IN_PROGRAMME),
            SessionProposal.account_id != account.id,
        )
        .options(joinedload(ProposedSpeaker.proposal).joinedload(SessionProposal.call).joinedload(SessionCall.forum))
    )
    for named in db.session.scalars(statement):
        forum = named.proposal.call.forum
        yield HomeItem(
            title=_("Do you speak in “%(title)s”?", title=named.proposal.title),
            text=forum.title,
            url=url_for("forum_session_calls.signed_in", forum=forum, proposed_speaker_id=named.id),
            button=_("Answer"),
        )


def _to_score(account: Account, *, now: datetime) -> Iterator[HomeItem]:
    scored = exists().where(SessionReview.proposal_id == SessionProposal.id, SessionReview.account_id == account.id)
    named = exists().where(
        ProposedSpeaker.proposal_id == SessionProposal.id, ProposedSpeaker.email_key == account.email_key
    )
    statement = (
        select(SessionCall.id, SessionCall.title, Forum, func.count())
        .join(SessionCall.forum)
        .join(SessionCallMember, SessionCallMember.call_id == SessionCall.id)
        .join(SessionProposal, SessionProposal.call_id == SessionCall.id)
        .where(
            SessionCallMember.account_id == account.id,
            SessionProposal.state.in_(_OPEN),
            SessionProposal.account_id != account.id,
            has_closed(now),
            ~scored,
            ~named,
        )
        .group_by(SessionCall.id, SessionCall.title, Forum.id)
        .order_by(SessionCall.id)
    )
    for call_id, title, forum, count in db.session.execute(statement):
        yield HomeItem(
            title=ngettext("%(num)s session to score", "%(num)s sessions to score", count),
            text=title,
            url=url_for("forum_session_calls.committee", forum=forum, session_call_id=call_id),
            button=_("Score them"),
        )


def _to_decide(account: Account, *, now: datetime) -> Iterator[HomeItem]:
    organised = [
        grant.scope_id for grant in account.live_grants if grant.role is Role.ORGANISER and grant.scope_kind == "forum"
    ]
    statement = (
        select(SessionCall.id, Forum, func.count())
        .join(SessionCall.forum)
        .join(SessionProposal, SessionProposal.call_id == SessionCall.id)
        .where(Forum.id.in_(organised), SessionProposal.state == State.RECEIVED, has_closed(now))
        .group_by(SessionCall.id, Forum.id)
        .order_by(SessionCall.id)
    )
    for call_id, forum, count in db.session.execute(statement):
        yield HomeItem(
            title=ngettext("%(num)s proposed session to decide", "%(num)s proposed sessions to decide", count),
            text=forum.title,
            url=url_for("forum_session_calls_manage.call", forum=forum, session_call_id=call_id),
            button=_("See the scores"),
        )


def _page(proposal: SessionProposal) -> str:
    return url_for(
        "forum_session_calls.show",
        forum=proposal.call.forum,
        session_call_id=proposal.call_id,
        session_proposal_id=proposal.id,
    )
