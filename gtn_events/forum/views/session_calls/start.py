"""The calls of a forum and the public page of one; the form for a new proposal and for one that is kept."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, public, requires
from gtn_events.questionnaire.forms.files import store_files

from ...domain.session_calls.drafts import begin_session_proposal, save_session_proposal, takes_sessions
from ...domain.session_calls.rules import questions_for_proposal, questions_of_call, why_no_more
from ...forms.session_proposal import (
    SessionProposalForm,
    call_questions_form,
    can_be_kept,
    speaker_numbers,
    stored_session_proposal,
)
from ...models import Forum, SessionCall, SessionProposal
from ...queries.session_calls import own_session_proposal, proposals_by, public_calls
from ...session_call_enums import SessionProposalState
from .blueprint import blueprint, public_call


@blueprint.get("")
@public
def calls(forum: Forum) -> ResponseReturnValue:
    """Show the calls of the forum."""
    return render_template(
        "forum/session_calls/calls.html", forum=forum, session_calls=public_calls(forum), now=clock.now()
    )


@blueprint.get("/<int:session_call_id>")
@public
def call(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Show what is looked for, until when, and what the signed-in person has proposed."""
    found = public_call(forum, session_call_id)
    signed_in = current_user.is_authenticated
    return render_template(
        "forum/session_calls/call.html",
        forum=forum,
        session_call=found,
        takes=takes_sessions(found, now=clock.now()),
        why_no_more=why_no_more(found, current_user.id) if signed_in else "",
        proposals=proposals_by(found, current_user.id) if signed_in else [],
        scores=signed_in and any(each.account_id == current_user.id for each in found.members),
        now=clock.now(),
    )


@blueprint.route("/<int:session_call_id>/new", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def new(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Show an empty form, or keep a first draft."""
    found, account = public_call(forum, session_call_id), current_account()
    if not takes_sessions(found, now=clock.now()):
        return redirect(url_for(".call", forum=forum, session_call_id=found.id))
    if request.method == "GET" and why_no_more(found, account.id):
        # The page of the call says why.
        return redirect(url_for(".call", forum=forum, session_call_id=found.id))
    known = {
        "speaker_name_1": f"{account.given_name} {account.family_name}".strip(),
        "speaker_email_1": account.email,
        "speaker_economy_1": account.economy_code or "",
    }
    form = SessionProposalForm(found, data=None if request.method == "POST" else known)
    return _form_page(forum, found, form, None)


@blueprint.route("/<int:session_call_id>/mine/<int:session_proposal_id>/edit", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def edit(forum: Forum, session_call_id: int, session_proposal_id: int) -> ResponseReturnValue:
    """Show the form of one's own proposal, or keep what was typed."""
    found = public_call(forum, session_call_id)
    proposal = db.one_or_404(own_session_proposal(found, current_account().id, session_proposal_id))
    editable = proposal.state in (SessionProposalState.DRAFT, SessionProposalState.RECEIVED)
    if not editable or not takes_sessions(found, now=clock.now()):
        return redirect(_page_of(forum, proposal))
    form = SessionProposalForm(found, data=None if request.method == "POST" else stored_session_proposal(proposal))
    return _form_page(forum, found, form, proposal)


def _form_page(
    forum: Forum, found: SessionCall, form: SessionProposalForm, proposal: SessionProposal | None
) -> ResponseReturnValue:
    asked = questions_for_proposal(proposal) if proposal is not None else questions_of_call(found)
    questions = call_questions_form(asked, proposal)
    account, now = current_account(), clock.now()
    if request.method == "POST":
        valid = form.validate()
        kept = questions is None or (can_be_kept(questions) and store_files(questions, owner_id=account.id, now=now))
        try:
            if valid and kept:
                texts = form.texts(questions.values() if questions is not None else {})
                if proposal is None:
                    proposal = begin_session_proposal(found, texts, actor=account, now=now)
                else:
                    save_session_proposal(proposal, texts, seen=form.version, actor=account, now=now)
                db.session.commit()
                flash(_("Saved."), "success")
                return redirect(_page_of(forum, proposal))
        except DomainError as refusal:
            form.refuse(refusal)
        db.session.rollback()
    page = render_template(
        "forum/session_calls/form.html",
        forum=forum,
        session_call=found,
        form=form,
        questions=questions,
        proposal=proposal,
        speakers=speaker_numbers(),
    )
    return page, 422 if request.method == "POST" else 200


def _page_of(forum: Forum, proposal: SessionProposal) -> str:
    return url_for(".show", forum=forum, session_call_id=proposal.call_id, session_proposal_id=proposal.id)
