"""Calls for sessions in every state, answered, scored and decided by the functions that clicks use."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
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
from gtn_events.forum.domain.session_calls.sending import (
    confirm_session,
    send_session_proposal,
    withdraw_session_proposal,
)
from gtn_events.forum.domain.session_calls.transitions import SessionAction
from gtn_events.forum.models import Forum, SessionCall, SessionProposal
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind

TEXT = """We look for sessions in which people of small firms say what worked, what it cost, and what they would not do
again.

- Speakers of **two economies or more** in a panel.
- No product presentations; there is an exhibition for them.
"""
TYPES = (SessionType("Panel", 90), SessionType("Presentations", 60), SessionType("Case pitch", 15))
CRITERIA = ("Use for small firms", "Clear plan of the session", "Speakers of several economies")
# Title, type, who proposes, the scores of both members for the three criteria.
PROPOSED = (
    ("Cold chains that pay for themselves", "Panel", "delegate", ((5, 4, 5), (5, 5, 4))),
    ("What a public buyer may ask", "Presentations", "ct1", ((4, 4, 3), (5, 4, 4))),
    ("Husk boards: three years later", "Case pitch", "phl3", ((3, 4, 2), (4, 4, 2))),
    ("Water that is used twice", "Panel", "vn1", ((3, 3, 4), (2, 3, 4))),
    ("Our new pump", "Case pitch", "mex1", ((1, 3, 1), (2, 2, 1))),
    ("Repair cafés for machines", "Presentations", "ct2", ((4, 3, 3),)),
    ("Leasing a cold store", "Case pitch", "vn1", ((4, 4, 4),)),
)


def call_for_sessions(
    forum: Forum, staff: Mapping[str, Account], people: Mapping[str, Account], *, secret_key: str, now: datetime
) -> None:
    """Make a draft, one that is open with answers, and one that is closed with every decision. Flushes."""
    organiser = staff["organiser"]
    _call(forum, "Call for late-breaking cases", organiser, opens_at=now + timedelta(days=10), days=20, now=now)
    opened = now - timedelta(days=4)
    running = _call(forum, "Call for case pitches", organiser, opens_at=opened, days=25, now=opened)
    publish_call(running, actor=organiser, now=opened)
    _name_committee(running, staff, now=opened)
    answers = {_ask(running, organiser, now=opened): "A page of figures that can be checked."}
    before, delegate = now - timedelta(days=2), staff["delegate"]
    _propose(running, "A cold store in a container", "Case pitch", people["vn1"], answers=answers, now=before)
    _propose(running, "Drying with what the sun leaves", "Case pitch", delegate, answers=answers, now=before)
    _propose(running, "Selling water by the bottle rack", "Case pitch", delegate, now=now, sent=False)
    begun = now - timedelta(days=40)
    closed = _call(forum, "Call for sessions", organiser, opens_at=begun, days=60, now=begun)
    publish_call(closed, actor=organiser, now=begun)
    _name_committee(closed, staff, now=begun)
    _answer_and_decide(closed, staff, people, links=LinkSigner(secret_key), now=now)


def _answer_and_decide(
    call: SessionCall,
    staff: Mapping[str, Account],
    people: Mapping[str, Account],
    *,
    links: LinkSigner,
    now: datetime,
) -> None:
    accounts = {**people, **staff}
    sent = now - timedelta(days=30)
    proposals = [
        _propose(call, title, type_name, accounts[key], now=sent + timedelta(hours=number))
        for number, (title, type_name, key, _scores) in enumerate(PROPOSED)
    ]
    organiser, decided = staff["organiser"], now - timedelta(days=6)
    close_call(call, actor=organiser, now=now - timedelta(days=12))
    for proposal, (_title, _type, _key, scores) in zip(proposals, PROPOSED, strict=True):
        for member, given in zip((staff["helper"], staff["judge"]), scores, strict=False):
            score_session(
                proposal,
                dict(zip((each.id for each in call.criteria), given, strict=True)),
                "Just what was missing last time." if sum(given) > 12 else "",  # a good score
                actor=member,
                now=now - timedelta(days=9),
            )
    first, second, third, fourth, fifth, _undecided, withdrawn = proposals
    for proposal, action, reason in (
        (first, SessionAction.ACCEPT, ""),
        (second, SessionAction.ACCEPT, "Please leave a third of the time for questions."),
        (third, SessionAction.WAITLIST, ""),
        (fourth, SessionAction.WAITLIST, "A session on the same subject is accepted; there may be room on day 2."),
        (fifth, SessionAction.DECLINE, "This presents one product. There is room for it in the exhibition."),
    ):
        decide_session(proposal, action, reason=reason, links=links, actor=organiser, now=decided)
    confirm_session(second, actor=second.account, now=decided + timedelta(days=1))
    withdraw_session_proposal(withdrawn, actor=withdrawn.account, now=decided)


def _call(forum: Forum, title: str, organiser: Account, *, opens_at: datetime, days: int, now: datetime) -> SessionCall:
    closes_at = opens_at + timedelta(days=days)
    details = CallDetails(
        title=title, text=TEXT, opens_at=opens_at, closes_at=closes_at, types=TYPES, criteria=CRITERIA
    )
    return open_call(forum, details, actor=organiser, now=now)


def _name_committee(call: SessionCall, staff: Mapping[str, Account], *, now: datetime) -> None:
    for key in ("helper", "judge"):
        name_member(call, staff[key].email, actor=staff["organiser"], now=now)


def _ask(call: SessionCall, organiser: Account, *, now: datetime) -> str:
    """Ask two questions and return the key of the first."""
    draft = draft_version_of(begin_call_questions(call, actor=organiser, now=now), actor=organiser, now=now)
    asked = (
        QuestionSpec(QuestionKind.LONG_TEXT, "What do people take home?"),
        QuestionSpec(QuestionKind.YES_NO, "Do you bring something to show?"),
    )
    questions = [add_question(draft, spec, actor=organiser, now=now) for spec in asked]
    publish_version(draft, actor=organiser, now=now)
    return questions[0].key


def _propose(
    call: SessionCall,
    title: str,
    type_name: str,
    account: Account,
    *,
    now: datetime,
    sent: bool = True,
    answers: Mapping[str, str] = MappingProxyType({}),
) -> SessionProposal:
    name = f"{account.given_name} {account.family_name}"
    own = NamedSpeaker(name, account.email, account.economy_code, "Runs a firm of twenty people.")
    guest = NamedSpeaker("Mele Kila", "travel@gtn.example", "PNG", "Advises small firms on what they can measure.")
    texts = SessionTexts(
        title=title,
        abstract="Three firms put their figures on the table: what it cost, what it saved, and what went wrong.",
        type_name=type_name,
        minutes=call.minutes_of(type_name),
        languages=("en",),
        speakers=(own,) if type_name == "Case pitch" else (own, guest),
        answers=answers,
    )
    proposal = begin_session_proposal(call, texts, actor=account, now=now)
    if sent:
        send_session_proposal(proposal, actor=account, now=now + timedelta(minutes=20))
    return proposal
