"""The pages of calls for sessions in the demonstration: who opens what, and the rows their addresses name."""

from datetime import datetime

from sqlalchemy import ColumnElement, select

from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.models import Account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core.db import db
from gtn_events.forum.models import ProposedSpeaker, SessionCall, SessionProposal
from gtn_events.forum.session_call_enums import SessionCallState, SessionProposalState
from tests.browser.visits import Visit

MANAGE = "/forums/gtn-forum-2027/manage/session-calls"
OPEN = "/forums/gtn-forum-2027/call-for-sessions"
OWN = f"{OPEN}/{{open_call}}/mine"
CLOSED = f"{MANAGE}/{{closed_call}}"
NOBODY = ""
QUESTIONS = (
    "",
    *("/add?kind=url", "/preview", "/publish", "/discard", "/versions", "/versions/1"),
    *("/steps", "/steps/add", "/steps/edit/questions", "/steps/remove/questions"),
    *("/questions/do_you_bring_something_to_show", "/questions/do_you_bring_something_to_show/remove"),
)

VISITS = (
    Visit("organiser", MANAGE),
    Visit("organiser", "/forums/gtn-forum-2013/manage/session-calls"),
    Visit("organiser", f"{MANAGE}/new"),
    Visit("organiser", f"{MANAGE}/new", press="Save"),
    *(Visit("organiser", f"{MANAGE}/{{{name}_call}}") for name in ("draft", "open")),
    Visit("organiser", CLOSED, dark=True),
    *(Visit("organiser", f"{CLOSED}{page}") for page in ("?state=accepted", "/settings", "/committee")),
    Visit("organiser", f"{CLOSED}/committee", press="Put on the committee"),
    *(Visit("organiser", f"{CLOSED}/proposals/{{{name}_session}}") for name in ("accepted", "received", "declined")),
    Visit("organiser", f"{CLOSED}/proposals/{{received_session}}", press="Accept…", dark=True),
    Visit("organiser", f"{CLOSED}/proposals/{{received_session}}", press="Decline…"),
    *(Visit("organiser", f"{MANAGE}/{{open_call}}/questionnaire{page}") for page in QUESTIONS),
    *(Visit(who, OPEN) for who in (NOBODY, "delegate")),
    Visit(NOBODY, f"{OPEN}/{{open_call}}", dark=True),
    Visit("delegate", f"{OPEN}/{{open_call}}"),
    Visit("helper", f"{OPEN}/{{closed_call}}"),
    Visit("delegate", f"{OPEN}/{{open_call}}/new", dark=True),
    *(Visit("delegate", f"{OWN}/{{draft_session}}{page}") for page in ("", "/edit", "/withdraw")),
    *(Visit("delegate", f"{OWN}/{{own_session}}{page}") for page in ("", "/edit", "/withdraw")),
    Visit("delegate", f"{OPEN}/{{closed_call}}/mine/{{accepted_session}}"),
    Visit("delegate", f"{OPEN}/{{closed_call}}/mine/{{accepted_session}}/withdraw"),
    Visit("helper", f"{OPEN}/{{closed_call}}/committee"),
    Visit("judge", f"{OPEN}/{{open_call}}/committee"),
    *(
        Visit("helper", f"{OPEN}/{{closed_call}}/committee/{{{name}_session}}")
        for name in ("waitlisted", "received", "accepted")
    ),
    Visit("judge", f"{OPEN}/{{closed_call}}/committee/{{received_session}}", dark=True),
    Visit("judge", f"{OPEN}/{{closed_call}}/committee/{{received_session}}", press="Keep my score"),
    Visit("travel", f"{OPEN}/speaking/{{speaking}}"),
    Visit(NOBODY, f"{OPEN}/speaker/{{speaker_token}}"),
    Visit(NOBODY, f"{OPEN}/speaker/broken", status=410),
)


def session_rows(*, now: datetime) -> dict[str, str]:
    """Name the calls and proposals that people open, and the link of a speaker."""
    delegate = db.session.scalars(select(Account).where(Account.email == "delegate@gtn.example")).one()
    calls = {
        state: db.session.scalars(select(SessionCall.id).where(SessionCall.state == state)).one()
        for state in SessionCallState
    }
    opened, closed = calls[SessionCallState.PUBLISHED], calls[SessionCallState.CLOSED]
    state, own = SessionProposal.state, SessionProposal.account_id == delegate.id
    theirs, answered = SessionProposal.call_id == opened, SessionProposal.call_id == closed
    accepted = _proposal(answered, state == SessionProposalState.ACCEPTED)
    asked = select(ProposedSpeaker).where(
        ProposedSpeaker.proposal_id == int(accepted), ProposedSpeaker.email_key == "travel@gtn.example"
    )
    speaker = db.session.scalars(asked).one()
    values = {"speaker": speaker.id, "email": speaker.email_key}
    names = ("received", "waitlisted", "declined")
    return {
        "draft_call": str(calls[SessionCallState.DRAFT]),
        "open_call": str(opened),
        "closed_call": str(closed),
        "draft_session": _proposal(theirs, own, state == SessionProposalState.DRAFT),
        "own_session": _proposal(theirs, own, state == SessionProposalState.RECEIVED),
        "accepted_session": accepted,
        **{f"{name}_session": _proposal(answered, state == SessionProposalState(name)) for name in names},
        "speaking": str(speaker.id),
        "speaker_token": signer().make(LinkPurpose.SPEAKER, values, now=now),
    }


def _proposal(*where: ColumnElement[bool]) -> str:
    return str(db.session.scalars(select(SessionProposal.id).where(*where).order_by(SessionProposal.id).limit(1)).one())
