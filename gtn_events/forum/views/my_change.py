"""The delegate changes what they gave, until the deadline; a second tab is told."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.forms.files import store_files

from ..domain.submission import change_registration, may_change
from ..forms.change import ChangeForms
from ..forms.photo import store_photo
from ..models import Forum, Registration
from .my import blueprint, own_registration


@blueprint.get("/change")
@requires(Permission.SIGNED_IN)
def change(forum: Forum) -> ResponseReturnValue:
    """Show everything that was given, in one form."""
    registration = own_registration(forum)
    if not may_change(registration, now=clock.now()):
        return _too_late(forum)
    return _page(registration, ChangeForms(registration), seen=registration.lock_version)


@blueprint.post("/change")
@requires(Permission.SIGNED_IN)
def save_change(forum: Forum) -> ResponseReturnValue:
    """Save the changes, unless somebody else changed the registration meanwhile."""
    registration = own_registration(forum)
    now = clock.now()
    if not may_change(registration, now=now):
        return _too_late(forum)
    forms = ChangeForms(registration, sent=CombinedMultiDict([request.form, request.files]))
    seen = request.form.get("seen", type=int) or 0
    valid = forms.validate()
    valid = store_files(forms.questions, owner_id=current_account().id, now=now) and valid
    photo = store_photo(
        forms.name.photo,
        registration.photo_upload_id,
        drop="drop_photo" in request.form,
        owner_id=current_account().id,
        now=now,
    )
    if not valid or forms.name.photo.errors:
        db.session.commit()
        return _page(registration, forms, seen=seen), 422
    try:
        change_registration(
            registration,
            forms.particulars(photo_upload_id=photo),
            version=forms.version,
            answers=forms.questions.values(),
            seen_version=seen,
            actor=current_account(),
            now=now,
        )
    except Stale as stale:
        db.session.rollback()
        flash(stale.message, "danger")
        current = own_registration(forum)
        return _page(current, forms, seen=current.lock_version), 409
    db.session.commit()
    flash(_("Your changes are saved."), "success")
    return redirect(url_for(".show", forum=forum))


def _page(registration: Registration, forms: ChangeForms, *, seen: int) -> str:
    return render_template(
        "forum/my/change.html", forum=registration.forum, registration=registration, forms=forms, seen=seen
    )


def _too_late(forum: Forum) -> ResponseReturnValue:
    flash(_("Changes are closed. Write to the organiser if something has to change."), "danger")
    return redirect(url_for(".show", forum=forum))
