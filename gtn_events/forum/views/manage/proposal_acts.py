"""What an organiser does with a proposal, each on a page that says what follows."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.proposals.deciding import agree_to_proposal, decide_proposal, publish_proposal
from ...domain.proposals.transitions import ProposalAction, ProposalParty, proposal_actions
from ...forms.proposal import AgreeForm, ReasonForm
from ...models import Forum, SideEventProposal
from ...queries.proposals import sent_proposal
from .blueprint import blueprint

WITH_REASON = (ProposalAction.ASK_CHANGES, ProposalAction.DECLINE)


@blueprint.post("/proposals/<int:proposal_id>/review")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def proposal_review(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Take it up; the proposer is told."""
    found = _found(forum, proposal_id)
    decide_proposal(found, ProposalAction.REVIEW, actor=current_account(), now=clock.now())
    return _done(forum, found)


@blueprint.route("/proposals/<int:proposal_id>/answer/<answer>", methods=["GET", "POST"])
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def proposal_answer(forum: Forum, proposal_id: int, answer: str) -> ResponseReturnValue:
    """Ask for a reason, then send it back for changes or decline it."""
    found, form = _found(forum, proposal_id), ReasonForm()
    if answer not in WITH_REASON:
        abort(404)
    if ProposalAction(answer) not in proposal_actions(found.state, ProposalParty.ORGANISER):
        return redirect(url_for(".proposal", forum=forum, proposal_id=found.id))
    if not form.validate_on_submit():
        return _reason_page(forum, found, form, answer)
    try:
        reason = form.reason.data or ""
        decide_proposal(found, ProposalAction(answer), reason=reason, actor=current_account(), now=clock.now())
        return _done(forum, found)
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _reason_page(forum, found, form, answer)


@blueprint.route("/proposals/<int:proposal_id>/agree", methods=["GET", "POST"])
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def proposal_agree(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Ask for room, time and places, then make a side event of it."""
    found = _found(forum, proposal_id)
    if ProposalAction.AGREE not in proposal_actions(found.state, ProposalParty.ORGANISER):
        return redirect(url_for(".proposal", forum=forum, proposal_id=found.id))
    form = AgreeForm(forum, data=None if request.method == "POST" else {"capacity": found.expected_number})
    if not form.validate_on_submit():
        return _agree_page(forum, found, form)
    try:
        agree_to_proposal(found, form.place(), links=signer(), actor=current_account(), now=clock.now())
        return _done(forum, found)
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _agree_page(forum, found, form)


@blueprint.post("/proposals/<int:proposal_id>/publish")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def proposal_publish(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Let delegates see and choose it."""
    found = _found(forum, proposal_id)
    publish_proposal(found, actor=current_account(), now=clock.now())
    return _done(forum, found)


def _done(forum: Forum, proposal: SideEventProposal) -> ResponseReturnValue:
    db.session.commit()
    flash(
        _(
            "%(title)s is now: %(state)s. The proposer is told.",
            title=proposal.title,
            state=proposal.state.label.lower(),
        ),
        "success",
    )
    return redirect(url_for(".proposal", forum=forum, proposal_id=proposal.id))


def _found(forum: Forum, proposal_id: int) -> SideEventProposal:
    found: SideEventProposal = db.one_or_404(sent_proposal(forum, proposal_id))
    return found


def _reason_page(forum: Forum, found: SideEventProposal, form: ReasonForm, answer: str) -> ResponseReturnValue:
    page = render_template("forum/manage/proposal_answer.html", forum=forum, proposal=found, form=form, answer=answer)
    return page, 422 if form.errors or form.form_errors else 200


def _agree_page(forum: Forum, found: SideEventProposal, form: AgreeForm) -> ResponseReturnValue:
    page = render_template("forum/manage/proposal_agree.html", forum=forum, proposal=found, form=form)
    return page, 422 if form.errors or form.form_errors else 200
