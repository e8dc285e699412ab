"""A person's own data: what is kept, the download, the erasure."""

import io
import json
import zipfile

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ..domain.personal_data import erase_person, export_person
from ..domain.proof import password_is_wrong
from ..forms.sign_in import EraseForm
from ..roles import current_account
from ..signed_in import client_address, forget_browser
from .blueprint import blueprint


@blueprint.get("/account/data")
@requires(Permission.SIGNED_IN)
def privacy() -> ResponseReturnValue:
    """Say what is kept about the person and offer the download and the erasure."""
    return render_template("accounts/privacy.html", account=current_account())


@blueprint.get("/account/data/download")
@requires(Permission.SIGNED_IN)
def data_download() -> ResponseReturnValue:
    """Send everything kept about the person as a ZIP of JSON files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in export_person(current_account()).items():
            archive.writestr(f"{name}.json", json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    buffer.seek(0)
    name = f"gtn-my-data-{clock.now():%Y-%m-%d}.zip"
    return send_file(buffer, mimetype="application/zip", as_attachment=True, download_name=name)


@blueprint.get("/account/data/erase")
@requires(Permission.SIGNED_IN)
def erase() -> ResponseReturnValue:
    """Say what an erasure does and ask for the password."""
    return render_template("accounts/erase.html", form=EraseForm(), account=current_account())


@blueprint.post("/account/data/erase")
@requires(Permission.SIGNED_IN)
def erase_submit() -> ResponseReturnValue:
    """Erase the person and sign every browser out."""
    form, account, now = EraseForm(), current_account(), clock.now()
    if not form.validate():
        return render_template("accounts/erase.html", form=form, account=account), 422
    try:
        wrong = password_is_wrong(account, form.current.data, client=client_address(), now=now)
        if wrong is not None:
            db.session.commit()
            raise wrong
        erase_person(account, now=now)
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return render_template("accounts/erase.html", form=form, account=account), refused.http_status
    response = redirect(url_for("core.landing"))
    forget_browser(response)
    flash(_("Your data is erased and your account is closed."), "success")
    return response
