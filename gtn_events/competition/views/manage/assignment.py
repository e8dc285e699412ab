"""The assignment of a round: run it, look at it, ask what if, repair it by hand, release it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, enqueue_job
from gtn_events.core.listing import Listing
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...assignment_jobs import ASSIGNMENT, WHAT_IF
from ...domain.panel_facts import JudgeFact, PanelFacts, SeatFact, panel_facts, require_both_sides
from ...domain.plan import release, require_assignable
from ...domain.seats_by_hand import bench, fit_between
from ...enums import AssignmentState, RoundState
from ...models import Competition, Round
from ...queries.judges import economy_names, judge_of
from ...queries.panels import (
    ANCHORED,
    PLANNED,
    SHORT,
    chosen_round,
    panels_listed,
    read_panel_listing,
    running_job,
)
from ...queries.rounds import round_of, rounds_in_order
from .blueprint import blueprint

MOST_ON_BENCH = 24


@dataclass(frozen=True)
class SeatRow:
    """A seat with its judge and how well they fit."""

    seat: SeatFact
    judge: JudgeFact
    fit: float


@blueprint.get("/assignment")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def assignment(competition: Competition) -> ResponseReturnValue:
    """Show the panels and the loads of a round as they stand."""
    number = request.args.get("round", type=int)
    found = chosen_round(competition, number)
    if found is None:
        if number is not None:
            abort(404)
        return render_template("competition/manage/assignment_empty.html", competition=competition)
    facts = panel_facts(found)
    listing = read_panel_listing(request.path, request.args)
    page = paginate(panels_listed(found, listing, only=_only(facts, listing)), listing)
    return render_template(
        "competition/manage/assignment.html",
        competition=competition,
        round=found,
        rounds=rounds_in_order(competition),
        facts=facts,
        plan=found.plan,
        made_at=datetime.fromisoformat(found.plan["made_at"]) if "made_at" in found.plan else None,
        page=page,
        listing=listing,
        panels={each.id: seat_rows(facts, facts.panels.get(each.id, ())) for each in page.items},
        judges=sorted(facts.judges.values(), key=lambda each: (-facts.loads[each.id], each.number)),
        planned=sum(seat.state is AssignmentState.PLANNED for seat in facts.seats),
        anchors=sum(seat.anchor for seat in facts.seats),
        mean_fit=_mean_fit(facts),
        changeable=found.state in {RoundState.PLANNED, RoundState.OPEN},
        bench=(free := bench(facts))[:MOST_ON_BENCH],
        further=max(len(free) - MOST_ON_BENCH, 0),
        names=economy_names(),
        categories={each.key: each.label for each in competition.categories},
        job=running_job(found, (ASSIGNMENT, WHAT_IF)),
    )


@blueprint.post("/assignment/<int:number>/run")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def assignment_run(competition: Competition, number: int) -> ResponseReturnValue:
    """Ask for the assignment of a round."""
    found = db.one_or_404(round_of(competition, number))
    require_assignable(found)
    require_both_sides(panel_facts(found))
    title = _("Assignment of %(title)s", title=found.title)
    return _ask(competition, found, ASSIGNMENT, title, {"round_id": found.id})


@blueprint.post("/assignment/<int:number>/what-if")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def assignment_what_if(competition: Competition, number: int) -> ResponseReturnValue:
    """Ask what would be if a judge left."""
    found = db.one_or_404(round_of(competition, number))
    judge = db.one_or_404(judge_of(competition, row_id(request.form.get("judge"))))
    title = _("If %(name)s left %(title)s", name=judge.name, title=found.title)
    return _ask(competition, found, WHAT_IF, title, {"round_id": found.id, "judge_id": judge.id})


@blueprint.post("/assignment/<int:number>/release")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def assignment_release(competition: Competition, number: int) -> ResponseReturnValue:
    """Show the planned seats to their judges, and mail them."""
    found = db.one_or_404(round_of(competition, number))
    count = release(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(
        ngettext(
            "The entries are released; a mail to %(num)d judge is on its way.",
            "The entries are released; mails to %(num)d judges are on their way.",
            count,
        ),
        "success",
    )
    return redirect(url_for(".assignment", competition=competition, round=number))


def seat_rows(facts: PanelFacts, seats: Sequence[SeatFact]) -> list[SeatRow]:
    """Return seats with their judges and how well they fit."""
    return [
        SeatRow(
            seat,
            facts.judges[seat.judge_id],
            fit_between(facts.entries[seat.entry_id], facts.judges[seat.judge_id]),
        )
        for seat in seats
    ]


def _only(facts: PanelFacts, listing: Listing) -> list[int] | None:
    """Return the entries that the chosen filter leaves; None for all of them."""
    chosen = listing.one("show")
    if chosen == SHORT:
        return facts.short
    if chosen == ANCHORED:
        return sorted({seat.entry_id for seat in facts.seats if seat.anchor})
    if chosen == PLANNED:
        return sorted({seat.entry_id for seat in facts.seats if seat.state is AssignmentState.PLANNED})
    return None


def _mean_fit(facts: PanelFacts) -> float | None:
    fits = [row.fit for row in seat_rows(facts, facts.seats)]
    return sum(fits) / len(fits) if fits else None


def _ask(competition: Competition, found: Round, kind: str, title: str, params: dict[str, int]) -> ResponseReturnValue:
    job: Job | None = running_job(found, (ASSIGNMENT, WHAT_IF))
    if job is None:
        job = enqueue_job(
            kind,
            title=title,
            params=params,
            actor=current_account(),
            now=clock.now(),
            scope=competition.scope,
            back=(_("Assignment"), url_for(".assignment", competition=competition, round=found.number)),
        )
        db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))
