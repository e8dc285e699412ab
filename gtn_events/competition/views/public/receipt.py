"""Checking a receipt: yes or no, and nothing else about the entry."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.config import Settings
from gtn_events.core.permissions import public

from ...domain.receipts import is_genuine
from ...forms.receipt import ReceiptForm
from .blueprint import blueprint


@blueprint.get("/receipt")
@public
def receipt() -> ResponseReturnValue:
    """Show the form and, when number and fingerprint came with the address, the answer."""
    form = ReceiptForm(formdata=request.args or None, meta={"csrf": False})
    asked = bool(request.args) and form.validate()
    settings: Settings = current_app.config["SETTINGS"]
    genuine = asked and is_genuine(
        form.reference.data, form.sha256.data, form.seal.data or "", secret_key=settings.secret_key
    )
    return render_template("competition/public/receipt.html", form=form, asked=asked, genuine=genuine)
