"""Training at the judge's desk: a sample beside its scorecard, then the reference and what the others gave."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.given import Given
from ...domain.totals import weighted_total
from ...domain.training import compare, score_training, trainings_for
from ...enums import RoundState
from ...forms.scorecard import given_from
from ...models import Competition, Criterion, Judge, Round, TrainingEntry
from ...queries.training import has_to_train, own_training_card, training_cards
from .blueprint import blueprint
from .seats import own_judge, own_round, to_sign_first

_PATH = "/rounds/<int:number>/training/<int:training_id>"


@blueprint.get(_PATH)
@requires(Permission.COMPETITION_JUDGE)
def training(competition: Competition, number: int, training_id: int) -> ResponseReturnValue:
    """Show a sample with an empty scorecard or, once it is scored, with the comparison."""
    judge = own_judge(competition)
    found = _shown(judge, own_round(judge, number), training_id)
    return to_sign_first(judge, found.round) or _page(judge, found, Given())


@blueprint.post(_PATH)
@requires(Permission.COMPETITION_JUDGE)
def training_score(competition: Competition, number: int, training_id: int) -> ResponseReturnValue:
    """Keep the scores and show the reference."""
    judge = own_judge(competition)
    found = _shown(judge, own_round(judge, number), training_id)
    given = given_from(request.form, _criteria(found.round))
    try:
        score_training(found, judge, given, actor=current_account(), now=clock.now())
    except DomainError as refused:
        db.session.rollback()
        return _page(judge, found, given, refused=refused), 422
    db.session.commit()
    flash(_("Thank you. Below you see what it should get, and why."), "success")
    return redirect(url_for(".training", competition=competition, number=number, training_id=training_id))


def to_train_first(judge: Judge, round_: Round) -> ResponseReturnValue | None:
    """Return the way to the desk while a sample that comes first is not scored."""
    if not has_to_train(judge.id, round_.id):
        return None
    flash(_("Score the training entry first; then your own entries open."), "info")
    return redirect(url_for(".desk", competition=judge.competition))


def _shown(judge: Judge, round_: Round, training_id: int) -> TrainingEntry:
    found = next((each for each, _done in trainings_for(judge, round_) if each.id == training_id), None)
    if found is None:
        abort(404)
    return found


def _criteria(round_: Round) -> list[Criterion]:
    return round_.rubric.criteria if round_.rubric else []


def _page(judge: Judge, found: TrainingEntry, given: Given, *, refused: DomainError | None = None) -> str:
    own, round_ = own_training_card(found, judge), found.round
    return render_template(
        "competition/judge/training.html",
        competition=judge.competition,
        round=round_,
        training=found,
        criteria=_criteria(round_),
        given=given,
        own=own,
        refused=refused,
        takes_scores=own is None and round_.state is RoundState.OPEN and clock.now() < round_.closes_at,
        compared=compare(found, own, training_cards(found)) if own else [],
        reference=weighted_total(_criteria(round_), found.scores) if own else None,
    )
