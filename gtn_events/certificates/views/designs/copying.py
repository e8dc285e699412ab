"""Taking over the design of another kind of certificate, or of another forum, competition or call."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.scopes import named_scopes
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...design.copying import take_design
from ...design.owners import DesignOwner, owner_kinds
from ...design.reading import designs_to_take, standing
from ...design.templates import templates
from ...enums import CertificateKind
from ...models import CertificateDesign
from .blueprint import blueprint, may_design


@blueprint.get("/<certificate_kind>/copy")
@requires(Permission.SIGNED_IN)
def copy(owner: DesignOwner, certificate_kind: CertificateKind) -> ResponseReturnValue:
    """Show the designs that the person may take."""
    found = _found(owner, certificate_kind)
    return render_template(
        "certificates/designs/copy.html",
        owner=owner,
        kind=certificate_kind,
        designs=found,
        names=named_scopes(each.scope for each in found),
        number=standing(owner.scope, certificate_kind)[0],
        templates=templates(),
        **owner.frame(),
    )


@blueprint.post("/<certificate_kind>/copy")
@requires(Permission.SIGNED_IN)
def copy_take(owner: DesignOwner, certificate_kind: CertificateKind) -> ResponseReturnValue:
    """Take one of them; it becomes the newest version here."""
    wanted = row_id(request.form.get("design"))
    source = next((each for each in _found(owner, certificate_kind) if each.id == wanted), None)
    if source is None:
        flash(_("Choose one of the designs."), "danger")
        return redirect(url_for(".copy", owner=owner, certificate_kind=certificate_kind))
    seen = row_id(request.form.get("seen"))
    take_design(source, owner.scope, certificate_kind, seen=seen, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The design is taken over. Look through its words, then it is used as it is."), "success")
    return redirect(url_for(".edit", owner=owner, certificate_kind=certificate_kind))


def _found(owner: DesignOwner, kind: CertificateKind) -> list[CertificateDesign]:
    return designs_to_take(owner.scope, kind, owner_kinds(), lambda design: may_design(design.scope))
