"""Taking over the design of another kind of document, or of another forum, competition or call."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.scopes import named_scopes
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ..copying import take_design
from ..kinds import DesignedKind, designed_kind
from ..models import DocumentDesign
from ..owners import DesignOwner, owner_kinds
from ..reading import designs_to_take, standing
from ..templates import templates
from .blueprint import blueprint, may_design


@blueprint.get("/<design_kind>/copy")
@requires(Permission.SIGNED_IN)
def copy(owner: DesignOwner, design_kind: DesignedKind) -> ResponseReturnValue:
    """Show the designs that the person may take."""
    found = _found(owner, design_kind)
    return render_template(
        "designs/copy.html",
        owner=owner,
        kind=design_kind,
        designs=found,
        names=named_scopes(each.scope for each in found),
        number=standing(owner.scope, design_kind.key)[0],
        kinds={each.kind: designed_kind(each.kind) for each in found},
        templates=templates(design_kind.family),
        **owner.frame(),
    )


@blueprint.post("/<design_kind>/copy")
@requires(Permission.SIGNED_IN)
def copy_take(owner: DesignOwner, design_kind: DesignedKind) -> ResponseReturnValue:
    """Take one of them; it becomes the newest version here."""
    wanted = row_id(request.form.get("design"))
    source = next((each for each in _found(owner, design_kind) if each.id == wanted), None)
    if source is None:
        flash(_("Choose one of the designs."), "danger")
        return redirect(url_for(".copy", owner=owner, design_kind=design_kind))
    seen = row_id(request.form.get("seen"))
    take_design(source, owner.scope, design_kind.key, seen=seen, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The design is taken over. Look through its words, then it is used as it is."), "success")
    return redirect(url_for(".edit", owner=owner, design_kind=design_kind))


def _found(owner: DesignOwner, kind: DesignedKind) -> list[DocumentDesign]:
    return designs_to_take(owner.scope, kind.key, owner_kinds(), lambda design: may_design(design.scope, design.kind))
