"""A person's organisation: chosen, made, left and edited."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, may, requires

from ..domain.organisations import (
    create_organisation,
    edit_organisation,
    join_organisation,
    organisation_called,
    organisations_of,
)
from ..forms.base import one_line
from ..forms.organisation import ChooseOrganisationForm, OrganisationForm
from ..models import Account, Organisation
from ..roles import current_account
from .blueprint import blueprint


@blueprint.get("/account/organisation")
@requires(Permission.SIGNED_IN)
def organisation() -> ResponseReturnValue:
    """Ask which organisation the person comes from."""
    account = current_account()
    form = ChooseOrganisationForm(data={"name": account.organisation.name if account.organisation else ""})
    return _choose_page(form, account)


@blueprint.post("/account/organisation")
@requires(Permission.SIGNED_IN)
def organisation_submit() -> ResponseReturnValue:
    """Join the organisation of that name, or go on to make it."""
    form, account = ChooseOrganisationForm(), current_account()
    if not form.validate():
        return _choose_page(form, account), 422
    found = organisation_called(form.name.data, economy_code=account.economy_code)
    if found is None:
        return redirect(url_for(".organisation_new", name=form.name.data))
    join_organisation(account, found, now=clock.now())
    db.session.commit()
    flash(_("Your organisation is %(name)s.", name=found.name), "success")
    return redirect(url_for(".profile"))


@blueprint.post("/account/organisation/leave")
@requires(Permission.SIGNED_IN)
def organisation_leave() -> ResponseReturnValue:
    """Belong to no organisation any more."""
    join_organisation(current_account(), None, now=clock.now())
    db.session.commit()
    flash(_("You belong to no organisation now."), "success")
    return redirect(url_for(".profile"))


@blueprint.get("/account/organisation/new")
@requires(Permission.SIGNED_IN)
def organisation_new() -> ResponseReturnValue:
    """Ask what the new organisation is."""
    name = one_line(request.args.get("name", ""))[:200]
    form = OrganisationForm(data={"name": name, "economy": current_account().economy_code or ""})
    form.fill_choices()
    return render_template("accounts/organisation_new.html", form=form)


@blueprint.post("/account/organisation/new")
@requires(Permission.SIGNED_IN)
def organisation_new_submit() -> ResponseReturnValue:
    """Make the organisation and join it."""
    form, account, now = OrganisationForm(), current_account(), clock.now()
    form.fill_choices()
    if not form.validate():
        return render_template("accounts/organisation_new.html", form=form), 422
    made = create_organisation(form.facts, actor=account, now=now)
    join_organisation(account, made, now=now)
    db.session.commit()
    flash(_("Your organisation is %(name)s.", name=made.name), "success")
    return redirect(url_for(".profile"))


@blueprint.get("/organisations/<int:organisation_id>/edit")
@requires(Permission.SIGNED_IN)
def organisation_edit(organisation_id: int) -> ResponseReturnValue:
    """Show what is said about an organisation as a form, to its maker and to administrators."""
    found = _editable(organisation_id)
    form = OrganisationForm(
        data={
            "name": found.name,
            "kind": found.kind.value,
            "economy": found.economy_code or "",
            "size": found.size.value if found.size else "",
            "sector": found.sector,
            "website": found.website,
        }
    )
    form.fill_choices()
    return render_template("accounts/organisation_edit.html", form=form, organisation=found)


@blueprint.post("/organisations/<int:organisation_id>/edit")
@requires(Permission.SIGNED_IN)
def organisation_edit_submit(organisation_id: int) -> ResponseReturnValue:
    """Save what is said about an organisation."""
    found, form = _editable(organisation_id), OrganisationForm()
    form.fill_choices()
    if not form.validate():
        return render_template("accounts/organisation_edit.html", form=form, organisation=found), 422
    edit_organisation(found, form.facts, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is saved.", name=found.name), "success")
    return redirect(url_for(".organisation_edit", organisation_id=found.id))


def _editable(organisation_id: int) -> Organisation:
    found = db.session.get(Organisation, organisation_id)
    if found is None or not (found.created_by_id == current_account().id or may(Permission.SITE_ADMINISTER)):
        abort(404)
    return found


def _choose_page(form: ChooseOrganisationForm, account: Account) -> str:
    offered = organisations_of(account.economy_code)
    return render_template("accounts/organisation.html", form=form, account=account, offered=offered)
