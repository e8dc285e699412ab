"""Somebody new, nominated in the place of a person who has one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.domain.substitutions import why_not_replaced
from gtn_events.forum.models import Registration

from ..domain.nominee_links import invite_nominee
from ..domain.replacing import nominate_substitute
from ..forms.substitute import SubstituteNomineeForm
from ..models import Delegation
from .blueprint import blueprint
from .person import found_person
from .substitute import what_ends


@blueprint.get("/people/<int:registration_id>/substitute/nominate")
@requires(Permission.DELEGATION_MANAGE)
def substitute_nominate(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Ask whom to nominate for somebody's place."""
    leaves = found_person(delegation, registration_id)
    place = {"function": leaves.delegation_function.value, "rank": leaves.delegation_rank}
    return _page(leaves, _form(delegation, leaves, SubstituteNomineeForm(formdata=None, data=place)))


@blueprint.post("/people/<int:registration_id>/substitute/nominate")
@requires(Permission.DELEGATION_MANAGE)
def substitute_invite(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Nominate and invite a person to whom the place goes once they may have it."""
    leaves = found_person(delegation, registration_id)
    form = _form(delegation, leaves, SubstituteNomineeForm())
    if not form.validate():
        return _page(leaves, form), 422
    actor, now = current_account(), clock.now()
    try:
        nomination = nominate_substitute(
            leaves,
            delegation,
            form.nominee([leaves.category]),
            reason=form.reason.data,
            seen=request.form.get("seen", 0, int),
            actor=actor,
            now=now,
        )
        invite_nominee(nomination, actor=actor, now=now)
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(leaves, form), refused.http_status
    db.session.commit()
    names = {"new": nomination.name, "old": leaves.delegate_name}
    flash(_("%(new)s is invited. Until they may have the place, %(old)s keeps it.", **names), "success")
    return redirect(url_for(".person", registration_id=leaves.id, **delegation.address))


def _form(delegation: Delegation, leaves: Registration, form: SubstituteNomineeForm) -> SubstituteNomineeForm:
    form.offer(delegation, [leaves.category])
    return form


def _page(leaves: Registration, form: SubstituteNomineeForm) -> str:
    return render_template(
        "delegations/substitute_nominate.html",
        registration=leaves,
        form=form,
        why_not=why_not_replaced(leaves, now=clock.now()),
        **what_ends(leaves),
    )
