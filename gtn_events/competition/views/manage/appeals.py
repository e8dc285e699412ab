"""Appeals as the staff sees them: the list, one of them, who decides, the decision."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import send_upload

from ...domain.appeal_deciding import assign_decider, candidates, decide_appeal
from ...domain.appeal_transitions import Action, Party, actions_for
from ...domain.corrections import further_judges
from ...forms.appeal import DeciderForm, DecisionForm, FurtherJudgeForm, WordsForm
from ...models import Appeal, Competition, RankingRow, ResultVersion
from ...queries.appeals import appeal_counts, appeal_of, appeals_listed, cards_about, read_appeal_listing
from ...queries.ranking import moved_between, row_of, versions_of_round
from .blueprint import blueprint

MOST_MOVED = 20


@blueprint.get("/appeals")
@requires(Permission.COMPETITION_RESULTS_SEE)
def appeals(competition: Competition) -> ResponseReturnValue:
    """Show the appeals that were sent, as the address asks for them."""
    listing = read_appeal_listing(request.path, request.args)
    return render_template(
        "competition/manage/appeals.html",
        competition=competition,
        listing=listing,
        page=paginate(appeals_listed(competition, listing), listing, tie=Appeal.id),
        counts=appeal_counts(competition),
    )


@blueprint.get("/appeals/<int:appeal_id>")
@requires(Permission.COMPETITION_RESULTS_SEE)
def appeal(competition: Competition, appeal_id: int) -> ResponseReturnValue:
    """Show one appeal, what it may lead to, and what was done."""
    return appeal_page(found_appeal(competition, appeal_id))


@blueprint.get("/appeals/<int:appeal_id>/file")
@requires(Permission.COMPETITION_RESULTS_SEE)
def appeal_file(competition: Competition, appeal_id: int) -> ResponseReturnValue:
    """Send the file of an appeal."""
    found = found_appeal(competition, appeal_id)
    if found.upload is None:
        abort(404)
    return send_upload(found.upload)


@blueprint.post("/appeals/<int:appeal_id>/assign")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def appeal_assign(competition: Competition, appeal_id: int) -> ResponseReturnValue:
    """Choose who decides."""
    found, form = found_appeal(competition, appeal_id), DeciderForm()
    form.offer(candidates(found))
    if not form.validate():
        return appeal_page(found, decider=form), 422
    try:
        assign_decider(found, form.decider.data, actor=current_account(), now=clock.now())
    except DomainError as refused:
        return refused_page(found, form, refused, decider=form)
    db.session.commit()
    flash(
        _("%(name)s decides, and is told by mail.", name=found.decider.display_name if found.decider else ""), "success"
    )
    return back_to(found)


@blueprint.post("/appeals/<int:appeal_id>/decide")
@requires(Permission.COMPETITION_RESULTS_SEE)
def appeal_decide(competition: Competition, appeal_id: int) -> ResponseReturnValue:
    """Record the decision of the person who was chosen; the entrant is told."""
    found, form = found_appeal(competition, appeal_id), DecisionForm()
    if not form.validate():
        return appeal_page(found, decision=form), 422
    try:
        action = Action(form.action.data)
        decide_appeal(found, action, reason=form.reason.data, actor=current_account(), now=clock.now())
    except DomainError as refused:
        return refused_page(found, form, refused, decision=form)
    db.session.commit()
    flash(_("The decision is recorded, and the entrant is told."), "success")
    return back_to(found)


def found_appeal(competition: Competition, appeal_id: int) -> Appeal:
    """Return an appeal of this competition that was sent, or answer 404."""
    found: Appeal = db.one_or_404(appeal_of(competition, appeal_id))
    return found


def back_to(found: Appeal) -> ResponseReturnValue:
    """Return the way to the page of an appeal."""
    return redirect(url_for(".appeal", competition=found.competition, appeal_id=found.id))


def refused_page(found: Appeal, form: Any, refused: DomainError, **forms: Any) -> ResponseReturnValue:  # Any: forms
    """Show the page again with what was refused at its field."""
    db.session.rollback()
    form.refuse(refused)
    return appeal_page(found, **forms), refused.http_status if refused.http_status != 409 else 422


def appeal_page(found: Appeal, **forms: Any) -> str:  # Any: the form that was sent, by its part of the page
    """Return the page of an appeal."""
    me, people = current_account(), candidates(found)
    decider = DeciderForm(formdata=None)
    decider.offer(people)
    judges = further_judges(found) if found.round and found.state.is_upheld and not found.carried_out_at else []
    further = FurtherJudgeForm(formdata=None)
    further.offer(judges)
    shown = {
        "decider": decider,
        "decision": DecisionForm(formdata=None),
        "further": further,
        "revise": WordsForm(formdata=None, prefix="revise-"),
        "amend": WordsForm(formdata=None, prefix="amend-"),
        "done": WordsForm(formdata=None, prefix="done-"),
    } | forms
    return render_template(
        "competition/manage/appeal.html",
        competition=found.competition,
        appeal=found,
        people=people,
        may_assign=Action.ASSIGN in actions_for(found.state, Party.ORGANISER),
        may_decide=found.decider_id == me.id and Action.UPHOLD in actions_for(found.state, Party.DECIDER),
        correcting=found.state.is_upheld and found.carried_out_at is None,
        cards=cards_about(found) if found.state.is_upheld else [],
        judges=judges,
        history=shown_entries(list(db.session.scalars(entries_about(found)))),
        **_compared(found),
        **shown,
    )


def _compared(found: Appeal) -> dict[str, Any]:  # Any: what the template shows of two versions
    """Return the ranking that stood at the decision, the newest one since, and what moved between them."""
    versions = versions_of_round(found.round) if found.round else []
    before = next((each for each in versions if each.number == found.version_before), None)
    after = versions[0] if versions and before and versions[0].number > before.number else None
    moved = moved_between(before, after, most=MOST_MOVED) if before and after else []
    return {
        "before": before,
        "after": after,
        "moved": moved,
        "row_before": _row(before, found),
        "row_after": _row(after, found),
    }


def _row(version: ResultVersion | None, found: Appeal) -> RankingRow | None:
    return row_of(version, found.entry_id) if version else None
