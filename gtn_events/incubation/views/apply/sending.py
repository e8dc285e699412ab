"""The check of the whole, with what is missing, and sending it once."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.views.wizard import step_marks

from ...domain.application_submission import accept_newest, change_application, send_application
from ...errors import AlreadySent, WishRefused
from ...forms.application_wizard import ApplicationWizard
from ...models import ApplicationDraft, Call
from .blueprint import blueprint
from .loading import closed_page, find_draft, own_draft, page_url, wizard_of


@blueprint.get("/check")
@requires(Permission.SIGNED_IN)
def check(call: Call) -> ResponseReturnValue:
    """Show the whole, and what is missing."""
    draft = own_draft(call)
    return closed_page(draft) or _page(wizard_of(draft), draft)


@blueprint.post("/check")
@requires(Permission.SIGNED_IN)
def send(call: Call) -> ResponseReturnValue:
    """Send the application, or the change of one; a second click finds it sent."""
    draft = find_draft(call)
    if draft is None:
        return _sent_already(call)
    wizard = wizard_of(draft)
    if wizard.missing():
        return _page(wizard, draft), 422
    try:
        _send(draft, wizard)
    except AlreadySent:
        db.session.rollback()
        return _sent_already(call)
    except WishRefused as refused:
        db.session.rollback()
        flash(refused.message, "danger")
        return redirect(url_for(".hosts", call=call) + f"#{refused.field}")
    except DomainError as refused:
        db.session.rollback()
        flash(refused.message, "danger")
        kept = own_draft(call)
        if isinstance(refused, Stale):
            accept_newest(kept)
            db.session.commit()
        return _page(wizard_of(kept), kept), refused.http_status
    db.session.commit()
    flash(_("It is sent. Your receipt is on its way by mail."), "success")
    return redirect(url_for("incubation_my.application", call=call))


def _send(draft: ApplicationDraft, wizard: ApplicationWizard) -> None:
    send_it = send_application if draft.application is None else change_application
    send_it(draft, wizard.submission(), actor=current_account(), now=clock.now())


def _sent_already(call: Call) -> ResponseReturnValue:
    flash(_("This draft is not there any more. If you sent it, nothing was sent twice."), "info")
    return redirect(url_for("incubation_my.application", call=call))


def _page(wizard: ApplicationWizard, draft: ApplicationDraft) -> str:
    here = wizard.steps[-1]
    return render_template(
        "incubation/apply/check.html",
        call=draft.call,
        wizard=wizard,
        step=here,
        step_marks=step_marks(wizard, here, partial(page_url, draft)),
        draft=draft,
        missing=[(step, wizard.checked(step).problems) for step, _problems in wizard.missing()],
        previous=wizard.before(here),
        findings=wizard.findings(),
        step_url=partial(page_url, draft),
    )
