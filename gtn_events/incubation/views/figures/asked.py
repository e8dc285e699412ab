"""Which firms of a call have given their figures and which not."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...domain.figure_reminders import send_link_again
from ...domain.figure_sets import EARLY
from ...enums import Moment
from ...models import Call, FigureSet
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


@blueprint.post("/<call>/manage/figures/<int:figures_id>/link")
@requires(Permission.CALL_PLACEMENTS_MANAGE)
def send_link(call: Call, figures_id: int) -> ResponseReturnValue:
    """Mail the firm a new link."""
    figures: FigureSet = db.one_or_404(set_of_call(call, figures_id))
    send_link_again(figures, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("A new link is on its way to %(firm)s.", firm=figures.placement.application.organisation_name), "success")
    return redirect(url_for(".by_hand", call=call, figures_id=figures_id))
