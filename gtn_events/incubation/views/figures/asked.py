"""Which firms of a call have given their figures and which not; the list as a file."""

from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import begin_long_read, db
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.journal import record
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...domain.figure_reminders import send_link_again
from ...domain.figure_sets import EARLY
from ...enums import Moment
from ...models import Call, FigureSet
from ...queries.figure_export import figure_headers, figure_rows
from ...queries.figure_sets import counts_of, read_listing, rows_of, set_of_call
from .blueprint import blueprint


@blueprint.get("/<call>/manage/figures")
@requires(Permission.CALL_PLACEMENTS_MANAGE)
def asked(call: Call) -> ResponseReturnValue:
    """Show every set of figures of the call: due when, asked how often, given or not."""
    today = clock.now().date()
    listing = read_listing(request.path, request.args)
    return render_template(
        "incubation/figures/asked.html",
        call=call,
        page=paginate(rows_of(call, listing, today, EARLY), listing),
        listing=listing,
        counts=counts_of(call, today, EARLY),
        moments=list(Moment),
        today=today,
        early=EARLY,
    )


@blueprint.post("/<call>/manage/figures/export")
@requires(Permission.CALL_PLACEMENTS_MANAGE)
def asked_export(call: Call) -> ResponseReturnValue:
    """Send what the list shows as a file, firm by firm, and write that down."""
    args: MultiDict[str, str] = MultiDict(parse_qsl(request.form.get("list", "")))
    now, listing = clock.now(), read_listing("", args)
    statement = rows_of(call, listing, now.date(), EARLY)
    changes = {"list": (None, "figures")}
    record("list exported", call, actor=current_account(), now=now, scope=call.scope, changes=changes)
    db.session.commit()
    begin_long_read()
    if request.form.get("format") == "xlsx":
        return xlsx_response(f"{call.slug}-figures.xlsx", figure_headers(), figure_rows(statement))
    return csv_response(f"{call.slug}-figures.csv", figure_headers(), figure_rows(statement))


@blueprint.post("/<call>/manage/figures/<int:figures_id>/link")
@requires(Permission.CALL_PLACEMENTS_MANAGE)
def send_link(call: Call, figures_id: int) -> ResponseReturnValue:
    """Mail the firm a new link."""
    figures: FigureSet = db.one_or_404(set_of_call(call, figures_id))
    send_link_again(figures, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("A new link is on its way to %(firm)s.", firm=figures.placement.application.organisation_name), "success")
    return redirect(url_for(".by_hand", call=call, figures_id=figures_id))
