"""Pictures that stand still: a version, a template, a logo or signature that was sent."""

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload, send_upload

from ...design.checking import picture_purpose
from ...design.owners import DesignOwner
from ...design.previews import example, preview_png
from ...design.reading import version_or_standard
from ...design.templates import templates_for
from ...design.values import Design
from ...enums import CertificateKind
from .blueprint import blueprint
from .drawing import KEPT_FOR, draw, png


@blueprint.get("/<certificate_kind>/versions/<int:design_number>.png")
@requires(Permission.SIGNED_IN)
def version_picture(owner: DesignOwner, certificate_kind: CertificateKind, design_number: int) -> ResponseReturnValue:
    """Draw a version, 0 for the standard one, for somebody who is due a certificate."""
    design = version_or_standard(owner.scope, certificate_kind, design_number)
    return _drawn(owner, certificate_kind, design) if design else abort(404)


@blueprint.get("/<certificate_kind>/templates/<template_name>.png")
@requires(Permission.SIGNED_IN)
def template_picture(owner: DesignOwner, certificate_kind: CertificateKind, template_name: str) -> ResponseReturnValue:
    """Draw a template with its own words."""
    found = next((each for each in templates_for(certificate_kind) if each.name == template_name), None) or abort(404)
    return _drawn(owner, certificate_kind, Design(template=found.name, orientation=found.orientations[0]))


@blueprint.get("/pictures/<int:picture_id>")
@requires(Permission.SIGNED_IN)
def picture(owner: DesignOwner, picture_id: int) -> ResponseReturnValue:
    """Show a picture that was sent for these designs."""
    statement = select(Upload).where(Upload.id == picture_id, Upload.purpose == picture_purpose(owner.scope))
    return send_upload(db.first_or_404(statement))


def _drawn(owner: DesignOwner, kind: CertificateKind, design: Design) -> ResponseReturnValue:
    shown = example(kind, owner.due(kind), request.args.get("show", ""))
    return png(draw(lambda: preview_png(design, kind, shown.facts)), kept_for=KEPT_FOR)
