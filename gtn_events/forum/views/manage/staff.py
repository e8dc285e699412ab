"""Who works at the forum."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.enums import Role
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.staff import add_staff, end_staff
from ...forms.forum import StaffForm
from ...models import Forum
from ...queries.forums import staff_grant_of, staff_grants
from .blueprint import blueprint


@blueprint.route("/staff", methods=["GET", "POST"])
@requires(Permission.FORUM_HELPERS_EDIT)
def staff(forum: Forum) -> ResponseReturnValue:
    """Show who works at the forum, or add somebody."""
    form = StaffForm()
    if not form.validate_on_submit():
        return _page(forum, form)
    try:
        role = Role(form.role.data)
        grant = add_staff(forum, form.email.data, role, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(forum, form)
    flash(_("%(name)s: %(role)s.", name=grant.account.display_name, role=grant.role.label), "success")
    return redirect(url_for(".staff", forum=forum))


@blueprint.post("/staff/<int:grant_id>/end")
@requires(Permission.FORUM_HELPERS_EDIT)
def staff_end(forum: Forum, grant_id: int) -> ResponseReturnValue:
    """Take a role back."""
    grant = db.one_or_404(staff_grant_of(forum, grant_id))
    end_staff(forum, grant, actor=current_account(), now=clock.now())
    db.session.commit()
    name, role = grant.account.display_name, grant.role.label
    flash(_("%(name)s is no longer %(role)s of this forum.", name=name, role=role), "success")
    return redirect(url_for(".staff", forum=forum))


def _page(forum: Forum, form: StaffForm) -> ResponseReturnValue:
    page = render_template("forum/manage/staff.html", forum=forum, form=form, grants=staff_grants(forum))
    return page, 422 if form.errors else 200
