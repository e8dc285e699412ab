"""The groups of economies, for administrators."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ..domain.groups import remove_group, save_group
from ..forms.group import GroupForm
from ..models import EconomyGroup
from .blueprint import GroupPage, blueprint


@blueprint.route("/network/groups/new", methods=["GET", "POST"])
@requires(Permission.SITE_ADMINISTER)
def group_new() -> ResponseReturnValue:
    """Show an empty form, or make a group."""
    form = GroupForm()
    form.offer()
    return _save(form, None)


@blueprint.route("/network/groups/<group>/edit", methods=["GET", "POST"])
@requires(Permission.SITE_ADMINISTER)
def group_edit(group: GroupPage) -> ResponseReturnValue:
    """Show a group as a form, or save it."""
    if group.row is None:
        return redirect(url_for(".contacts"))
    form = GroupForm(data=_stored(group.row))
    form.offer()
    if request.method == "GET":
        form.show(group.row)
    return _save(form, group.row)


@blueprint.post("/network/groups/<group>/remove")
@requires(Permission.SITE_ADMINISTER)
def group_remove(group: GroupPage) -> ResponseReturnValue:
    """Remove a group that never had a coordinator."""
    if group.row is not None:
        remove_group(group.row, actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("The group is removed."), "success")
    return redirect(url_for(".contacts"))


def _save(form: GroupForm, group: EconomyGroup | None) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return render_template("network/group_edit.html", form=form, row=group), 422 if form.errors else 200
    try:
        seen, actor = form.version, current_account()
        saved = save_group(group, form.name.data, form.chosen_economies, seen=seen, actor=actor, now=clock.now())
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.refuse_beside(refused, group, _stored(group) if group else {})
        return render_template("network/group_edit.html", form=form, row=group), refused.http_status
    flash(_("%(name)s is saved.", name=saved.name), "success")
    return redirect(url_for(".contacts"))


def _stored(group: EconomyGroup) -> dict[str, Any]:  # Any: a value of any column
    return {"name": group.name, "economies": [each.code for each in group.economies]}
