"""The firm's own figures, signed in: all moments of a placement, and the form of one."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.figure_sets import can_be_given, opens_on
from ...enums import Moment
from ...figures import FIGURES, METHOD
from ...models import Application, Call, FigureSet, Intake, Placement
from ...queries.figure_sets import sets_of
from .blueprint import blueprint
from .form_pages import FigurePages


@blueprint.get("/<call>/placements/<int:placement_id>/figures")
@requires(Permission.SIGNED_IN)
def own(call: Call, placement_id: int) -> ResponseReturnValue:
    """Show which figures are asked, which are given, and their values side by side."""
    placement, now = _own_placement(call, placement_id), clock.now()
    sets = sets_of(placement)
    return render_template(
        "incubation/figures/own.html",
        call=call,
        placement=placement,
        host=placement.intake.host,
        sets=sets,
        given=[each for each in sets if each.sent_at is not None],
        open={each.id for each in sets if can_be_given(each, now=now)},
        opens={each.id: opens_on(each) for each in sets},
        kinds=FIGURES,
        method=METHOD,
        today=now.date(),
    )


@blueprint.route("/<call>/placements/<int:placement_id>/figures/<moment>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def own_form(call: Call, placement_id: int, moment: str) -> ResponseReturnValue:
    """Show the form of one moment, or keep what is typed."""
    figures = _own_set(call, placement_id, moment)
    return _pages(figures).edit(figures)


@blueprint.route("/<call>/placements/<int:placement_id>/figures/<moment>/check", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def own_check(call: Call, placement_id: int, moment: str) -> ResponseReturnValue:
    """Show what was filled in, or confirm it."""
    figures = _own_set(call, placement_id, moment)
    return _pages(figures).confirm(figures)


def _pages(figures: FigureSet) -> FigurePages:
    call, placement_id, moment = figures.placement.application.call, figures.placement_id, figures.moment.value
    form = url_for(".own_form", call=call, placement_id=placement_id, moment=moment)
    return FigurePages(
        form=form,
        check=url_for(".own_check", call=call, placement_id=placement_id, moment=moment),
        done=form,
        back=url_for(".own", call=call, placement_id=placement_id),
        section="call",
        actor=current_account(),
    )


def _own_placement(call: Call, placement_id: int) -> Placement:
    statement = (
        select(Placement)
        .join(Placement.application)
        .where(
            Placement.id == placement_id,
            Application.call_id == call.id,
            Application.account_id == current_account().id,
        )
        .options(contains_eager(Placement.application), joinedload(Placement.intake).joinedload(Intake.host))
    )
    return db.session.scalar(statement) or abort(404)


def _own_set(call: Call, placement_id: int, moment: str) -> FigureSet:
    placement = _own_placement(call, placement_id)
    if moment not in {each.value for each in Moment}:
        abort(404)
    wanted = select(FigureSet).where(FigureSet.placement_id == placement.id, FigureSet.moment == Moment(moment))
    return db.session.scalar(wanted) or abort(404)
