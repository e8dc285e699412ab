"""The prizes: what can be won and who wins it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.awards import AwardSpec, add_award, give_award, remove_award, take_back_award
from ...domain.awards_by_rule import prize_of, references_by_rule
from ...domain.corrections import may_change
from ...domain.publication import are_visible, publication_gaps, visible_from
from ...enums import AwardKind
from ...forms.awards import AwardForm, GiveForm
from ...forms.decisions import ReasonForm
from ...models import Award, Competition, Entry
from ...queries.awards import award_candidates, award_of, awards_of, last_decided_round
from ...queries.conflicts import entry_of
from ...queries.publication import publishing_job
from ...results_mail_job import PUBLISHING
from .blueprint import blueprint


@blueprint.get("/awards")
@requires(Permission.COMPETITION_RESULTS_SEE)
def awards(competition: Competition) -> ResponseReturnValue:
    """Show the prizes with their winners."""
    return _list(competition, _award_form(competition))


@blueprint.post("/awards/new")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def award_new(competition: Competition) -> ResponseReturnValue:
    """Put a prize on the list."""
    form = _award_form(competition)
    if not form.validate():
        return _list(competition, form), 422
    categories = {each.key: each for each in competition.categories}
    spec = AwardSpec(AwardKind(form.kind.data), form.label.data, categories.get(form.category.data))
    try:
        award = add_award(competition, spec, actor=current_account(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.refuse(error)
        return _list(competition, form), 422
    db.session.commit()
    flash(_("%(label)s is on the list.", label=award.label), "success")
    return redirect(url_for(".awards", competition=competition))


@blueprint.post("/awards/<int:award_id>/remove")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def award_remove(competition: Competition, award_id: int) -> ResponseReturnValue:
    """Take a prize off the list."""
    award = _award(competition, award_id)
    label = award.label
    remove_award(award, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(label)s is off the list.", label=label), "success")
    return redirect(url_for(".awards", competition=competition))


@blueprint.route("/awards/<int:award_id>/give", methods=["GET", "POST"])
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def award_give(competition: Competition, award_id: int) -> ResponseReturnValue:
    """Ask who wins a prize, or give it."""
    award, round_ = _award(competition, award_id), last_decided_round(competition)
    rows = [row for row in award_candidates(round_) if _may_win(award, row.entry)] if round_ else []
    form = GiveForm()
    form.offer(rows)
    if request.method == "GET" or not form.validate():
        return _step("give", award, form), 200 if request.method == "GET" else 422
    entry = next(row.entry for row in rows if row.entry.reference == form.entry.data)
    try:
        give_award(
            award,
            entry,
            citation=form.citation.data or "",
            departure=form.departure.data or "",
            actor=current_account(),
            now=clock.now(),
        )
    except DomainError as error:
        db.session.rollback()
        form.refuse(error)
        return _step("give", award, form), 422
    db.session.commit()
    flash(_("%(label)s goes to %(entry)s.", label=award.label, entry=entry.title), "success")
    return redirect(url_for(".awards", competition=competition))


@blueprint.route("/awards/<int:award_id>/take-back", methods=["GET", "POST"])
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def award_take_back(competition: Competition, award_id: int) -> ResponseReturnValue:
    """Ask why a prize is taken back, or take it back."""
    award, form = _award(competition, award_id), ReasonForm()
    if award.entry is None:
        abort(404)
    if request.method == "GET" or not form.validate():
        return _step("take-back", award, form), 200 if request.method == "GET" else 422
    try:
        take_back_award(award, reason=form.reason.data or "", actor=current_account(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.refuse(error)
        return _step("take-back", award, form), 422
    db.session.commit()
    flash(_("%(label)s is taken back.", label=award.label), "success")
    return redirect(url_for(".awards", competition=competition))


def _award(competition: Competition, award_id: int) -> Award:
    award = award_of(competition, award_id)
    if award is None:
        abort(404)
    return award


def _may_win(award: Award, entry: Entry) -> bool:
    return award.category_id is None or award.category_id in {each.category_id for each in entry.entry_categories}


def _award_form(competition: Competition) -> AwardForm:
    form = AwardForm()
    form.offer(competition.categories)
    return form


def _list(competition: Competition, form: AwardForm) -> str:
    return render_template(
        "competition/manage/awards.html",
        competition=competition,
        awards=awards_of(competition),
        form=form,
        gaps=publication_gaps(competition, now=clock.now()),
        decided=last_decided_round(competition),
        visible_from=visible_from(competition),
        changeable=may_change(competition),
        are_visible=are_visible(competition, now=clock.now()),
        making=publishing_job(competition, PUBLISHING) if competition.results_published_at else None,
    )


def _step(step: str, award: Award, form: GiveForm | ReasonForm) -> str:
    named = references_by_rule(award.competition).get(award.id) if step == "give" else None
    return render_template(
        "competition/manage/award_step.html",
        competition=award.competition,
        award=award,
        step=step,
        form=form,
        has_rule=prize_of(award).has_rule,
        named=db.session.scalar(entry_of(award.competition, named)) if named else None,
    )
