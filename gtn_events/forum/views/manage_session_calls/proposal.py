"""One proposed session as the organiser reads it: texts, answers, scores, journal."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.queries.personal_data import answers_in_words

from ...domain.session_calls.transitions import SessionParty, session_actions
from ...models import Forum, SessionProposal
from ...queries.session_calls import sent_session
from ...session_standings import is_blind, mean_of, standings
from .blueprint import blueprint, own_call


@blueprint.get("/<int:session_call_id>/proposals/<int:session_proposal_id>")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def proposal(forum: Forum, session_call_id: int, session_proposal_id: int) -> ResponseReturnValue:
    """Show a proposal with what the committee thinks, as far as the reader may know it."""
    call = own_call(forum, session_call_id)
    found: SessionProposal = db.one_or_404(sent_session(call, session_proposal_id))
    sets = [found.answer_set_id] if found.answer_set_id is not None else []
    answers = answers_in_words(sets, with_sensitive=False)
    return render_template(
        "forum/manage/session_calls/proposal.html",
        forum=forum,
        session_call=call,
        proposal=found,
        answers=answers.get(found.answer_set_id or 0, []),
        standing=standings([found], reader=current_account())[0],
        reviews=[] if is_blind(found, current_account()) else found.reviews,
        mean_of=mean_of,
        closed=call.has_closed(clock.now()),
        actions=session_actions(found.state, SessionParty.ORGANISER),
        journal=shown_entries(list(db.session.scalars(entries_about(found)))),
    )
