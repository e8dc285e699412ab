"""An organiser's page of one set: filled in for a firm with a note of the source, and opened again to be corrected."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.figure_sets import open_again
from ...forms.figures import OpenAgainForm
from ...models import Call, FigureSet
from ...queries.figure_sets import set_of_call
from .blueprint import blueprint
from .form_pages import FigurePages


@blueprint.route("/<call>/manage/figures/<int:figures_id>", methods=["GET", "POST"])
@requires(Permission.CALL_PLACEMENTS_MANAGE)
def by_hand(call: Call, figures_id: int) -> ResponseReturnValue:
    """Show the form of one firm or what it gave, or keep what is typed."""
    figures = _figures(call, figures_id)
    return _pages(call, figures).edit(figures)


@blueprint.route("/<call>/manage/figures/<int:figures_id>/check", methods=["GET", "POST"])
@requires(Permission.CALL_PLACEMENTS_MANAGE)
def by_hand_check(call: Call, figures_id: int) -> ResponseReturnValue:
    """Show what was filled in, or confirm it for the firm."""
    figures = _figures(call, figures_id)
    return _pages(call, figures).confirm(figures)


@blueprint.route("/<call>/manage/figures/<int:figures_id>/open-again", methods=["GET", "POST"])
@requires(Permission.CALL_PLACEMENTS_MANAGE)
def again(call: Call, figures_id: int) -> ResponseReturnValue:
    """Ask why, or let confirmed figures be corrected."""
    figures, form = _figures(call, figures_id), OpenAgainForm()
    where = url_for(".by_hand", call=call, figures_id=figures_id)
    if figures.sent_at is None:
        return redirect(where)
    if request.method == "GET" or not form.validate():
        return _ask(call, figures, form), 200 if request.method == "GET" else 422
    try:
        open_again(figures, reason=form.reason.data or "", actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _ask(call, figures, form), refusal.http_status
    return redirect(where)


def _ask(call: Call, figures: FigureSet, form: OpenAgainForm) -> str:
    return render_template("incubation/figures/again.html", call=call, figures=figures, form=form)


def _pages(call: Call, figures: FigureSet) -> FigurePages:
    form = url_for(".by_hand", call=call, figures_id=figures.id)
    return FigurePages(
        form=form,
        check=url_for(".by_hand_check", call=call, figures_id=figures.id),
        done=form,
        back=url_for(".asked", call=call),
        section="call-manage",
        actor=current_account(),
    )


def _figures(call: Call, figures_id: int) -> FigureSet:
    figures: FigureSet = db.one_or_404(set_of_call(call, figures_id))
    return figures
