"""Before launch: what to expect of a design, and several designs side by side."""

from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, may, requires
from gtn_events.core.plots import TriedDesign, designs_svg

from ...domain.simulating import add_simulation, remove_simulation
from ...forms.simulation import USUAL, SimulationForm
from ...models import Competition, Simulation
from ...queries.simulations import measured_rounds, present_design, simulation_of, simulations_of
from ...simulation_job import SIMULATION
from .blueprint import blueprint


@blueprint.route("/simulation", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def simulation(competition: Competition) -> ResponseReturnValue:
    """Show the designs that were tried beside one another, or let a worker try another one."""
    if request.method == "GET":
        return _page(competition, SimulationForm(data=_start(competition)))
    form = SimulationForm()
    if not form.validate():
        return _page(competition, form), 422
    account, now = current_account(), clock.now()
    try:
        made = add_simulation(competition, form.design(), actor=account, now=now)
    except DomainError as error:
        db.session.rollback()
        form.refuse(error)
        return _page(competition, form), 422
    job = enqueue_job(
        SIMULATION,
        title=_("Simulation: %(entries)s entries, %(cards)s scorecards each", entries=made.entries, cards=made.cards),
        params={"simulation_id": made.id},
        actor=account,
        now=now,
        scope=competition.scope,
        back=(_("Simulation"), url_for(".simulation", competition=competition)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.post("/simulation/<int:simulation_id>/remove")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def simulation_remove(competition: Competition, simulation_id: int) -> ResponseReturnValue:
    """Take a design away."""
    remove_simulation(_simulation(competition, simulation_id), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The design is taken away."), "success")
    return redirect(url_for(".simulation", competition=competition))


def _start(competition: Competition) -> dict[str, Any]:  # Any: whole numbers and decimals
    """Return what the form begins with: the design that the address names, else what is known of the competition."""
    like = request.args.get("like", type=int)
    if like is None:
        known = USUAL | present_design(competition, now=clock.now())
        return known | {
            "cards": min(known["cards"], known["judges"]),
            "shortlist": min(known["shortlist"], known["entries"]),
        }
    return {name: getattr(_simulation(competition, like), name) for name in USUAL}


def _simulation(competition: Competition, simulation_id: int) -> Simulation:
    found = simulation_of(competition, simulation_id)
    if found is None:
        abort(404)
    return found


def _page(competition: Competition, form: SimulationForm) -> str:
    designs = simulations_of(competition)
    measured = [
        (round_, spread)
        for round_, spread in measured_rounds(competition)
        if may(Permission.COMPETITION_RESULTS_SEE, round_)
    ]
    return render_template(
        "competition/manage/simulation.html",
        competition=competition,
        form=form,
        designs=designs,
        plot=_plot(designs),
        measured=measured,
    )


def _plot(designs: list[Simulation]) -> Markup | None:
    shown = [
        TriedDesign(str(number), each.cost, _share(each, "list_right"), _share(each, "best_wins"))
        for number, each in enumerate(designs, start=1)
        if each.answer
    ]
    return designs_svg(shown) if shown else None


def _share(design: Simulation, name: str) -> float:
    return float(Decimal(design.answer["calibrated"][name]))
