"""Who works at the competition."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.domain.staff import add_staff, end_staff
from gtn_events.accounts.enums import Role
from gtn_events.accounts.forms.staff import StaffForm
from gtn_events.accounts.queries.staff import staff_grant_of, staff_grants
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...models import Competition
from ...queries.competitions import STAFF_ROLES
from .blueprint import blueprint


@blueprint.route("/staff", methods=["GET", "POST"])
@requires(Permission.COMPETITION_STAFF_EDIT)
def staff(competition: Competition) -> ResponseReturnValue:
    """Show who works at the competition, or add somebody."""
    form = StaffForm()
    form.offer(STAFF_ROLES)
    if not form.validate_on_submit():
        return _page(competition, form)
    try:
        role, actor = Role(form.role.data), current_account()
        grant = add_staff(competition.scope, form.email.data, role, roles=STAFF_ROLES, actor=actor, now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(competition, form)
    flash(_("%(name)s: %(role)s.", name=grant.account.display_name, role=grant.role.label), "success")
    return redirect(url_for(".staff", competition=competition))


@blueprint.post("/staff/<int:grant_id>/end")
@requires(Permission.COMPETITION_STAFF_EDIT)
def staff_end(competition: Competition, grant_id: int) -> ResponseReturnValue:
    """Take a role back."""
    grant = db.one_or_404(staff_grant_of(competition.scope, STAFF_ROLES, grant_id))
    end_staff(grant, actor=current_account(), now=clock.now())
    db.session.commit()
    name, role = grant.account.display_name, grant.role.label
    flash(_("%(name)s is no longer %(role)s of this competition.", name=name, role=role), "success")
    return redirect(url_for(".staff", competition=competition))


def _page(competition: Competition, form: StaffForm) -> ResponseReturnValue:
    grants = staff_grants(competition.scope, STAFF_ROLES)
    page = render_template("competition/manage/staff.html", competition=competition, form=form, grants=grants)
    return page, 422 if form.errors else 200
