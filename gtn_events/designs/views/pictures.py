"""Pictures that stand still: a version, a template, a logo or signature that was sent."""

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload, send_upload

from ..checking import picture_purpose
from ..kinds import DesignedKind
from ..owners import DesignOwner
from ..previews import preview_png, template_png
from ..reading import version_or_standard
from ..templates import templates_for
from .blueprint import blueprint
from .drawing import KEPT_FOR, STILL_AT_ONCE, draw, place_in_line, png

_templates: dict[tuple[str, str], bytes] = {}


@blueprint.get("/<design_kind>/versions/<int:design_number>.png")
@requires(Permission.SIGNED_IN)
def version_picture(owner: DesignOwner, design_kind: DesignedKind, design_number: int) -> ResponseReturnValue:
    """Draw a version, 0 for the standard one, for somebody who is due a document."""
    design = version_or_standard(owner.scope, design_kind.key, design_number) or abort(404)
    with place_in_line("pictures", most=STILL_AT_ONCE):
        shown = design_kind.examples.one(owner, request.args.get("show", ""))
        return png(draw(lambda: preview_png(design_kind, design, shown.subject)), kept_for=KEPT_FOR)


@blueprint.get("/<design_kind>/templates/<template_name>.png")
@requires(Permission.SIGNED_IN)
def template_picture(
    owner: DesignOwner,  # noqa: ARG001  # who may design for it may see it
    design_kind: DesignedKind,
    template_name: str,
) -> ResponseReturnValue:
    """Show a template with its own words, of an invented person; drawn once in a process."""
    if all(each.name != template_name for each in templates_for(design_kind.key)):
        abort(404)
    wanted = design_kind.key, template_name
    if wanted not in _templates:
        with place_in_line("pictures", most=STILL_AT_ONCE):
            _templates[wanted] = draw(lambda: template_png(*wanted))
    return png(_templates[wanted], kept_for=KEPT_FOR)


@blueprint.get("/pictures/<int:picture_id>")
@requires(Permission.SIGNED_IN)
def picture(owner: DesignOwner, picture_id: int) -> ResponseReturnValue:
    """Show a picture that was sent for these designs."""
    statement = select(Upload).where(Upload.id == picture_id, Upload.purpose == picture_purpose(owner.scope))
    return send_upload(db.first_or_404(statement))
