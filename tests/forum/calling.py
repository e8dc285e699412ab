"""Calls for sessions and proposals for tests."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.session_calls.calls import (
    CallDetails,
    SessionType,
    begin_call_questions,
    close_call,
    name_member,
    open_call,
    publish_call,
)
from gtn_events.forum.domain.session_calls.deciding import decide_session
from gtn_events.forum.domain.session_calls.drafts import NamedSpeaker, SessionTexts, begin_session_proposal
from gtn_events.forum.domain.session_calls.scoring import score_session
from gtn_events.forum.domain.session_calls.sending import send_session_proposal
from gtn_events.forum.domain.session_calls.transitions import SessionAction
from gtn_events.forum.models import Forum, SessionCall, SessionProposal
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.factories import MADE_AT

LINKS = LinkSigner("a secret of tests")
# Whenever the tests run, the call is open.
FAR = datetime(2099, 12, 31, 16, 59, tzinfo=UTC)
CLOSED_AT = MADE_AT + timedelta(days=10)
TYPES = (SessionType("Panel", 90), SessionType("Case pitch", 15))
CRITERIA = ("Use for small firms", "Clear plan")
ROSA = NamedSpeaker("Rosa Huamán", "rosa@firm.example", "PE", "Builds cold stores.")
KENJI = NamedSpeaker("Kenji Mori", "kenji@firm.example", "JPN", "Measures water.")


def call_details(**values: Any) -> CallDetails:
    """What an organiser says about a call; ``values`` are fields of ``CallDetails``."""
    defaults: dict[str, Any] = {
        "title": "Call for sessions",
        "text": "We look for **practice**.",
        "opens_at": MADE_AT,
        "closes_at": FAR,
        "types": TYPES,
        "criteria": CRITERIA,
    }
    return CallDetails(**(defaults | values))


def make_call(
    forum: Forum, organiser: Account, *members: Account, published: bool = True, **values: Any
) -> SessionCall:
    """A call that is open from April 2013 on, with a committee; ``values`` are fields of ``CallDetails``."""
    call = open_call(forum, call_details(**values), actor=organiser, now=MADE_AT)
    for member in members:
        name_member(call, member.email, actor=organiser, now=MADE_AT)
    if published:
        publish_call(call, actor=organiser, now=MADE_AT)
    db.session.commit()
    return call


def ask(call: SessionCall, organiser: Account, label: str = "What do people take home?", **values: Any) -> str:
    """Let a call ask a required question of its own, and return its key."""
    draft = draft_version_of(begin_call_questions(call, actor=organiser, now=MADE_AT), actor=None, now=MADE_AT)
    spec = QuestionSpec(QuestionKind.SHORT_TEXT, label, required=True, **values)
    question = add_question(draft, spec, actor=None, now=MADE_AT)
    publish_version(draft, actor=None, now=MADE_AT)
    db.session.commit()
    return question.key


def session_texts(title: str = "Cold stores that pay", **values: Any) -> SessionTexts:
    """A proposal in which nothing is missing; ``values`` are fields of ``SessionTexts``."""
    defaults: dict[str, Any] = {
        "title": title,
        "abstract": "Three firms open their books.",
        "type_name": "Panel",
        "minutes": 75,
        "languages": ("en", "es"),
        "speakers": (ROSA, KENJI),
        "answers": {},
    }
    return SessionTexts(**(defaults | values))


def make_session_proposal(
    call: SessionCall, account: Account, title: str = "Cold stores that pay", *, sent: bool = True, **values: Any
) -> SessionProposal:
    """A proposal that the organiser has, or a draft in which nothing is missing."""
    proposal = begin_session_proposal(call, session_texts(title, **values), actor=account, now=MADE_AT)
    if sent:
        send_session_proposal(proposal, actor=account, now=MADE_AT)
    db.session.commit()
    return proposal


def close(call: SessionCall, organiser: Account) -> None:
    """Close a call by hand."""
    close_call(call, actor=organiser, now=CLOSED_AT)
    db.session.commit()


def score(proposal: SessionProposal, member: Account, scores: Sequence[int], comment: str = "") -> None:
    """Score a proposal, one number for each criterion."""
    given = dict(zip((each.id for each in proposal.call.criteria), scores, strict=True))
    score_session(proposal, given, comment, actor=member, now=CLOSED_AT)
    db.session.commit()


def decide(proposal: SessionProposal, action: SessionAction, organiser: Account, *, reason: str = "") -> None:
    """Decide on a proposal of a closed call."""
    decide_session(proposal, action, reason=reason, links=LINKS, actor=organiser, now=CLOSED_AT)
    db.session.commit()
