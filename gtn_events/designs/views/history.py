"""The versions of a design: who kept each, how many documents have it, and using one again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ..keeping import keep_design
from ..kinds import DesignedKind
from ..owners import DesignOwner
from ..reading import design_versions, version_or_standard
from ..standard import standard_design
from ..templates import templates
from .blueprint import blueprint


@blueprint.get("/<design_kind>/versions")
@requires(Permission.SIGNED_IN)
def versions(owner: DesignOwner, design_kind: DesignedKind) -> ResponseReturnValue:
    """Show every version with its picture."""
    kept = design_versions(owner.scope, design_kind.key)
    return render_template(
        "designs/versions.html",
        owner=owner,
        kind=design_kind,
        versions=kept,
        issued=design_kind.issued_by_version(owner.scope),
        is_standard=not kept or kept[0].design == standard_design(design_kind.key),
        templates=templates(design_kind.family),
        **owner.frame(),
    )


@blueprint.post("/<design_kind>/versions/<int:design_number>/use")
@requires(Permission.SIGNED_IN)
def use_version(owner: DesignOwner, design_kind: DesignedKind, design_number: int) -> ResponseReturnValue:
    """Make an earlier version, or the standard one (0), the newest again."""
    design = version_or_standard(owner.scope, design_kind.key, design_number) or abort(404)
    seen = row_id(request.form.get("seen"))
    keep_design(owner.scope, design_kind.key, design, seen=seen, actor=current_account(), now=clock.now())
    db.session.commit()
    told = _("Version %(number)d is used again.", number=design_number)
    flash(told if design_number else _("The standard design is used again."), "success")
    return redirect(url_for(".versions", owner=owner, design_kind=design_kind))
