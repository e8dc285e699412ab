"""Beginning an application, coming back to the draft, throwing it away."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.queries.versions import published_version

from ...domain.application_drafts import begin_draft, discard_draft
from ...domain.application_window import require_open
from ...errors import ApplicationsClosed
from ...forms.application_wizard import ApplicationWizard
from ...models import Call
from ...queries.applicant import live_application_of
from .blueprint import blueprint
from .loading import find_draft, own_draft, page_url, refusal_page, wizard_of


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def start(call: Call) -> ResponseReturnValue:
    """Show what the form will ask, and the draft that is there already."""
    account = current_account()
    if db.session.scalar(live_application_of(call_id=call.id, account_id=account.id)) is not None:
        return redirect(url_for("incubation_my.application", call=call))
    try:
        require_open(call, now=clock.now())
    except ApplicationsClosed as closed:
        return refusal_page(call, closed)
    version = published_version(call.questionnaire)
    return render_template(
        "incubation/apply/start.html",
        call=call,
        draft=find_draft(call),
        steps=ApplicationWizard(call, version, account, {}).steps if version else [],
    )


@blueprint.post("/")
@requires(Permission.SIGNED_IN)
def begin(call: Call) -> ResponseReturnValue:
    """Begin a draft, or go on with the one there is, and lead to its first step that is not done."""
    begin_draft(call, actor=current_account(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".resume", call=call))


@blueprint.get("/resume")
@requires(Permission.SIGNED_IN)
def resume(call: Call) -> ResponseReturnValue:
    """Lead to the first step of the draft that is not done."""
    draft = own_draft(call)
    return redirect(page_url(draft, wizard_of(draft).next_step))


@blueprint.get("/discard")
@requires(Permission.SIGNED_IN)
def confirm_discard(call: Call) -> ResponseReturnValue:
    """Ask before the draft is thrown away, naming what it is for."""
    return render_template("incubation/apply/discard.html", call=call, draft=own_draft(call))


@blueprint.post("/discard")
@requires(Permission.SIGNED_IN)
def discard(call: Call) -> ResponseReturnValue:
    """Throw the draft away."""
    discard_draft(own_draft(call), now=clock.now())
    db.session.commit()
    flash(_("The draft is deleted; nothing was sent."), "success")
    return redirect(url_for("incubation_my.application", call=call))
