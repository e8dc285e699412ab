"""The profile of a host, section by section."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.permissions import Permission, requires

from ...domain.profile import edit_section, what_is_missing
from ...forms.host import FORMS, SectionForm
from ...models import Host
from ...services import SERVICES
from .blueprint import blueprint


@blueprint.get("/profile")
@requires(Permission.HOST_MANAGE)
def profile(host: Host) -> ResponseReturnValue:
    """Lead to the first section that lacks something."""
    first = next((each.section for each in what_is_missing(host)), "about")
    return redirect(url_for(".section", host=host, section=first))


@blueprint.route("/profile/<section>", methods=["GET", "POST"])
@requires(Permission.HOST_MANAGE)
def section(host: Host, section: str) -> ResponseReturnValue:
    """Show one section of the profile, or save it unless somebody else did meanwhile."""
    if section not in FORMS:
        abort(404)
    form = FORMS[section]()
    if request.method == "GET":
        form.fill(host)
        form.lock_version.data = str(host.lock_version)
        return _page(host, form)
    if not form.validate():
        return _page(host, form)
    try:
        edit_section(host, section, form.values(), seen=form.seen, actor=current_account(), now=clock.now())
        db.session.commit()
    except Stale:
        db.session.rollback()
        # Sending the same form again is then a decision.
        form.lock_version.data = form.lock_version.raw_data = str(host.lock_version)
        return _page(host, form, stale=True)
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(host, form)
    flash(_("This part of the profile is saved."), "success")
    return redirect(url_for(".section", host=host, section=section))


def _page(host: Host, form: SectionForm, *, stale: bool = False) -> ResponseReturnValue:
    page = render_template(
        "incubation/host/profile.html",
        host=host,
        form=form,
        here=form.section,
        service_codes=list(SERVICES),
        missing=what_is_missing(host),
        stale=stale,
    )
    return page, 409 if stale else 422 if form.errors else 200
