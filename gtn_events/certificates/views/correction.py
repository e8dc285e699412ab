"""A certificate with a wrong name: a new one takes its place, and both say so."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.roles import current_account
from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, may, requires

from ..domain import reissue_certificate
from ..forms.correction import CorrectionForm
from ..models import Certificate
from .blueprint import blueprint


@blueprint.route("/certificates/<serial>/correct", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def correct(serial: str) -> ResponseReturnValue:
    """Ask for the right names, or issue the certificate with them; whoever may not issue there does not learn of it."""
    certificate = db.first_or_404(select(Certificate).where(Certificate.serial == serial))
    if not may(Permission.FORUM_CERTIFICATES_ISSUE, certificate):
        abort(404)
    form = CorrectionForm(request.form if request.method == "POST" else None, data=certificate.facts)
    form.fill_choices()
    if request.method == "POST" and form.validate():
        settings: Settings = current_app.config["SETTINGS"]
        try:
            new = reissue_certificate(
                certificate,
                form.names(),
                reason=form.reason.data or "",
                secret_key=settings.secret_key,
                actor=current_account(),
                now=clock.now(),
            )
        except DomainError as refused:
            db.session.rollback()
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_("Certificate %(new)s takes the place of %(old)s.", new=new.serial, old=serial), "success")
            return redirect(url_for(".verify", serial=new.serial))
    certificate = db.first_or_404(select(Certificate).where(Certificate.serial == serial))
    page = render_template("certificates/correct.html", certificate=certificate, form=form)
    return page, 422 if request.method == "POST" else 200
