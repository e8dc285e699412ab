"""Whom to write to: the coordinators as everybody may see them."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gtn_events.core import clock
from gtn_events.core.permissions import public

from ..queries.posts import places
from .blueprint import blueprint
from .contacts import reads_contacts


@blueprint.get("/network")
@public
def directory() -> ResponseReturnValue:
    """List who coordinates what now, with what each of them agreed to have shown."""
    internal = current_user.is_authenticated and reads_contacts()
    return render_template("network/directory.html", places=places(clock.now()), reads_contacts=internal)
