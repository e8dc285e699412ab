"""One call: what came in by its mean, and what can be done with the call now."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.session_calls.calls import close_call, publish_call
from ...domain.session_calls.transitions import DECISIONS
from ...models import Forum
from ...queries.session_calls import sent_sessions
from ...session_call_enums import SessionProposalState
from ...session_standings import standings
from .blueprint import blueprint, own_call


@blueprint.get("/<int:session_call_id>")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def call(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Show the proposals of a call, all or those in one state."""
    found, now = own_call(forum, session_call_id), clock.now()
    sent = sent_sessions(found)
    states = [each for each in SessionProposalState if any(proposal.state is each for proposal in sent)]
    wanted = next((each for each in states if each.value == request.args.get("state")), None)
    shown = [each for each in sent if wanted is None or each.state is wanted]
    return render_template(
        "forum/manage/session_calls/call.html",
        forum=forum,
        session_call=found,
        counts={each: sum(proposal.state is each for proposal in sent) for each in states},
        state=wanted,
        standings=standings(shown, reader=current_account()),
        total=len(sent),
        closed=found.has_closed(now),
        open=found.is_open(now),
        decisions=DECISIONS,
        now=now,
    )


@blueprint.post("/<int:session_call_id>/publish")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def publish(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Show a call to everybody, or open a closed one again."""
    found = own_call(forum, session_call_id)
    publish_call(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is published.", title=found.title), "success")
    return redirect(url_for(".call", forum=forum, session_call_id=found.id))


@blueprint.post("/<int:session_call_id>/close")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def close(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Take nothing more."""
    found = own_call(forum, session_call_id)
    close_call(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is closed. The committee can score now.", title=found.title), "success")
    return redirect(url_for(".call", forum=forum, session_call_id=found.id))
