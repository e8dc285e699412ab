"""How all certificates of a forum, competition or call look."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import Permission, requires

from ...design.owners import DesignOwner
from ...design.reading import designs_that_stand
from ...design.templates import templates
from .blueprint import blueprint


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def index(owner: DesignOwner) -> ResponseReturnValue:
    """Show each kind of certificate with a small picture, its template and who changed it last."""
    return render_template(
        "certificates/designs/index.html",
        owner=owner,
        designs=designs_that_stand(owner.scope),
        templates=templates(),
        **owner.frame(),
    )
