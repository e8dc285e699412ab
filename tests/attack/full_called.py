"""A call for sessions with a committee, own questions, a scored and accepted proposal; every text carries one word."""

from typing import Any

from flask import current_app

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.session_calls.calls import SessionType, begin_call_questions, publish_call
from gtn_events.forum.domain.session_calls.deciding import decide_session
from gtn_events.forum.domain.session_calls.drafts import NamedSpeaker
from gtn_events.forum.domain.session_calls.transitions import SessionAction
from gtn_events.forum.models import Forum
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.steps import StepText, add_step
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.factories import MADE_AT, make_account
from tests.forum.calling import CLOSED_AT, close, make_call, make_session_proposal, score


def make_called(forum: Forum, organiser: Account, delegate: Account, word: str) -> dict[str, Any]:
    """Make it and return what addresses are filled with; the delegate proposed it, and the call is open again."""
    member = make_account(f"member.{word}@gtn.example", family_name=f"Member {word}")
    call = make_call(
        forum,
        organiser,
        member,
        organiser,
        title=f"Call {word}",
        text=f"Wanted {word}",
        types=(SessionType(f"Type {word}", 60),),
        criteria=(f"Criterion {word}",),
    )
    # The keys and the number are those of the registration's questions.
    for label in (f"First {word}", f"Label {word}"):
        draft = draft_version_of(begin_call_questions(call, actor=organiser, now=MADE_AT), actor=None, now=MADE_AT)
        add_question(draft, QuestionSpec(QuestionKind.SHORT_TEXT, label), actor=None, now=MADE_AT)
        if label.startswith("Label"):
            add_step(draft, StepText(f"Step {word}"), actor=None, now=MADE_AT)
        publish_version(draft, actor=None, now=MADE_AT)
    speaker = NamedSpeaker(f"Named {word}", f"named.{word}@firm.example", "PE", f"Biography {word}")
    texts = {"abstract": f"Abstract {word}", "type_name": f"Type {word}", "speakers": (speaker,)}
    proposal = make_session_proposal(call, delegate, f"Wished session {word}", **texts)
    make_session_proposal(call, delegate, f"Session draft {word}", sent=False, **texts)
    close(call, organiser)
    score(proposal, member, [4], f"Comment {word}")
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    accepted = {"reason": f"Welcome {word}", "links": links, "actor": organiser, "now": CLOSED_AT}
    decide_session(proposal, SessionAction.ACCEPT, **accepted)
    publish_call(call, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    return {
        "session_call_id": call.id,
        "session_member_id": call.members[0].id,
        "session_proposal_id": proposal.id,
        "proposed_speaker_id": proposal.speakers[0].id,
    }
