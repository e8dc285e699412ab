"""The officers of one delegation, as its coordinators name them; the host's officer is only shown."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ..domain.officers import remove_officer
from ..enums import OfficerKind
from ..forms.officer import OfficerForm
from ..models import Delegation
from ..queries.officers import officer_of, officers_of
from .blueprint import blueprint
from .officer_pages import saved_officer

OWN = tuple(kind for kind in OfficerKind if kind is not OfficerKind.HOST)


@blueprint.get("/officers")
@requires(Permission.DELEGATION_MANAGE)
def officers(delegation: Delegation) -> ResponseReturnValue:
    """Show who is reached for what."""
    return render_template("delegations/officers.html", kinds=OfficerKind, officers=officers_of(delegation))


@blueprint.route("/officers/<officer_kind>", methods=["GET", "POST"])
@requires(Permission.DELEGATION_MANAGE)
def officer(delegation: Delegation, officer_kind: str) -> ResponseReturnValue:
    """Show the form of one officer, or name them."""
    wanted = _own(officer_kind)
    found, form = officer_of(delegation, wanted), OfficerForm()
    if not form.is_submitted():
        form = OfficerForm(obj=found)
    elif saved_officer(delegation, wanted, form):
        return redirect(url_for(".officers", **delegation.address))
    page = render_template("delegations/officer.html", form=form, kind=wanted, officer=found)
    return page, 422 if form.errors else 200


@blueprint.post("/officers/<officer_kind>/remove")
@requires(Permission.DELEGATION_MANAGE)
def officer_remove(delegation: Delegation, officer_kind: str) -> ResponseReturnValue:
    """Take an officer away."""
    wanted = _own(officer_kind)
    remove_officer(delegation, wanted, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(officer)s: nobody is named now.", officer=wanted.label), "success")
    return redirect(url_for(".officers", **delegation.address))


def _own(value: str) -> OfficerKind:
    return next((each for each in OWN if each.value == value), None) or abort(404)
