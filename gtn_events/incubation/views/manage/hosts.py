"""The hosts of a call: invited, with their places, totals and limits; and the list as a file."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.models import Invitation
from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.errors import DomainError
from gtn_events.core.exports import csv_response
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires
from gtn_events.eligibility.domain.setting import economy_names

from ...domain.hosts import add_host, invite_first_manager
from ...domain.intake_limits import is_guaranteed, limits_in_words
from ...domain.verification import verification_of
from ...forms.host import ManagerForm, NewHostForm
from ...models import Call, Host
from ...queries.hosts import all_hosts, managers_by_host
from ...queries.intakes import INTAKE_HEADERS, intake_rows, intakes_of
from ..intake_pages import IntakePages
from .blueprint import blueprint

PAGES = IntakePages(
    show="incubation_manage.host_places",
    withdraw="incubation_manage.host_places_withdraw",
    back="incubation_manage.hosts",
    section="call-manage",
)


@blueprint.get("/hosts")
@requires(Permission.CALL_SEE)
def hosts(call: Call) -> ResponseReturnValue:
    """Show who gives places with totals, and who gives none yet."""
    now = clock.now()
    intakes = list(db.session.scalars(intakes_of(call)))
    standing = [each for each in intakes if each.withdrawn_at is None]
    giving = {each.host_id for each in standing}
    others = [host for host in db.session.scalars(all_hosts()) if host.id not in giving]
    return render_template(
        "incubation/manage/hosts.html",
        call=call,
        now=now,
        intakes=[(each, limits_in_words(call, each), is_guaranteed(each)) for each in standing],
        withdrawn=[each for each in intakes if each.withdrawn_at is not None],
        others=others,
        verifications={host.id: verification_of(host, now=now) for host in [*others, *(i.host for i in standing)]},
        managers=managers_by_host([host.id for host in others]),
    )


@blueprint.post("/hosts.csv")
@requires(Permission.CALL_SEE)
def hosts_export(call: Call) -> ResponseReturnValue:
    """Send hosts and places as a file."""
    record("places exported", call, actor=current_account(), now=clock.now(), scope=call.scope)
    db.session.commit()
    return csv_response(f"{call.slug}-places.csv", INTAKE_HEADERS, intake_rows(call))


@blueprint.route("/hosts/new", methods=["GET", "POST"])
@requires(Permission.HOST_CREATE)
def host_new(call: Call) -> ResponseReturnValue:
    """Ask which host and whom to invite, or add the host and invite its manager."""
    form = NewHostForm()
    form.offer(economy_names())
    if not form.validate_on_submit():
        return _new_page(call, form)
    try:
        host, given = add_host(
            form.name.data,
            db.session.get_one(Economy, form.economy_code.data),
            city=form.city.data,
            time_zone=form.time_zone.data,
            manager_email=form.email.data,
            links=signer(),
            actor=current_account(),
            now=clock.now(),
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _new_page(call, form)
    if isinstance(given, Invitation):
        words = _("%(host)s is added. An invitation to %(email)s is on its way.", host=host.name, email=given.email)
    else:
        name = given.account.display_name
        words = _("%(host)s is added. %(name)s looks after it.", host=host.name, name=name)
    flash(words, "success")
    return redirect(url_for(".hosts", call=call))


@blueprint.route("/hosts/<host>/invite", methods=["GET", "POST"])
@requires(Permission.HOST_CREATE)
def host_invite(call: Call, host: Host) -> ResponseReturnValue:
    """Ask whom to invite for a host that nobody looks after, or invite the person."""
    form = ManagerForm()
    if not form.validate_on_submit():
        return _invite_page(call, host, form)
    actor, now = current_account(), clock.now()
    try:
        given = invite_first_manager(host, form.email.data, links=signer(), actor=actor, now=now)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _invite_page(call, host, form)
    if isinstance(given, Invitation):
        flash(_("An invitation to %(email)s is on its way.", email=given.email), "success")
    else:
        flash(_("%(name)s looks after this host now.", name=given.account.display_name), "success")
    return redirect(url_for(".hosts", call=call))


@blueprint.route("/hosts/<host>/places", methods=["GET", "POST"])
@requires(Permission.CALL_EDIT)
def host_places(call: Call, host: Host) -> ResponseReturnValue:
    """Show what a host gives in the call, or keep what the organiser typed for it."""
    return PAGES.edit(call, host)


@blueprint.route("/hosts/<host>/places/withdraw", methods=["GET", "POST"])
@requires(Permission.CALL_EDIT)
def host_places_withdraw(call: Call, host: Host) -> ResponseReturnValue:
    """Ask for a reason, or take the places of a host back."""
    return PAGES.take_back(call, host)


def _new_page(call: Call, form: NewHostForm) -> ResponseReturnValue:
    page = render_template("incubation/manage/host_new.html", call=call, form=form)
    return page, 422 if form.errors else 200


def _invite_page(call: Call, host: Host, form: ManagerForm) -> ResponseReturnValue:
    managers = managers_by_host([host.id]).get(host.id, [])
    page = render_template("incubation/manage/host_invite.html", call=call, host=host, form=form, managers=managers)
    return page, 422 if form.errors or form.form_errors else 200
