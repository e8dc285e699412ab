"""The protocol order: a function and a number for one person, or one step up or down in the list."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.bulk import Choice
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.enums import DelegationFunction

from ..domain.protocol import Direction, move_beside, move_person, place_person
from ..forms.protocol import ProtocolForm
from ..models import Delegation
from .blueprint import blueprint
from .person import found_person, person_page


@blueprint.post("/people/<int:registration_id>/place")
@requires(Permission.DELEGATION_MANAGE)
def place(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Give a person a function and a rank."""
    found, form = found_person(delegation, registration_id), ProtocolForm()
    if not form.validate():
        return person_page(delegation, found, protocol=form), 422
    function, actor = DelegationFunction(form.function.data), current_account()
    before = place_person(found, function, form.rank.data, actor=actor, now=clock.now())
    db.session.commit()
    flash(_("%(name)s is now: %(function)s.", name=found.delegate_name, function=function.label), "success")
    if before is not None:
        flash(_("%(name)s was head and is alternate head now.", name=before.delegate_name), "info")
    return redirect(url_for(".person", registration_id=found.id, **delegation.address))


@blueprint.post("/people/<int:registration_id>/move")
@requires(Permission.DELEGATION_MANAGE)
def move(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Let a person change places with the neighbour of the same function, or stand before or after somebody."""
    found, direction = found_person(delegation, registration_id), request.form.get("direction")
    if direction in ("before", "after"):
        neighbour = found_person(delegation, row_id(request.form.get("neighbour")))
        move_beside(found, neighbour, after=direction == "after", actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("%(name)s has a new place in the order.", name=found.delegate_name), "success")
        return redirect(_list_url(delegation))
    if direction not in set(Direction):
        abort(404)
    moved = move_person(found, Direction(direction), actor=current_account(), now=clock.now())
    db.session.commit()
    if moved:
        flash(_("%(name)s has a new place in the order.", name=found.delegate_name), "success")
    else:
        flash(_("%(name)s stands at the end among those of the same function.", name=found.delegate_name), "info")
    # The keyboard goes on from the row.
    return redirect(f"{_list_url(delegation)}#person-{found.id}")


def _list_url(delegation: Delegation) -> str:
    return Choice.read(request.form, lambda _args: []).list_url(url_for(".desk", **delegation.address))
