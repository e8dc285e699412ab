"""A person's own draft, the wizard over it, and the page that says why nothing can be typed any more."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.questionnaire.forms.wizard import Step
from gtn_events.questionnaire.queries.versions import published_version

from ...domain.application_window import may_change, require_open
from ...domain.wish_list import HOSTS
from ...errors import ApplicationsClosed
from ...forms.application_wizard import CHECK, ApplicationWizard
from ...models import ApplicationDraft, Call
from ...queries.applicant import draft_of


def own_draft(call: Call) -> ApplicationDraft:
    """Return the draft of the signed-in person, or answer 404."""
    return find_draft(call) or abort(404)


def find_draft(call: Call) -> ApplicationDraft | None:
    """Return the draft of the signed-in person, None when there is none (any more)."""
    draft: ApplicationDraft | None = db.session.scalar(draft_of(call_id=call.id, account_id=current_account().id))
    return draft


def wizard_of(draft: ApplicationDraft) -> ApplicationWizard:
    """Return the steps of a draft: on the form that is answered now, or on the one its application was made with."""
    sent = draft.application
    version = sent.answer_set.version if sent else published_version(draft.call.questionnaire)
    if version is None:
        abort(404)
    return ApplicationWizard(draft.call, version, draft.account, draft.data)


def closed_page(draft: ApplicationDraft) -> ResponseReturnValue | None:
    """Return the page that says so when what the draft holds cannot be sent now, None while it can."""
    now = clock.now()
    try:
        if draft.application is None:
            require_open(draft.call, now=now)
        elif not may_change(draft.application, now=now):
            raise ApplicationsClosed(_("This application cannot be changed any more. What you sent before stands."))
    except ApplicationsClosed as closed:
        return refusal_page(draft.call, closed)
    return None


def refusal_page(call: Call, closed: ApplicationsClosed) -> ResponseReturnValue:
    """Return the page that says why no application is taken."""
    return render_template("incubation/apply/closed.html", call=call, reason=closed.message), 403


def page_url(draft: ApplicationDraft, step: Step) -> str:
    """Return the address of a step, of the order of hosts, or of the page that checks the whole."""
    if step.key in (CHECK, HOSTS):
        return url_for(f"incubation_apply.{step.key}", call=draft.call)
    return url_for("incubation_apply.step", call=draft.call, step=step.key)
