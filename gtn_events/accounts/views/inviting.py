"""Inviting people to roles of the site, and what became of it, for administrators."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ..domain.invitations import give_or_invite, send_again, withdraw_invitation
from ..enums import Role
from ..forms.people import InvitationForm
from ..models import Invitation
from ..queries.invitations import open_rows
from ..roles import current_account
from .blueprint import blueprint
from .tokens import signer


@blueprint.get("/admin/invitations")
@requires(Permission.SITE_ADMINISTER)
def invitation_list() -> ResponseReturnValue:
    """Show every open invitation, and ask for one more."""
    form = InvitationForm()
    form.fill_choices()
    return _page(form)


@blueprint.post("/admin/invitations")
@requires(Permission.SITE_ADMINISTER)
def invite() -> ResponseReturnValue:
    """Give a role to whoever has an address, or invite them to it."""
    form = InvitationForm()
    form.fill_choices()
    if not form.validate():
        return _page(form), 422
    actor, role = current_account(), Role(form.role.data)
    try:
        given = give_or_invite(form.email.data, role, scope=form.scope, links=signer(), actor=actor, now=clock.now())
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(form), refused.http_status
    db.session.commit()
    if not isinstance(given, Invitation):
        flash(_("%(name)s is now: %(role)s.", name=given.account.display_name, role=role.label), "success")
        return redirect(url_for(".person", account_id=given.account_id))
    flash(_("An invitation to %(email)s is on its way.", email=given.email), "success")
    return redirect(url_for(".invitation_list"))


@blueprint.post("/admin/invitations/<int:invitation_id>/resend")
@requires(Permission.SITE_ADMINISTER)
def invitation_resend(invitation_id: int) -> ResponseReturnValue:
    """Mail an invitation once more."""
    invited = _invitation_or_404(invitation_id)
    send_again(invited, links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("An invitation to %(email)s is on its way.", email=invited.email), "success")
    return redirect(url_for(".invitation_list"))


@blueprint.post("/admin/invitations/<int:invitation_id>/withdraw")
@requires(Permission.SITE_ADMINISTER)
def invitation_withdraw(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    invited = _invitation_or_404(invitation_id)
    withdraw_invitation(invited, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The invitation to %(email)s is withdrawn.", email=invited.email), "success")
    return redirect(url_for(".invitation_list"))


def _invitation_or_404(invitation_id: int) -> Invitation:
    return db.session.get(Invitation, invitation_id) or abort(404)


def _page(form: InvitationForm) -> str:
    return render_template("accounts/invitations.html", form=form, rows=open_rows(now=clock.now()))
