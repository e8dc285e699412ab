"""Organisers who accept together make one session; what is sent while a call closes is in it or is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.session_calls.calls import close_call
from gtn_events.forum.domain.session_calls.deciding import decide_many, decide_session
from gtn_events.forum.domain.session_calls.scoring import score_session
from gtn_events.forum.domain.session_calls.sending import send_session_proposal, withdraw_session_proposal
from gtn_events.forum.domain.session_calls.transitions import SessionAction
from gtn_events.forum.models import ForumSession, SessionCall, SessionProposal, SessionReview, Speaker
from gtn_events.forum.session_call_enums import SessionProposalState as State
from tests.forum.calling import LINKS, make_call, make_session_proposal
from tests.load.people import open_forum, people
from tests.load.test_last_place import Told

EACH = 4

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("load")]


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def test_a_session_is_made_once_however_many_accept(site: Flask, now: datetime) -> None:
    forum = open_forum("accepted-at-once", seats=50, now=now)
    (organiser, _first), (proposer, _second) = people(2, name="accepting", now=now)
    call = make_call(forum, organiser)
    proposals = [make_session_proposal(call, proposer, f"Session {number}") for number in range(2)]
    close_call(call, actor=organiser, now=now)
    db.session.commit()
    ids, call_id, forum_id, actor_id = [each.id for each in proposals], call.id, forum.id, organiser.id
    acts: list[Callable[[], Any]] = [partial(_decide, ids[0], actor_id, now) for _time in range(EACH)]
    acts += [partial(_decide_both, call_id, list(order), actor_id, now) for order in (ids, reversed(ids))]
    words = Told(site).all_at_once(acts)
    assert len(words) == len(acts)
    assert db.session.scalar(select(func.count()).where(ForumSession.forum_id == forum_id)) == 2
    # Both name the same two people.
    assert db.session.scalar(select(func.count()).where(Speaker.forum_id == forum_id)) == 2
    told = select(func.count()).where(OutboxMail.template == "forum/session_accepted")
    assert db.session.scalar(told) == 2


def test_what_is_sent_while_the_call_closes_is_in_it_or_refused(site: Flask, now: datetime) -> None:
    forum = open_forum("closed-at-once", seats=50, now=now)
    found = people(EACH + 1, name="closing", now=now)
    call = make_call(forum, found[0][0])
    drafts = [make_session_proposal(call, account, sent=False).id for account, _browser in found[1:]]
    call_id, actor_id = call.id, found[0][0].id
    acts: list[Callable[[], Any]] = [partial(_send, each, now) for each in drafts]
    words = Told(site).all_at_once([*acts, partial(_close, call_id, actor_id, now)])
    states = [db.session.get_one(SessionProposal, each).state for each in drafts]
    # The close itself always goes through.
    assert words.count("") - 1 == states.count(State.RECEIVED)
    receipts = select(func.count()).where(
        OutboxMail.template == "forum/session_received", OutboxMail.to_address.startswith("closing")
    )
    assert db.session.scalar(receipts) == states.count(State.RECEIVED)


def test_drafts_sent_at_once_are_no_more_than_the_call_takes_of_one_person(site: Flask, now: datetime) -> None:
    forum = open_forum("many-at-once", seats=50, now=now)
    (organiser, _first), (proposer, _second) = people(2, name="sending", now=now)
    call = make_call(forum, organiser, most_each=2)
    drafts = [make_session_proposal(call, proposer, f"Session {each}", sent=False).id for each in range(EACH + 2)]
    words = Told(site).all_at_once([partial(_send, each, now) for each in drafts])
    states = [db.session.get_one(SessionProposal, each).state for each in drafts]
    assert (words.count(""), states.count(State.RECEIVED)) == (2, 2)


def test_accepting_and_withdrawing_together_leaves_no_session_without_a_proposal(site: Flask, now: datetime) -> None:
    forum = open_forum("withdrawn-at-once", seats=50, now=now)
    (organiser, _first), (proposer, _second), (member, _third) = people(3, name="withdrawing", now=now)
    call = make_call(forum, organiser, member)
    proposals = [make_session_proposal(call, proposer, f"Session {number}").id for number in range(EACH)]
    close_call(call, actor=organiser, now=now)
    db.session.commit()
    forum_id, actor_id, member_id = forum.id, organiser.id, member.id
    acts: list[Callable[[], Any]] = []
    for each in proposals:
        acts += [partial(_decide, each, actor_id, now), partial(_withdraw, each, now + timedelta(seconds=1))]
        acts += [partial(_score, each, member_id, now), partial(_score, each, member_id, now)]
    words = Told(site).all_at_once(acts)
    assert len(words) == len(acts)
    kept = [db.session.get_one(SessionProposal, each) for each in proposals]
    sessions = list(db.session.scalars(select(ForumSession.id).where(ForumSession.forum_id == forum_id)))
    assert sorted(each.session_id for each in kept if each.session_id is not None) == sorted(sessions)
    assert all(each.state is State.ACCEPTED for each in kept if each.session_id is not None)
    for each in kept:
        reviews = select(func.count()).where(SessionReview.proposal_id == each.id)
        assert (db.session.scalar(reviews) or 0) <= 1


def _decide(proposal_id: int, actor_id: int, now: datetime) -> None:
    proposal, actor = db.session.get_one(SessionProposal, proposal_id), db.session.get_one(Account, actor_id)
    decide_session(proposal, SessionAction.ACCEPT, links=LINKS, actor=actor, now=now)


def _decide_both(call_id: int, ids: list[int], actor_id: int, now: datetime) -> None:
    proposals = [db.session.get_one(SessionProposal, each) for each in ids]
    call, actor = db.session.get_one(SessionCall, call_id), db.session.get_one(Account, actor_id)
    decide_many(call, proposals, SessionAction.ACCEPT, links=LINKS, actor=actor, now=now)


def _send(proposal_id: int, now: datetime) -> None:
    proposal = db.session.get_one(SessionProposal, proposal_id)
    send_session_proposal(proposal, actor=proposal.account, now=now)


def _close(call_id: int, actor_id: int, now: datetime) -> None:
    call, actor = db.session.get_one(SessionCall, call_id), db.session.get_one(Account, actor_id)
    close_call(call, actor=actor, now=now)


def _withdraw(proposal_id: int, now: datetime) -> None:
    proposal = db.session.get_one(SessionProposal, proposal_id)
    withdraw_session_proposal(proposal, actor=proposal.account, now=now)


def _score(proposal_id: int, member_id: int, now: datetime) -> None:
    proposal, member = db.session.get_one(SessionProposal, proposal_id), db.session.get_one(Account, member_id)
    score_session(proposal, {each.id: 4 for each in proposal.call.criteria}, "", actor=member, now=now)
