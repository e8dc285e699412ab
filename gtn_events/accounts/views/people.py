"""People and their roles, for administrators."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock, journal
from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import DomainError
from gtn_events.core.pages import Listing, paginate
from gtn_events.core.permissions import Permission, requires

from ..domain.roles import end_grant, grant_role
from ..enums import Role
from ..forms.people import GrantForm
from ..models import Account, RoleGrant
from ..queries.people import SORTS, grants_of, people_in, roles_held
from ..roles import current_account
from ..scopes import named_scopes
from .blueprint import blueprint


@blueprint.get("/admin/people")
@requires(Permission.SITE_ADMINISTER)
def people() -> ResponseReturnValue:
    """List everybody who has an account."""
    economies = economies_in_order()
    listing = Listing.read(
        request.path,
        request.args,
        sorts=SORTS,
        default_sort="name",
        filters={"economy": [economy.code for economy in economies], "role": list(Role)},
    )
    page = paginate(people_in(listing), listing)
    return render_template(
        "accounts/people.html",
        page=page,
        listing=listing,
        economies=economies,
        roles=list(Role),
        held=roles_held([account.id for account in page.items]),
    )


@blueprint.get("/admin/people/<int:account_id>")
@requires(Permission.SITE_ADMINISTER)
def person(account_id: int) -> ResponseReturnValue:
    """Show one person, their roles, and what happened to the account."""
    form = GrantForm()
    form.fill_choices()
    return _person_page(_person_or_404(account_id), form)


@blueprint.post("/admin/people/<int:account_id>/grants")
@requires(Permission.SITE_ADMINISTER)
def person_grant(account_id: int) -> ResponseReturnValue:
    """Give the person a role."""
    account, form = _person_or_404(account_id), GrantForm()
    form.fill_choices()
    if not form.validate():
        return _person_page(account, form), 422
    role = Role(form.role.data)
    try:
        grant_role(account, role, scope=form.scope, actor=current_account(), now=clock.now())
    except DomainError as refused:
        form.refuse(refused)
        return _person_page(account, form), refused.http_status
    db.session.commit()
    flash(_("%(name)s is now: %(role)s.", name=account.display_name, role=role.label), "success")
    return redirect(url_for(".person", account_id=account.id))


@blueprint.post("/admin/people/<int:account_id>/grants/<int:grant_id>/end")
@requires(Permission.SITE_ADMINISTER)
def person_grant_end(account_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role back."""
    account = _person_or_404(account_id)
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None or grant.account_id != account.id:
        abort(404)
    end_grant(grant, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is no longer: %(role)s.", name=account.display_name, role=grant.role.label), "success")
    return redirect(url_for(".person", account_id=account.id))


def _person_or_404(account_id: int) -> Account:
    account = db.session.get(Account, account_id)
    if account is None or account.erased_at is not None:
        abort(404)
    return account


def _person_page(account: Account, form: GrantForm) -> str:
    grants = db.session.scalars(grants_of(account)).all()
    names = named_scopes(grant.scope for grant in grants)
    return render_template(
        "accounts/person.html",
        person=account,
        form=form,
        grants=[(grant, names[grant.scope]) for grant in grants],
        entries=journal.shown_entries(db.session.scalars(journal.entries_about(account)).all()),
    )
