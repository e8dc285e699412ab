"""Correcting what a delegate gave, on their behalf; the second of two who edit at once is told."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, may, requires
from gtn_events.questionnaire.forms.files import store_files

from ...domain.corrections import correct_registration
from ...forms.change import CorrectionForms
from ...models import Forum, Registration
from ...queries.registrations import registration_of
from .blueprint import blueprint


@blueprint.get("/registrations/<int:registration_id>/edit")
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def registration_edit(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Show what the delegate gave as a form; the sensitive answers are left out."""
    found = db.one_or_404(registration_of(forum, registration_id))
    return _page(found, CorrectionForms(found, with_sensitive=False), seen=found.lock_version)


@blueprint.post("/registrations/<int:registration_id>/edit/sensitive")
@requires(Permission.FORUM_SENSITIVE_SEE)
def registration_edit_sensitive(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Show the form with the sensitive answers; that somebody looked is written down."""
    found = db.one_or_404(registration_of(forum, registration_id))
    record("sensitive answers shown", found, actor=current_account(), now=clock.now(), scope=forum.scope)
    db.session.commit()
    return _page(found, CorrectionForms(found, with_sensitive=True), seen=found.lock_version)


@blueprint.post("/registrations/<int:registration_id>/edit")
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def registration_correct(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Save the corrections and tell the delegate, unless somebody else changed the registration meanwhile."""
    with_sensitive = "with_sensitive" in request.form
    if with_sensitive and not may(Permission.FORUM_SENSITIVE_SEE, forum):
        abort(403)
    found = db.one_or_404(registration_of(forum, registration_id))
    forms = CorrectionForms(found, CombinedMultiDict([request.form, request.files]), with_sensitive=with_sensitive)
    seen, now = request.form.get("seen", type=int) or 0, clock.now()
    valid = forms.validate()
    if not store_files(forms.questions, owner_id=found.account_id, now=now) or not valid:
        db.session.commit()
        return _page(found, forms, seen=seen), 422
    try:
        changed = correct_registration(
            found,
            forms.corrected(),
            answers=forms.questions.values(),
            with_sensitive=with_sensitive,
            seen_version=seen,
            reason=forms.reason.reason.data,
            actor=current_account(),
            now=now,
        )
    except Stale as stale:
        db.session.rollback()
        flash(stale.message, "danger")
        current = db.one_or_404(registration_of(forum, registration_id))
        return _page(current, forms, seen=current.lock_version), 409
    db.session.commit()
    if changed:
        flash(_("%(name)s is corrected. A mail tells the delegate what changed.", name=found.delegate_name), "success")
    else:
        flash(_("Nothing was different, so nothing was changed."), "info")
    return redirect(url_for(".registration", forum=forum, registration_id=found.id))


def _page(found: Registration, forms: CorrectionForms, *, seen: int) -> str:
    return render_template(
        "forum/manage/registration_edit.html",
        forum=found.forum,
        registration=found,
        forms=forms,
        seen=seen,
        has_sensitive=any(question.sensitive for question in forms.version.questions),
    )
