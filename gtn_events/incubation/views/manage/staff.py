"""Who works at the call."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.domain.invitations import send_again, withdraw_invitation
from gtn_events.accounts.domain.staff import add_staff, end_staff
from gtn_events.accounts.enums import Role
from gtn_events.accounts.forms.staff import StaffForm
from gtn_events.accounts.models import Invitation
from gtn_events.accounts.queries.invitations import open_invitations, open_rows
from gtn_events.accounts.queries.staff import staff_grant_of, staff_grants
from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...models import Call
from ...queries.calls import STAFF_ROLES
from .blueprint import blueprint


@blueprint.route("/staff", methods=["GET", "POST"])
@requires(Permission.CALL_STAFF_EDIT)
def staff(call: Call) -> ResponseReturnValue:
    """Show who works at the call and who is invited, or add somebody."""
    form = StaffForm()
    form.offer(STAFF_ROLES)
    if not form.validate_on_submit():
        return _page(call, form)
    try:
        given = add_staff(
            call.scope,
            form.email.data,
            Role(form.role.data),
            roles=STAFF_ROLES,
            links=signer(),
            actor=current_account(),
            now=clock.now(),
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(call, form)
    if isinstance(given, Invitation):
        flash(_("An invitation to %(email)s is on its way.", email=given.email), "success")
    else:
        flash(_("%(name)s: %(role)s.", name=given.account.display_name, role=given.role.label), "success")
    return redirect(url_for(".staff", call=call))


@blueprint.post("/staff/<int:grant_id>/end")
@requires(Permission.CALL_STAFF_EDIT)
def staff_end(call: Call, grant_id: int) -> ResponseReturnValue:
    """Take a role back."""
    grant = db.one_or_404(staff_grant_of(call.scope, STAFF_ROLES, grant_id))
    end_staff(grant, actor=current_account(), now=clock.now())
    db.session.commit()
    name, role = grant.account.display_name, grant.role.label
    flash(_("%(name)s is no longer %(role)s of this call.", name=name, role=role), "success")
    return redirect(url_for(".staff", call=call))


@blueprint.post("/staff/invitations/<int:invitation_id>/resend")
@requires(Permission.CALL_STAFF_EDIT)
def staff_invitation_resend(call: Call, invitation_id: int) -> ResponseReturnValue:
    """Mail an invitation once more."""
    invited = _invitation_or_404(call, invitation_id)
    send_again(invited, links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("An invitation to %(email)s is on its way.", email=invited.email), "success")
    return redirect(url_for(".staff", call=call))


@blueprint.post("/staff/invitations/<int:invitation_id>/withdraw")
@requires(Permission.CALL_STAFF_EDIT)
def staff_invitation_withdraw(call: Call, invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    invited = _invitation_or_404(call, invitation_id)
    withdraw_invitation(invited, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The invitation to %(email)s is withdrawn.", email=invited.email), "success")
    return redirect(url_for(".staff", call=call))


def _invitation_or_404(call: Call, invitation_id: int) -> Invitation:
    statement = open_invitations(call.scope).where(Invitation.id == invitation_id, Invitation.role.in_(STAFF_ROLES))
    return db.one_or_404(statement)


def _page(call: Call, form: StaffForm) -> ResponseReturnValue:
    invited = [row for row in open_rows(call.scope, now=clock.now()) if row.invitation.role in STAFF_ROLES]
    page = render_template(
        "incubation/manage/staff.html",
        call=call,
        form=form,
        grants=staff_grants(call.scope, STAFF_ROLES),
        invited=invited,
    )
    return page, 422 if form.errors else 200
