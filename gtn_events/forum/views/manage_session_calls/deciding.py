"""Deciding on one or many proposals: first what would happen with every mail, then the act."""

from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.domain.signed_links import LinkSigner, PlaceOfLink
from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.addresses import row_ids
from gtn_events.core.bulk import Effect
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.session_calls.deciding import MailToCome, decide_many, mails_written
from ...domain.session_calls.transitions import DECISIONS, SessionAction
from ...forms.session_call import DecisionForm
from ...models import Forum, SessionCall
from ...queries.session_calls import sent_sessions
from ...session_call_enums import SessionProposalState
from .blueprint import blueprint, own_call

# More mails are not read one by one; how many there are stands beside them.
MOST_SHOWN = 20


@blueprint.post("/<int:session_call_id>/effect")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def effect(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Show what a decision would do and the mails it would send; nothing happens yet."""
    call, action, ids = own_call(forum, session_call_id), _action(), row_ids(request.form.getlist("ids"))
    if not ids:
        flash(_("Choose at least one proposal first."), "danger")
        return redirect(url_for(".call", forum=forum, session_call_id=call.id))
    return _effect_page(forum, call, action, ids, DecisionForm())


@blueprint.post("/<int:session_call_id>/act")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def act(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Do it; who is refused stays as before and is named."""
    call, action, ids = own_call(forum, session_call_id), _action(), row_ids(request.form.getlist("ids"))
    form = DecisionForm()
    valid = form.validate()
    if action is SessionAction.DECLINE and not (form.reason.data or ""):
        form.reason.errors = [*form.reason.errors, _("Give a reason: the proposers will read it.")]
        valid = False
    if not valid:
        page = _effect_page(forum, call, action, ids, form)
        return page, 422
    done = _decide(call, action, ids, form.reason.data or "", links=signer(), now=clock.now())
    db.session.commit()
    return render_template(
        "forum/manage/session_calls/done.html", forum=forum, session_call=call, action=action, effect=done
    )


def _effect_page(forum: Forum, call: SessionCall, action: SessionAction, ids: list[int], form: DecisionForm) -> str:
    told, mails = _preview(call, action, ids, form.reason.data or "")
    return render_template(
        "forum/manage/session_calls/effect.html",
        forum=forum,
        session_call=call,
        action=action,
        ids=ids,
        form=form,
        effect=told,
        mails=mails[:MOST_SHOWN],
        more=max(0, len(mails) - MOST_SHOWN),
    )


def _preview(
    call: SessionCall, action: SessionAction, ids: list[int], reason: str
) -> tuple[Effect[SessionProposalState], list[MailToCome]]:
    """Do it and undo it again: what it would do is what it does, but for the links, which are their speakers' alone."""
    now = clock.now()
    stands = reason or (_("(your reason)") if action is SessionAction.DECLINE else "")
    told = _decide(call, action, ids, stands, links=PlaceOfLink(), now=now)
    mails = mails_written(ids, now=now)
    db.session.rollback()
    return told, mails


def _decide(
    call: SessionCall, action: SessionAction, ids: list[int], reason: str, *, links: LinkSigner, now: datetime
) -> Effect[SessionProposalState]:
    chosen = sent_sessions(call, among=ids)
    return decide_many(call, chosen, action, reason=reason, links=links, actor=current_account(), now=now)


def _action() -> SessionAction:
    return next((each for each in DECISIONS if each.value == request.form.get("action")), None) or abort(404)
