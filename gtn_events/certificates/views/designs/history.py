"""The versions of a design: who kept each, how many certificates have it, and using one again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...design.keeping import keep_design
from ...design.owners import DesignOwner
from ...design.reading import design_versions, issued_by_version, version_or_standard
from ...design.standard import standard_design
from ...design.templates import templates
from ...enums import CertificateKind
from .blueprint import blueprint


@blueprint.get("/<certificate_kind>/versions")
@requires(Permission.SIGNED_IN)
def versions(owner: DesignOwner, certificate_kind: CertificateKind) -> ResponseReturnValue:
    """Show every version with its picture."""
    kept = design_versions(owner.scope, certificate_kind)
    return render_template(
        "certificates/designs/versions.html",
        owner=owner,
        kind=certificate_kind,
        versions=kept,
        issued=issued_by_version(owner.scope, certificate_kind),
        is_standard=not kept or kept[0].design == standard_design(certificate_kind),
        templates=templates(),
        **owner.frame(),
    )


@blueprint.post("/<certificate_kind>/versions/<int:design_number>/use")
@requires(Permission.SIGNED_IN)
def use_version(owner: DesignOwner, certificate_kind: CertificateKind, design_number: int) -> ResponseReturnValue:
    """Make an earlier version, or the standard one (0), the newest again."""
    design = version_or_standard(owner.scope, certificate_kind, design_number) or abort(404)
    seen = row_id(request.form.get("seen"))
    keep_design(owner.scope, certificate_kind, design, seen=seen, actor=current_account(), now=clock.now())
    db.session.commit()
    told = _("Version %(number)d is used again.", number=design_number)
    flash(told if design_number else _("The standard design is used again."), "success")
    return redirect(url_for(".versions", owner=owner, certificate_kind=certificate_kind))
