"""How all documents of a forum, competition or call look."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import Permission, requires

from ..owners import DesignOwner
from ..reading import designs_that_stand
from ..templates import templates
from .blueprint import blueprint, kinds_to_design


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def index(owner: DesignOwner) -> ResponseReturnValue:
    """Show each kind of document with a small picture, its template and who changed it last."""
    stand = designs_that_stand(owner.scope)
    kinds = [
        (kind, design, templates(kind.family).get(design.design.template if design else kind.standard))
        for kind in kinds_to_design(owner.scope)
        for design in [stand.get(kind.key)]
    ]
    return render_template("designs/index.html", owner=owner, kinds=kinds, **owner.frame())
