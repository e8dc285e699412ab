"""Who looks after a host."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.domain.invitations import send_again, withdraw_invitation
from gtn_events.accounts.domain.staff import add_staff
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Invitation
from gtn_events.accounts.queries.invitations import open_invitations, open_rows
from gtn_events.accounts.queries.staff import staff_grant_of, staff_grants
from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.hosts import end_manager
from ...forms.host import ManagerForm
from ...models import Host
from .blueprint import blueprint

ROLES = (Role.HOST_MANAGER,)


@blueprint.route("/staff", methods=["GET", "POST"])
@requires(Permission.HOST_MANAGE)
def staff(host: Host) -> ResponseReturnValue:
    """Show the managers and who is invited, or invite one more."""
    form = ManagerForm()
    if not form.validate_on_submit():
        return _page(host, form)
    role, actor, now = Role.HOST_MANAGER, current_account(), clock.now()
    try:
        given = add_staff(host.scope, form.email.data, role, roles=ROLES, links=signer(), actor=actor, now=now)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(host, form)
    if isinstance(given, Invitation):
        flash(_("An invitation to %(email)s is on its way.", email=given.email), "success")
    else:
        flash(_("%(name)s looks after this host now.", name=given.account.display_name), "success")
    return redirect(url_for(".staff", host=host))


@blueprint.post("/staff/<int:grant_id>/end")
@requires(Permission.HOST_MANAGE)
def staff_end(host: Host, grant_id: int) -> ResponseReturnValue:
    """Take the role of a manager back."""
    grant = db.one_or_404(staff_grant_of(host.scope, ROLES, grant_id))
    end_manager(host, grant, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s looks after this host no more.", name=grant.account.display_name), "success")
    if grant.account_id == current_account().id:
        return redirect(url_for("accounts.home"))
    return redirect(url_for(".staff", host=host))


@blueprint.post("/staff/invitations/<int:invitation_id>/resend")
@requires(Permission.HOST_MANAGE)
def staff_invitation_resend(host: Host, invitation_id: int) -> ResponseReturnValue:
    """Mail an invitation once more."""
    invited = _invitation_or_404(host, invitation_id)
    send_again(invited, links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("An invitation to %(email)s is on its way.", email=invited.email), "success")
    return redirect(url_for(".staff", host=host))


@blueprint.post("/staff/invitations/<int:invitation_id>/withdraw")
@requires(Permission.HOST_MANAGE)
def staff_invitation_withdraw(host: Host, invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    invited = _invitation_or_404(host, invitation_id)
    withdraw_invitation(invited, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The invitation to %(email)s is withdrawn.", email=invited.email), "success")
    return redirect(url_for(".staff", host=host))


def _invitation_or_404(host: Host, invitation_id: int) -> Invitation:
    statement = open_invitations(host.scope).where(Invitation.id == invitation_id, Invitation.role.in_(ROLES))
    return db.one_or_404(statement)


def _page(host: Host, form: ManagerForm) -> ResponseReturnValue:
    page = render_template(
        "incubation/host/staff.html",
        host=host,
        form=form,
        grants=staff_grants(host.scope, ROLES),
        invited=open_rows(host.scope, now=clock.now()),
    )
    return page, 422 if form.errors else 200
