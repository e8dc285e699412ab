"""One step of an application: shown, saved right or wrong, kept while it is typed."""

from functools import partial

from flask import abort, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.domain.step_drafts import DraftTooLarge, step_fingerprint
from gtn_events.questionnaire.forms.files import store_files
from gtn_events.questionnaire.forms.rows import with_row_added, with_row_removed
from gtn_events.questionnaire.forms.wizard import Step, StepForms
from gtn_events.questionnaire.views.wizard import changed_elsewhere, same_as_saved, step_marks, typed_fields

from ...domain.application_drafts import save_step
from ...domain.application_submission import MOST_PEOPLE
from ...domain.wish_list import HOSTS
from ...forms.application_wizard import CHECK, PEOPLE, ApplicationWizard
from ...models import ApplicationDraft, Call
from .blueprint import blueprint
from .loading import closed_page, own_draft, page_url, wizard_of


@blueprint.get("/<step>")
@requires(Permission.SIGNED_IN)
def step(call: Call, step: str) -> ResponseReturnValue:
    """Show one step with what the draft holds."""
    draft = own_draft(call)
    if (closed := closed_page(draft)) is not None:
        return closed
    wizard = wizard_of(draft)
    here = _step_of(wizard, step)
    return _page(wizard, here, draft, forms=wizard.forms_for(here))


@blueprint.post("/<step>")
@requires(Permission.SIGNED_IN)
def save(call: Call, step: str) -> ResponseReturnValue:
    """Save a step, right or wrong; go on when it is right. A person who goes can be added or removed instead."""
    draft, now = own_draft(call), clock.now()
    wizard = wizard_of(draft)
    here = _step_of(wizard, step)
    told = changed_elsewhere(wizard.data, here)
    forms = wizard.forms_for(here, sent=CombinedMultiDict([request.form, request.files]))
    valid = forms.validate()
    if forms.questions is not None:
        valid = store_files(forms.questions, owner_id=current_account().id, now=now) and valid
    if told and not same_as_saved(wizard.data, here):
        db.session.commit()
        flash(told, "danger")
        return _page(wizard, here, draft, forms=forms), 409
    rows = _changed_rows(here)
    answers = forms.questions.values() if forms.questions else {}
    try:
        save_step(draft, here.key, typed=rows or typed_fields(), answers=answers, now=now)
    except DraftTooLarge as refused:
        db.session.rollback()
        flash(refused.message, "danger")
        return _page(wizard, here, own_draft(call), forms=forms), refused.http_status
    db.session.commit()
    # Whoever typed while the call closed loses nothing, and is told.
    if (closed := closed_page(draft)) is not None:
        return closed
    if rows is not None:
        return redirect(page_url(draft, here) + "#people")
    wizard = wizard_of(draft)
    return redirect(page_url(draft, wizard.after(here))) if valid else (_page(wizard, here, draft, forms=forms), 422)


@blueprint.post("/<step>/draft")
@requires(Permission.SIGNED_IN)
def autosave(call: Call, step: str) -> ResponseReturnValue:
    """Keep what is typed so far, without judging it; answers with the time it was kept."""
    draft, now = own_draft(call), clock.now()
    wizard = wizard_of(draft)
    here = _step_of(wizard, step)
    if changed_elsewhere(wizard.data, here):
        return jsonify(saved=False), 409
    forms = wizard.forms_for(here, sent=request.form)
    forms.validate()
    answers = forms.questions.values() if forms.questions else {}
    save_step(draft, here.key, typed=typed_fields(), answers=answers, now=now)
    db.session.commit()
    return jsonify(saved=True, at=now.isoformat(), seen=step_fingerprint(draft.data, here.key))


def _step_of(wizard: ApplicationWizard, key: str) -> Step:
    here = wizard.step(key)
    if here is None or here.key in (CHECK, HOSTS):
        abort(404)
    return here


def _changed_rows(here: Step) -> dict[str, list[str]] | None:
    """Return the typed fields with a person more or less, None when the button was another one."""
    act, _dash, number = request.form.get("go", "").partition("-")
    if here.key != PEOPLE:
        return None
    if act == "add":
        return with_row_added(typed_fields(), of="people", most=MOST_PEOPLE)
    if act == "remove" and number.isdecimal():
        return with_row_removed(typed_fields(), int(number), of="people")
    return None


def _page(wizard: ApplicationWizard, here: Step, draft: ApplicationDraft, *, forms: StepForms) -> str:
    return render_template(
        "incubation/apply/step.html",
        call=draft.call,
        wizard=wizard,
        step=here,
        step_marks=step_marks(wizard, here, partial(page_url, draft)),
        forms=forms,
        draft=draft,
        seen=step_fingerprint(draft.data, here.key),
        previous=wizard.before(here),
        findings=wizard.findings(),
        step_url=partial(page_url, draft),
    )
