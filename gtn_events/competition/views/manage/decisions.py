"""What is done with a ranking: compute, decide, undo, hand on, promote, and the chair's vote."""

from collections import Counter
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import Job, enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...domain.decisions import chair_order, decide_round, promote, simulate_cut, take_into_next, undo_decision
from ...domain.ranking import check_ranking
from ...enums import RoundState, Standing
from ...errors import ReasonMissing
from ...forms.decisions import ReasonForm
from ...models import Competition, Round
from ...queries.decisions import entries_by_id, next_round, reserve_entry
from ...queries.ranking import latest_version
from ...ranking_job import RANKING
from .blueprint import blueprint
from .ranking import numbered_round
from .ranking_parts import criteria_labels

MOST_SHOWN = 100


@blueprint.route("/ranking/<int:number>/compute", methods=["GET", "POST"])
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def ranking_compute(competition: Competition, number: int) -> ResponseReturnValue:
    """Ask why, or let a worker compute a version."""
    round_, form = numbered_round(competition, number), ReasonForm()
    version = latest_version(round_)
    if request.method == "GET":
        return _page("compute", round_, form, version=version)
    try:
        job = _ask(round_, form, chair=version.facts["chair"] if version else [])
    except DomainError as error:
        return _refused("compute", round_, form, error, version=version)
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.route("/ranking/<int:number>/decide", methods=["GET", "POST"])
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def ranking_decide(competition: Competition, number: int) -> ResponseReturnValue:
    """Show what the rule would do, or do it."""
    round_ = numbered_round(competition, number)
    version = latest_version(round_)
    if round_.state is not RoundState.SCORED or version is None:
        abort(404)
    if request.method == "GET":
        found = simulate_cut(round_, version)
        totals = Counter(each.standing for each in found)
        shown = found[:MOST_SHOWN]
        entries = entries_by_id(each.entry_id for each in shown)
        return _page("decide", round_, ReasonForm(), version=version, found=shown, entries=entries, totals=totals)
    seen = request.form.get("version", type=int) or 0
    counts = decide_round(round_, seen=seen, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_words_of_decision(round_, counts[Standing.ADVANCED]), "success")
    return _back(round_)


@blueprint.route("/ranking/<int:number>/undo", methods=["GET", "POST"])
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def ranking_undo(competition: Competition, number: int) -> ResponseReturnValue:
    """Ask why the decision is taken back, or take it back."""
    round_, form = _decided(competition, number), ReasonForm()
    following = next_round(round_)
    if request.method == "GET":
        return _page("undo", round_, form, following=following)
    try:
        _check(form)
        undo_decision(round_, reason=form.reason.data, actor=current_account(), now=clock.now())
    except DomainError as error:
        return _refused("undo", round_, form, error, following=following)
    db.session.commit()
    flash(_("The decision of %(round)s is taken back.", round=round_.title), "success")
    return _back(round_)


@blueprint.post("/ranking/<int:number>/next")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def ranking_next(competition: Competition, number: int) -> ResponseReturnValue:
    """Take the entries that go on into the next round."""
    round_ = _decided(competition, number)
    count = take_into_next(round_, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(
        ngettext("%(num)s entry came into the next round.", "%(num)s entries came into the next round.", count),
        "success",
    )
    return _back(round_)


@blueprint.route("/ranking/<int:number>/promote/<reference>", methods=["GET", "POST"])
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def ranking_promote(competition: Competition, number: int, reference: str) -> ResponseReturnValue:
    """Ask why an entry of the reserve list goes on, or let it go on."""
    round_, form = _decided(competition, number), ReasonForm()
    row = reserve_entry(round_, reference)
    if row is None:
        abort(404)
    if request.method == "GET":
        return _page("promote", round_, form, entry=row.entry)
    try:
        _check(form)
        promote(row, reason=form.reason.data, actor=current_account(), now=clock.now())
    except DomainError as error:
        return _refused("promote", round_, form, error, entry=row.entry)
    db.session.commit()
    last = next_round(round_) is None
    entry = row.entry.title
    flash(_("%(entry)s is placed.", entry=entry) if last else _("%(entry)s goes on.", entry=entry), "success")
    return _back(round_)


@blueprint.route("/ranking/<int:number>/chair/<int:tie>", methods=["GET", "POST"])
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def ranking_chair(competition: Competition, number: int, tie: int) -> ResponseReturnValue:
    """Ask for the order in which the chair votes on entries that are tied, or compute a version with it."""
    round_, form = numbered_round(competition, number), ReasonForm()
    version = latest_version(round_)
    ties = [each["tied"] for each in version.facts["ties"] if each["step"] == "chair"] if version else []
    if version is None or round_.state is not RoundState.SCORED or not 0 < tie <= len(ties):
        abort(404)
    tied = ties[tie - 1]
    if request.method == "GET":
        return _page("chair", round_, form, tied=tied)
    places = {each: request.form.get(f"place_{each}", type=int) or 0 for each in tied}
    try:
        job = _ask(round_, form, chair=chair_order(tied, places, version.facts["chair"]))
    except DomainError as error:
        return _refused("chair", round_, form, error, tied=tied, places=places)
    return redirect(url_for("jobs.show", job_id=job.id))


def _words_of_decision(round_: Round, count: int) -> str:
    if next_round(round_) is None:
        return ngettext(
            "%(round)s is decided: %(num)s entry is placed.",
            "%(round)s is decided: %(num)s entries are placed.",
            count,
            round=round_.title,
        )
    return ngettext(
        "%(round)s is decided: %(num)s entry goes on.",
        "%(round)s is decided: %(num)s entries go on.",
        count,
        round=round_.title,
    )


def _ask(round_: Round, form: ReasonForm, *, chair: list[str]) -> Job:
    _check(form)
    reason = form.reason.data or ""
    check_ranking(round_, reason=reason)
    job = enqueue_job(
        RANKING,
        title=_("Ranking of %(round)s", round=round_.title),
        params={"round_id": round_.id, "reason": reason, "chair": chair},
        actor=current_account(),
        now=clock.now(),
        scope=round_.scope,
        back=(_("Ranking"), url_for(".ranking", competition=round_.competition, round=round_.number)),
    )
    db.session.commit()
    return job


def _check(form: ReasonForm) -> None:
    if not form.validate():
        raise ReasonMissing(form.reason.errors[0], field="reason")


def _decided(competition: Competition, number: int) -> Round:
    round_ = numbered_round(competition, number)
    if round_.state is not RoundState.DECIDED:
        abort(404)
    return round_


def _page(step: str, round_: Round, form: ReasonForm, **shown: Any) -> str:  # Any: what the step's part shows
    return render_template(
        "competition/manage/ranking_step.html",
        competition=round_.competition,
        round=round_,
        step=step,
        form=form,
        labels={each.key: each.label for each in round_.competition.categories},
        criteria=criteria_labels(round_),
        last=next_round(round_) is None,
        **(
            {
                "version": None,
                "found": [],
                "entries": {},
                "totals": {},
                "following": None,
                "entry": None,
                "tied": [],
                "places": {},
            }
            | shown
        ),
    )


def _refused(step: str, round_: Round, form: ReasonForm, error: DomainError, **shown: Any) -> ResponseReturnValue:
    db.session.rollback()
    if error.message not in form.reason.errors:
        form.refuse(error)
    return _page(step, round_, form, **shown), 422


def _back(round_: Round) -> ResponseReturnValue:
    return redirect(url_for(".ranking", competition=round_.competition, round=round_.number))
