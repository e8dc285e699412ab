"""The training of a round: its samples, who has scored them, and how far from the reference."""

from dataclasses import dataclass
from decimal import Decimal

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import clean_text

from ...domain.given import Given
from ...domain.training import (
    add_training,
    change_training,
    compare,
    distance,
    is_ready,
    remove_training,
    without_names,
)
from ...enums import RoundState
from ...forms.scorecard import given_from
from ...forms.training import TrainingForm, stored_training
from ...models import Competition, Judge, Round, TrainingEntry, TrainingScorecard
from ...queries.rounds import round_of, with_criteria
from ...queries.training import (
    count_training_cards,
    earlier_entries,
    earlier_entry,
    judges_of_round,
    training_cards,
    training_of,
    trainings_of,
)
from .blueprint import blueprint

MOST_EARLIER = 100


@dataclass(frozen=True)
class JudgeRow:
    """One judge of the round, what they gave the sample, and how far that is from the reference."""

    judge: Judge
    card: TrainingScorecard | None
    points: Decimal | None
    total: Decimal | None


@blueprint.get("/rounds/<int:number>/training")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def training_list(competition: Competition, number: int) -> ResponseReturnValue:
    """Show the samples of a round."""
    round_ = _round(competition, number)
    return render_template(
        "competition/manage/training_list.html",
        competition=competition,
        round=round_,
        rows=[(each, is_ready(each), count_training_cards(each)) for each in trainings_of(round_)],
        judges=len(judges_of_round(round_)),
        changeable=_is_changeable(round_),
    )


@blueprint.route("/rounds/<int:number>/training/new", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def training_new(competition: Competition, number: int) -> ResponseReturnValue:
    """Ask for a sample, typed in or begun from an entry of the edition before, or add it."""
    round_ = _round(competition, number)
    if not _is_changeable(round_) or round_.rubric is None:
        abort(404)
    if request.method == "GET":
        source = earlier_entry(competition, clean_text(request.args.get("from", "")))
        begun = without_names(source) if source else None
        form = TrainingForm(formdata=None, data={"summary": begun.summary, "body": begun.body} if begun else None)
        return _form_page(round_, form, Given())
    form = TrainingForm()
    if not form.validate():
        return _form_page(round_, form, _given(round_)), 422
    try:
        sample = form.sample(request.form, round_.rubric.criteria)
        added = add_training(round_, sample, actor=current_account(), now=clock.now())
    except DomainError as refused:
        return _refused(round_, form, refused)
    db.session.commit()
    flash(_("“%(title)s” is there for the judges of %(round)s.", title=added.title, round=round_.title), "success")
    return _back(round_)


@blueprint.get("/rounds/<int:number>/training/<int:training_id>")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def training(competition: Competition, number: int, training_id: int) -> ResponseReturnValue:
    """Show one sample with every judge's distance from the reference."""
    found = _training(competition, number, training_id)
    cards = {card.judge_id: card for card in training_cards(found)}
    judges = {judge.id: judge for judge in judges_of_round(found.round)}
    judges |= {card.judge_id: card.judge for card in cards.values()}
    rows = [_row(found, judge, cards.get(judge.id)) for judge in judges.values()]
    return render_template(
        "competition/manage/training.html",
        competition=competition,
        round=found.round,
        training=found,
        ready=is_ready(found),
        compared=compare(found, None, list(cards.values())) if found.round.rubric else [],
        rows=sorted(rows, key=lambda row: (row.points is None, -(row.points or 0), row.judge.number)),
        changeable=_is_changeable(found.round) and not cards,
    )


@blueprint.route("/rounds/<int:number>/training/<int:training_id>/edit", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def training_edit(competition: Competition, number: int, training_id: int) -> ResponseReturnValue:
    """Change a sample that nobody has scored yet."""
    found = _training(competition, number, training_id)
    round_ = found.round
    if request.method == "GET":
        form = TrainingForm(formdata=None, data=stored_training(found))
        return _form_page(round_, form, Given(found.scores, found.reasons), found)
    form = TrainingForm()
    if not form.validate():
        return _form_page(round_, form, _given(round_), found), 422
    try:
        sample = form.sample(request.form, round_.rubric.criteria if round_.rubric else ())
        change_training(found, sample, actor=current_account(), now=clock.now())
    except DomainError as refused:
        return _refused(round_, form, refused, found)
    db.session.commit()
    flash(_("“%(title)s” is changed.", title=found.title), "success")
    return redirect(url_for(".training", competition=competition, number=number, training_id=found.id))


@blueprint.post("/rounds/<int:number>/training/<int:training_id>/remove")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def training_remove(competition: Competition, number: int, training_id: int) -> ResponseReturnValue:
    """Take a sample away that nobody has scored yet."""
    found = _training(competition, number, training_id)
    round_, title = found.round, found.title
    remove_training(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("“%(title)s” is gone.", title=title), "success")
    return _back(round_)


def _row(found: TrainingEntry, judge: Judge, card: TrainingScorecard | None) -> JudgeRow:
    points, total = distance(found, card) if card else (None, None)
    return JudgeRow(judge, card, points, total)


def _round(competition: Competition, number: int) -> Round:
    found: Round = db.one_or_404(with_criteria(round_of(competition, number)))
    return found


def _training(competition: Competition, number: int, training_id: int) -> TrainingEntry:
    found = training_of(_round(competition, number), training_id)
    if found is None:
        abort(404)
    return found


def _is_changeable(round_: Round) -> bool:
    return round_.state in {RoundState.PLANNED, RoundState.OPEN}


def _given(round_: Round) -> Given:
    return given_from(request.form, round_.rubric.criteria if round_.rubric else ())


def _refused(
    round_: Round, form: TrainingForm, refused: DomainError, found: TrainingEntry | None = None
) -> ResponseReturnValue:
    given = _given(round_)
    db.session.rollback()
    form.refuse(refused)
    return _form_page(round_, form, given, found), 422


def _form_page(round_: Round, form: TrainingForm, given: Given, found: TrainingEntry | None = None) -> str:
    return render_template(
        "competition/manage/training_form.html",
        competition=round_.competition,
        round=round_,
        form=form,
        given=given,
        training=found,
        criteria=round_.rubric.criteria if round_.rubric else [],
        earlier=[] if found else earlier_entries(round_.competition, most=MOST_EARLIER),
    )


def _back(round_: Round) -> ResponseReturnValue:
    return redirect(url_for(".training_list", competition=round_.competition, number=round_.number))
