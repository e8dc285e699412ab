"""The desk of the committee: what waits for the own score, and one proposal with its form."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.queries.personal_data import answers_in_words

from ...domain.session_calls.scoring import score_session, why_not_scored
from ...forms.session_proposal import SessionReviewForm, review_form, score_name
from ...models import Forum, SessionCall, SessionProposal
from ...queries.session_calls import sent_session, sent_sessions
from ...session_call_enums import SessionProposalState
from ...session_standings import is_blind, mean_of, standings
from .blueprint import blueprint, public_call


@blueprint.get("/<int:session_call_id>/committee")
@requires(Permission.SIGNED_IN)
def committee(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Show the proposals: what the person has not scored yet stands first."""
    call, account, now = _own_committee(forum, session_call_id), current_account(), clock.now()
    found = [each for each in sent_sessions(call) if each.state is not SessionProposalState.WITHDRAWN]
    waiting = {each.id for each in found if _waits(each)}
    return render_template(
        "forum/session_calls/committee.html",
        forum=forum,
        session_call=call,
        closed=call.has_closed(now),
        waiting=[each for each in found if each.id in waiting],
        scored=standings([each for each in found if each.id not in waiting], reader=account),
        reader=account,
    )


@blueprint.route("/<int:session_call_id>/committee/<int:session_proposal_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def score(forum: Forum, session_call_id: int, session_proposal_id: int) -> ResponseReturnValue:
    """Show a proposal with the own score, and what the others think once it is in; or keep the score."""
    call, account, now = _own_committee(forum, session_call_id), current_account(), clock.now()
    proposal: SessionProposal = db.one_or_404(sent_session(call, session_proposal_id))
    own = next((each for each in proposal.reviews if each.account_id == account.id), None)
    form = review_form(call, own)
    if form.validate_on_submit():
        try:
            score_session(proposal, form.scores(call.criteria), form.comment.data or "", actor=account, now=now)
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("Your score of %(title)s is kept.", title=proposal.title), "success")
            return redirect(url_for(".committee", forum=forum, session_call_id=call.id))
    return _page(forum, call, proposal, form)


def _page(forum: Forum, call: SessionCall, proposal: SessionProposal, form: SessionReviewForm) -> ResponseReturnValue:
    account = current_account()
    sets = [proposal.answer_set_id] if proposal.answer_set_id is not None else []
    answers = answers_in_words(sets, with_sensitive=False)
    blind = is_blind(proposal, account)
    page = render_template(
        "forum/session_calls/score.html",
        forum=forum,
        session_call=call,
        proposal=proposal,
        answers=answers.get(proposal.answer_set_id or 0, []),
        form=form,
        score_name=score_name,
        refusal=why_not_scored(proposal, account, now=clock.now()),
        concerned=proposal.concerns(account),
        others=[] if blind else [each for each in proposal.reviews if each.account_id != account.id],
        mean_of=mean_of,
    )
    return page, 422 if request.method == "POST" else 200


def _waits(proposal: SessionProposal) -> bool:
    account = current_account()
    scored = any(each.account_id == account.id for each in proposal.reviews)
    return proposal.state.is_undecided and not scored and not proposal.concerns(account)


def _own_committee(forum: Forum, call_id: int) -> SessionCall:
    call = public_call(forum, call_id)
    if all(each.account_id != current_account().id for each in call.members):
        abort(404)
    return call
