"""Conflicts of interest: the list, a new look, one of them decided, and the organiser's own."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from wtforms.fields import SelectChoice

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.http import is_local_path
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...domain.conflicts import confirm_conflict, derive_conflicts, dismiss_conflict, name_conflict
from ...enums import ConflictSource, JudgeState
from ...forms.judge import OwnConflictForm, ReasonForm
from ...models import Competition, Judge
from ...queries.conflicts import conflict_of, conflicts_listed, counts_by_state, entry_of, read_conflict_listing
from ...queries.judges import economy_names
from .blueprint import blueprint


@blueprint.get("/conflicts")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def conflicts(competition: Competition) -> ResponseReturnValue:
    """Show the conflicts as the address asks for them."""
    return _page(competition, _own_form(competition))


@blueprint.post("/conflicts")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def conflict_name(competition: Competition) -> ResponseReturnValue:
    """Keep a judge from an entry for a reason of the organiser's own."""
    form = _own_form(competition)
    if not form.validate():
        return _page(competition, form)
    entry = db.session.scalar(entry_of(competition, form.reference.data))
    if entry is None:
        form.reference.errors = [_("No entry of this competition has this number.")]
        return _page(competition, form)
    judge = db.session.get_one(Judge, form.judge.data)
    name_conflict(judge, entry, reason=form.reason.data, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s will not see %(entry)s.", name=judge.name, entry=entry.title), "success")
    return redirect(url_for(".conflicts", competition=competition))


@blueprint.post("/conflicts/derive")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def conflicts_derive(competition: Competition) -> ResponseReturnValue:
    """Look for conflicts again."""
    found = derive_conflicts(competition, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(added)d found anew, %(removed)d no longer hold.", added=found.added, removed=found.removed), "success")
    return redirect(url_for(".conflicts", competition=competition))


@blueprint.post("/conflicts/<int:conflict_id>")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def conflict_decide(competition: Competition, conflict_id: int) -> ResponseReturnValue:
    """Confirm a conflict, or dismiss it with a reason."""
    found = db.one_or_404(conflict_of(competition, conflict_id))
    decide = dismiss_conflict if request.form.get("act") == "dismiss" else confirm_conflict
    decide(found, reason=ReasonForm().reason.data or "", actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s, %(entry)s: %(state)s.", name=found.judge.name, entry=found.entry.title, state=found.state.label))
    back = request.form.get("back", "")
    return redirect(back if is_local_path(back) else url_for(".conflicts", competition=competition))


def _own_form(competition: Competition) -> OwnConflictForm:
    form = OwnConflictForm()
    judges = (
        select(Judge.id, Judge.name)
        .where(Judge.competition_id == competition.id, Judge.state.in_([JudgeState.INVITED, JudgeState.ACCEPTED]))
        .order_by(Judge.sort_name, Judge.id)
    )
    form.judge.choices = [SelectChoice(judge_id, name) for judge_id, name in db.session.execute(judges)]
    return form


def _page(competition: Competition, form: OwnConflictForm) -> ResponseReturnValue:
    listing = read_conflict_listing(request.path, request.args)
    page = render_template(
        "competition/manage/conflicts.html",
        competition=competition,
        listing=listing,
        page=paginate(conflicts_listed(competition, listing), listing),
        counts=counts_by_state(competition),
        sources={each.value: each.label for each in ConflictSource},
        names=economy_names(),
        form=form,
    )
    return page, 422 if form.errors else 200
