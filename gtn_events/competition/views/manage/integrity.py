"""Patterns that the integrity officer is asked to review, and scorecards that two persons exclude."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...domain.corrections import may_change
from ...domain.exclusion import confirm_exclusion, propose_exclusion, withdraw_exclusion
from ...forms.decisions import ReasonForm
from ...models import Competition, ResultVersion, Round, Scorecard
from ...queries.integrity import card_of, cards_asked_about, cards_of_judge
from ...queries.ranking import latest_version, scored_rounds
from ...ranking_job import EFFECT
from ...score_plots import economy_plot
from ...words import request_to_review
from .blueprint import blueprint
from .ranking import chosen_round, numbered_round


@dataclass(frozen=True)
class ShownFinding:
    """One pattern of one judge, as a request to look at it."""

    judge: int
    cards: int
    text: str
    p: str


@blueprint.get("/integrity")
@requires(Permission.COMPETITION_INTEGRITY_SEE)
def integrity(competition: Competition) -> ResponseReturnValue:
    """Show what stands out in one round, and the scorecards of the judge that the address names."""
    rounds = scored_rounds(competition)
    round_ = chosen_round(rounds)
    version = latest_version(round_) if round_ else None
    judge = request.args.get("judge", type=int)
    return render_template(
        "competition/manage/integrity.html",
        competition=competition,
        rounds=rounds,
        round=round_,
        version=version,
        findings=_findings(version),
        home=version.facts["review"]["home"] if version else {},
        economies=economy_plot(version) if version else None,
        judge=judge,
        cards=cards_of_judge(round_, judge) if round_ and judge else [],
        asked=cards_asked_about(round_) if round_ else [],
        me=current_account().id,
        changeable=may_change(competition, round_),
    )


@blueprint.route("/integrity/<int:number>/scorecards/<int:position>/exclude", methods=["GET", "POST"])
@requires(Permission.COMPETITION_INTEGRITY_SEE)
def integrity_exclude(competition: Competition, number: int, position: int) -> ResponseReturnValue:
    """Ask for the reason, or ask that a scorecard shall not count."""
    card, form = _card(competition, number, position), ReasonForm()
    if request.method == "GET" or not form.validate():
        return _ask(card, form), 200 if request.method == "GET" else 422
    try:
        propose_exclusion(card, reason=form.reason.data or "", actor=current_account(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.refuse(error)
        return _ask(card, form), 422
    db.session.commit()
    flash(_("Another person has to agree before the scorecard stops counting."), "success")
    return _back(card.round)


@blueprint.post("/integrity/<int:number>/scorecards/<int:position>/confirm")
@requires(Permission.COMPETITION_INTEGRITY_SEE)
def integrity_confirm(competition: Competition, number: int, position: int) -> ResponseReturnValue:
    """Agree that a scorecard does not count."""
    card = _card(competition, number, position)
    confirm_exclusion(card, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The scorecard counts no more. The organiser has to compute the ranking again."), "success")
    return _back(card.round)


@blueprint.post("/integrity/<int:number>/scorecards/<int:position>/withdraw")
@requires(Permission.COMPETITION_INTEGRITY_SEE)
def integrity_withdraw(competition: Competition, number: int, position: int) -> ResponseReturnValue:
    """Let a scorecard count again."""
    card = _card(competition, number, position)
    withdraw_exclusion(card, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The scorecard counts."), "success")
    return _back(card.round)


@blueprint.post("/integrity/<int:number>/scorecards/<int:position>/effect")
@requires(Permission.COMPETITION_INTEGRITY_SEE)
def integrity_effect(competition: Competition, number: int, position: int) -> ResponseReturnValue:
    """Let a worker rank the round with and without a scorecard."""
    card = _card(competition, number, position)
    job = enqueue_job(
        EFFECT,
        title=_("Ranking with and without scorecard %(number)s", number=card.position),
        params={"scorecard_id": card.id},
        actor=current_account(),
        now=clock.now(),
        scope=competition.scope,
        back=(_("Integrity"), url_for(".integrity", competition=competition, round=number)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


def _findings(version: ResultVersion | None) -> list[ShownFinding]:
    found = version.facts["review"]["findings"] if version else []
    return [ShownFinding(each["judge"], each["cards"], request_to_review(each), each["p"]) for each in found]


def _card(competition: Competition, number: int, position: int) -> Scorecard:
    card = card_of(numbered_round(competition, number), position)
    if card is None:
        abort(404)
    return card


def _ask(card: Scorecard, form: ReasonForm) -> str:
    competition = card.round.competition
    return render_template("competition/manage/integrity_exclude.html", competition=competition, card=card, form=form)


def _back(round_: Round) -> ResponseReturnValue:
    return redirect(url_for(".integrity", competition=round_.competition, round=round_.number))
