"""What a design would look like while it is typed; nothing is kept."""

from collections.abc import Callable

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core.downloads import send_attachment
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import Attachment
from gtn_events.core.permissions import Permission, requires

from ..checking import check_design
from ..forms.design import DesignForm, design_form
from ..kinds import DesignedKind, Subject
from ..owners import DesignOwner
from ..previews import preview_pdf, preview_png
from ..values import Design
from .blueprint import blueprint
from .drawing import draw, place_in_line, png

Draw = Callable[[DesignedKind, Design, Subject], bytes]


@blueprint.post("/<design_kind>/preview")
@requires(Permission.SIGNED_IN)
def preview(owner: DesignOwner, design_kind: DesignedKind) -> ResponseReturnValue:
    """Draw what is typed as a picture, or say what is wrong with it."""
    form = design_form(design_kind)
    drawn = drawn_of(owner, form, preview_png)
    return png(drawn) if drawn is not None else _refusal(form)


@blueprint.post("/<design_kind>/preview.pdf")
@requires(Permission.SIGNED_IN)
def preview_document(owner: DesignOwner, design_kind: DesignedKind) -> ResponseReturnValue:
    """Draw what is typed as the PDF that a holder would get."""
    form = design_form(design_kind)
    drawn = drawn_of(owner, form, preview_pdf)
    if drawn is None:
        return _refusal(form)
    return send_attachment(Attachment(f"{design_kind.key}.pdf", "application/pdf", drawn), inline=True)


def drawn_of(owner: DesignOwner, form: DesignForm, make: Draw) -> bytes | None:
    """Return what was typed as a picture or PDF of the person that is shown; None, with errors, where it is wrong."""
    if not form.validate():
        return None
    design = form.design()
    try:
        with place_in_line():
            check_design(design, owner.scope, form.kind.key)
            shown = form.kind.examples.one(owner, request.form.get("show", ""))
            return draw(lambda: make(form.kind, design, shown.subject))
    except DomainError as refused:
        form.refuse(refused)
        return None


def _refusal(form: DesignForm) -> ResponseReturnValue:
    wrong = [
        {"field": field.name, "label": str(field.label.text), "message": str(error)}
        for field in form
        for error in field.errors
    ]
    general = [{"field": "", "label": "", "message": str(error)} for error in form.form_errors]
    return jsonify(errors=wrong + general or [{"field": "", "label": "", "message": _("It cannot be drawn.")}]), 422
