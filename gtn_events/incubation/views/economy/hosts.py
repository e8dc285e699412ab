"""The hosts of an economy, and verifying them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.exports import csv_response
from gtn_events.core.journal import entries_about, record, shown_entries
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.venue_time import day_at_venue

from ...domain.profile import what_is_missing
from ...domain.verification import USUAL, send_back, verification_of, verify_host
from ...forms.verification import SendBackForm, VerifyForm
from ...models import Host
from ...queries.hosts import HEADERS, all_hosts, host_rows, hosts_of_economy, managers_by_host
from ..loading import EconomyPage
from .blueprint import blueprint


@blueprint.get("/")
@requires(Permission.HOST_VERIFY)
def hosts(economy: EconomyPage) -> ResponseReturnValue:
    """Show the hosts of the economy, those that wait first."""
    found, now = hosts_of_economy(economy.row), clock.now()
    return render_template(
        "incubation/economy/hosts.html",
        economy=economy,
        hosts=[(host, verification_of(host, now=now), what_is_missing(host)) for host in found],
        managers=managers_by_host([host.id for host in found]),
    )


@blueprint.post("/hosts.csv")
@requires(Permission.HOST_VERIFY)
def hosts_export(economy: EconomyPage) -> ResponseReturnValue:
    """Send the hosts of the economy as a file."""
    row = economy.row
    changes = {"economy": (None, row.code)}
    record("hosts exported", current_account(), actor=current_account(), now=clock.now(), changes=changes)
    db.session.commit()
    chosen = all_hosts().where(Host.economy_code == row.code)
    return csv_response(f"hosts-{row.code.lower()}.csv", HEADERS, host_rows(chosen))


@blueprint.route("/hosts/<host>/verify", methods=["GET", "POST"])
@requires(Permission.HOST_VERIFY)
def verify(economy: EconomyPage, host: Host) -> ResponseReturnValue:
    """Show what is known about a host, or verify it until a day."""
    _require_of(economy, host)
    form = VerifyForm(data={"until": day_at_venue(clock.now(), host.time_zone) + USUAL})
    if not form.validate_on_submit():
        return _page(economy, host, form, SendBackForm(formdata=None))
    try:
        told = {"until": form.until.data, "note": form.note.data or "", "seen": _seen()}
        verify_host(host, **told, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(economy, host, form, SendBackForm(formdata=None))
    flash(_("%(name)s is verified. Its managers are told.", name=host.name), "success")
    return redirect(url_for(".hosts", economy=economy))


@blueprint.post("/hosts/<host>/send-back")
@requires(Permission.HOST_VERIFY)
def host_send_back(economy: EconomyPage, host: Host) -> ResponseReturnValue:
    """Give the profile back to its managers with a reason."""
    _require_of(economy, host)
    form = SendBackForm()
    usual = VerifyForm(formdata=None, data={"until": day_at_venue(clock.now(), host.time_zone) + USUAL})
    if not form.validate_on_submit():
        return _page(economy, host, usual, form)
    try:
        send_back(host, reason=form.reason.data, seen=_seen(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(economy, host, usual, form)
    flash(_("%(name)s is sent back. Its managers are told why.", name=host.name), "success")
    return redirect(url_for(".hosts", economy=economy))


def _require_of(economy: EconomyPage, host: Host) -> None:
    if host.economy_code != economy.row.code:
        abort(404)


def _seen() -> int | None:
    return request.form.get("seen", type=int)


def _page(economy: EconomyPage, host: Host, form: VerifyForm, back_form: Form) -> ResponseReturnValue:
    page = render_template(
        "incubation/economy/verify.html",
        economy=economy,
        host=host,
        form=form,
        back_form=back_form,
        missing=what_is_missing(host),
        verification=verification_of(host, now=clock.now()),
        managers=managers_by_host([host.id]).get(host.id, []),
        history=shown_entries(list(db.session.scalars(entries_about(host, limit=15)))),
    )
    return page, 422 if any((form.errors, form.form_errors, back_form.errors, back_form.form_errors)) else 200
