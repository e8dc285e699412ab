"""Proposed side events: the list, when they are taken, one proposal with notes and what can be done with it."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.venue_time import local_at_venue

from ...domain.proposals.deciding import note_on_proposal
from ...domain.proposals.transitions import ProposalParty, proposal_actions
from ...domain.proposals.window import set_window, window_of_proposals
from ...enums import ProposalState
from ...forms.proposal import WindowForm, stored_window
from ...models import Forum, SideEventProposal
from ...queries.proposals import proposal_counts, proposals_sent, sent_proposal
from .blueprint import blueprint


@blueprint.get("/proposals")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def proposal_list(forum: Forum) -> ResponseReturnValue:
    """Show what was proposed, the longest waiting first, and whether more is taken."""
    wanted = request.args.get("state", "")
    state = ProposalState(wanted) if wanted in {each.value for each in ProposalState} else None
    window, now = window_of_proposals(forum), clock.now()
    return render_template(
        "forum/manage/proposals.html",
        forum=forum,
        proposals=proposals_sent(forum, state),
        counts=proposal_counts(forum),
        state=state,
        window=window,
        now=now,
    )


@blueprint.route("/proposals/window", methods=["GET", "POST"])
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def proposal_window(forum: Forum) -> ResponseReturnValue:
    """Show when proposals are taken, or change it."""
    form = WindowForm(forum, data=None if request.method == "POST" else _stored(forum))
    if request.method == "GET":
        form.show(window_of_proposals(forum))
    if not form.validate_on_submit():
        return _window_page(forum, form)
    try:
        set_window(
            forum,
            **form.moments,
            takes=form.takes.data,
            words=form.words.data or "",
            seen=form.version,
            actor=current_account(),
            now=clock.now(),
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_beside(refusal, window_of_proposals(forum), _stored(forum))
        return _window_page(forum, form)
    flash(_("Saved."), "success")
    return redirect(url_for(".proposal_list", forum=forum))


@blueprint.get("/proposals/<int:proposal_id>")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def proposal(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Show a proposal with everything it asks for, the notes, and what can be done now."""
    found: SideEventProposal = db.one_or_404(sent_proposal(forum, proposal_id))
    return render_template(
        "forum/manage/proposal.html",
        forum=forum,
        proposal=found,
        actions=proposal_actions(found.state, ProposalParty.ORGANISER),
        journal=shown_entries(list(db.session.scalars(entries_about(found)))),
    )


@blueprint.post("/proposals/<int:proposal_id>/notes")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def proposal_note(forum: Forum, proposal_id: int) -> ResponseReturnValue:
    """Keep a note that the proposer does not see."""
    found = db.one_or_404(sent_proposal(forum, proposal_id))
    note_on_proposal(found, request.form.get("text", "")[:4000], actor=current_account(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".proposal", forum=forum, proposal_id=found.id) + "#notes")


def _stored(forum: Forum) -> dict[str, object]:
    window = window_of_proposals(forum)
    if window is not None:
        return stored_window(window, forum.time_zone)
    today = local_at_venue(clock.now(), forum.time_zone)
    assert today is not None  # for the type checker: now is a moment
    opens_at = today.replace(hour=9, minute=0, second=0, microsecond=0)
    return {"opens_at": opens_at, "closes_at": opens_at + timedelta(days=30), "takes": True}


def _window_page(forum: Forum, form: WindowForm) -> ResponseReturnValue:
    page = render_template("forum/manage/proposal_window.html", forum=forum, form=form)
    return page, 422 if form.errors or form.form_errors else 200
